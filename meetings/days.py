"""Days as people say them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def days_in_words(first: date, last: date, precision: str = "day") -> str:
    """``precision`` is one of ``Meeting.Precision``."""
    if precision == "year":
        return date_format(first, "Y")
    if precision == "month":
        return date_format(first, "YEAR_MONTH_FORMAT")
    if first == last:
        return date_format(last, "DATE_FORMAT")
    shape = "MONTH_DAY_FORMAT" if first.year == last.year else "DATE_FORMAT"
    values = {"first": date_format(first, shape), "last": date_format(last, "DATE_FORMAT")}
    return _("%(first)s to %(last)s") % values

"""Totals of attendance over a period: a page, CSV, XLSX and PDF of the same rows."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from groups.accounts import signed_in
from in4green.activity.services import record
from in4green.common.documents import pdf, pdf_response
from in4green.common.exporting import csv_response, xlsx_response
from in4green.common.permissions import require_perm
from meetings.forms.totals import TotalsForm
from meetings.totals import Period, head_of, sums
from meetings.totals import totals as count

Export = Callable[[HttpRequest, Period, list[list[Any]]], HttpResponseBase]


@require_safe
@login_required
def totals(request: HttpRequest) -> HttpResponseBase:
    require_perm(request.user, "meetings.count_attendance")
    form = TotalsForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        period = form.period
        rows = count(request.user, period)
        head = head_of(period.by)
        context |= {"head": head, "rows": [list(zip(head, row, strict=True)) for row in rows]}
        together = sums(rows, period.by)
        context |= {"sums": list(zip(head[-3:], together, strict=True)), "names": len(head) - 5}
        context |= {"query": _query(period), "rule": counting_rule()}
    return render(request, "meetings/people/totals.html", context)


def exported(export: Export) -> Callable[[HttpRequest], HttpResponseBase]:
    """What leaves is logged; a period that is none leads back to the page that says so."""

    @require_safe
    @login_required
    @wraps(export)
    def answer(request: HttpRequest) -> HttpResponseBase:
        require_perm(request.user, "meetings.count_attendance")
        form = TotalsForm(request.GET)
        if not form.is_valid():
            return redirect(f"{reverse('attendance:totals')}?{request.GET.urlencode()}")
        rows = count(request.user, form.period)
        record(signed_in(request), "attendance.exported", rows=len(rows))
        return export(request, form.period, rows)

    return answer


@exported
def as_csv(request: HttpRequest, period: Period, rows: list[list[Any]]) -> HttpResponseBase:
    return csv_response(_name(period), head_of(period.by), rows)


@exported
def as_xlsx(request: HttpRequest, period: Period, rows: list[list[Any]]) -> HttpResponseBase:
    return xlsx_response(_name(period), head_of(period.by), rows)


@exported
def as_pdf(request: HttpRequest, period: Period, rows: list[list[Any]]) -> HttpResponseBase:
    first, last = (date_format(day, "DATE_FORMAT") for day in (period.first, period.last))
    head = head_of(period.by)
    data = {
        "facts": [(_("Period"), _("%(first)s to %(last)s") % {"first": first, "last": last})],
        "head": head,
        "rows": [[str(cell) for cell in row] for row in rows],
        "names": len(head) - 5,
        "sums": [str(n) for n in sums(rows, period.by)],
        "sum": _("Together"),
        "nothing": _("No attendance is recorded for this period."),
        "note": counting_rule(),
    }
    content = pdf("meetings/people/totals.typ", data, title=_("Attendance"), landscape=True)
    return pdf_response(_name(period), content)


def counting_rule() -> str:
    return _(
        "A person counts once a day, however many sessions were recorded. Meetings and people count"
        " where somebody was present; people are counted anew at each meeting."
    )


def _name(period: Period) -> str:
    return f"{_('attendance')}-{period.first}-{period.last}"


def _query(period: Period) -> str:
    return urlencode({"first": period.first, "last": period.last, "by": period.by})

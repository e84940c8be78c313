from datetime import date

import pytest

from groups.workdays import add_working_days
from tests.factories import CityFactory


@pytest.mark.parametrize(
    ("country", "subdivision", "start", "days", "end"),
    [
        ("DE", "NW", date(2026, 11, 20), 1, date(2026, 11, 23)),  # over a weekend
        ("DE", "NW", date(2026, 12, 24), 1, date(2026, 12, 28)),  # over Christmas
        ("DE", "NW", date(2027, 5, 26), 1, date(2027, 5, 28)),  # Corpus Christi, in NRW only
        ("DE", "", date(2027, 5, 26), 1, date(2027, 5, 27)),
        ("DE", "XX", date(2026, 12, 24), 1, date(2026, 12, 28)),  # an unknown region: the country's
        ("ZZ", "", date(2026, 12, 24), 1, date(2026, 12, 25)),  # an unknown country: weekends only
        ("DE", "NW", date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_working_days_leave_out_weekends_and_the_city_s_holidays(
    country, subdivision, start, days, end
):
    city = CityFactory.build(country=country, subdivision=subdivision)

    assert add_working_days(start, days, city=city) == end

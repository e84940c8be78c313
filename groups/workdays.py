"""Promised dates: working days are Monday to Friday without the city's public holidays."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

from groups.models import City


def add_working_days(start: date, days: int, *, city: City) -> date:
    """The day that is ``days`` working days after ``start``."""
    free = _holidays(city.country, city.subdivision)
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in free:
            days -= 1
    return day


@lru_cache
def _holidays(country: str, subdivision: str) -> holidays.HolidayBase:
    """Empty for a country or region that the calendar does not know: weekends still count."""
    known = holidays.list_supported_countries()
    if country not in known:
        return holidays.HolidayBase()
    return holidays.country_holidays(
        country, subdiv=subdivision if subdivision in known[country] else None
    )

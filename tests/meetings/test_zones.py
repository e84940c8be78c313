"""VTIMEZONE: the rules by which other programs count our times."""

import pytest
from icalendar import Timezone

from meetings.zones import time_zone

BERLIN = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20250330T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def written(*args) -> str:
    return time_zone(*args).to_ical().decode().replace("\r\n", "\n")


def test_a_zone_says_its_yearly_rule():
    assert written("Europe/Berlin", 2025, 2027) == BERLIN


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("America/New_York", {"2SU", "1SU"}),
        ("Pacific/Auckland", {"-1SU", "1SU"}),
        ("Asia/Kolkata", set()),
        ("UTC", set()),
    ],
)
def test_rules_are_those_of_the_place(name, rules):
    zone = Timezone.from_ical(written(name, 2025, 2035))
    found = {
        day for part in zone.subcomponents if "rrule" in part for day in part["rrule"]["byday"]
    }

    assert found == rules
    assert len(zone.subcomponents) == max(1, len(rules))


def test_changes_without_a_rule_are_told_one_by_one():
    """Morocco's clock follows the moon."""
    text = written("Africa/Casablanca", 2026, 2028)

    assert "RRULE" not in text
    assert text.count("DTSTART") + text.count("RDATE") == 6

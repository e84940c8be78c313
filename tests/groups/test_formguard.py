"""The public form's guards ask once more; they never refuse a person and lose no word."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from groups.formguard import make_stamp, read_stamp
from groups.forms.interest import InterestForm
from tests.factories import SignupFactory

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Ada Beispiel",
    "email": "ada@example.org",
    "kind": "company",
    "language": "de",
    "consent": "on",
}


def stamp(seconds_ago=10, **kwargs):
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds_ago)):
        return make_stamp(**kwargs)


def errors(group, network="net", **changes):
    data = {**TYPED, "stamp": stamp(), **changes}
    form = InterestForm(data, group=group, network=network)
    form.is_valid()
    return [error.code for error in form.non_field_errors().as_data()], form


def test_a_person_who_took_ten_seconds_passes(group):
    assert errors(group)[0] == []


@pytest.mark.parametrize(
    "forged",
    ["", "nonsense", "a:b:c", signing.dumps(["x", 0, True], salt="other"), "\u202e\x00", "ü" * 300],
    # A stamp names the second in which it was made, and the names of tests must not change.
    ids=["empty", "words", "three parts", "another purpose", "unseen", "long"],
)
def test_a_missing_or_forged_stamp_asks_to_send_again(group, forged):
    codes, form = errors(group, stamp=forged)

    assert codes == ["stale"]
    assert form["name"].value() == "Ada Beispiel"
    assert errors(group, stamp=form.new_stamp)[0] == ["confirm"]  # within two seconds


def test_a_stamp_of_yesterday_asks_to_send_again(group):
    assert errors(group, stamp=stamp(seconds_ago=25 * 3600))[0] == ["stale"]


@pytest.mark.parametrize(
    "change", [{"website": "https://spam.example"}, {"stamp": make_stamp}], ids=["trap", "hurry"]
)
def test_what_looks_like_a_machine_is_asked_once_and_then_passes(group, change):
    change = {key: value() if callable(value) else value for key, value in change.items()}
    codes, form = errors(group, **change)

    assert codes == ["confirm"]
    assert errors(group, stamp=form.new_stamp)[0] == []


def test_the_trap_catches_whoever_fills_it_again(group):
    _codes, form = errors(group, website="spam")

    assert errors(group, stamp=form.new_stamp, website="spam")[0] == ["confirm"]


def test_sixty_people_behind_one_network_pass_and_the_next_is_asked_once(group, settings):
    settings.INTEREST = {**settings.INTEREST, "NETWORK_LIMIT": 3}
    SignupFactory.create_batch(2, group=group, network="hall")
    SignupFactory.create_batch(9, group=group, network="elsewhere")
    assert errors(group, network="hall")[0] == []

    SignupFactory(group=group, network="hall")
    codes, form = errors(group, network="hall")

    assert codes == ["confirm"]
    assert errors(group, network="hall", stamp=form.new_stamp)[0] == []


def test_the_network_s_count_forgets_after_ten_minutes(group, settings):
    settings.INTEREST = {**settings.INTEREST, "NETWORK_LIMIT": 1}
    with time_machine.travel(timezone.now() - timedelta(minutes=11)):
        SignupFactory(group=group, network="hall")

    assert errors(group, network="hall")[0] == []


def test_the_limit_is_sixty_in_ten_minutes(settings):
    assert settings.INTEREST["NETWORK_LIMIT"] == 60
    assert settings.INTEREST["NETWORK_WINDOW"] == timedelta(minutes=10)


def test_each_stamp_carries_another_token():
    assert read_stamp(make_stamp()).token != read_stamp(make_stamp()).token

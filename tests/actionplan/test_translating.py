"""Sections in two languages: side by side, and honest about which is older."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from actionplan.bilingual import pair
from actionplan.models import Section
from actionplan.services import translating
from tests.actionplan.writing import say
from tests.factories import MembershipFactory
from tests.plan_factories import SectionFactory, SectionTextFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def german(plan, coordinator):
    row = SectionTextFactory(section__plan=plan, section__title="Ausgangslage")
    say(row, "Wir brauchen Wärme.", by=coordinator)
    return row


@pytest.fixture
def english(german):
    return SectionTextFactory(section=german.section, language="en")


def page(name, row):
    return reverse(f"plan:{name}", args=[row.section.plan.slug, row.section_id, row.language])


def state(row):
    return pair(row.section, row.language).state


def sent(german):
    german.text.refresh_from_db()
    return {"epoch": german.text.epoch, "seq": german.text.head_seq}


def test_a_text_is_shown_with_the_other_language_beside_it(desk, german, english, coordinator):
    say(english, "We need heat.", by=coordinator)

    shown = desk.get(english.get_absolute_url())

    content = shown.content.decode()
    assert shown.context["beside"] == german
    assert '<div lang="de">' in content
    assert "Wir brauchen Wärme." in content
    assert german.get_absolute_url() in content
    assert desk.get(english.get_absolute_url() + "?beside=no").context["beside"] is None


def test_what_belongs_in_a_text_stands_above_it(desk, german):
    Section.objects.update(guidance="Nur mit Quelle.", word_limit=1800)

    shown = desk.get(german.get_absolute_url()).content.decode()

    assert "Nur mit Quelle." in shown
    assert "Etwa 1800 Wörter." in shown


def test_what_is_not_translated_yet_stands_alone_until_somebody_wants_it(desk, german, english):
    assert desk.get(german.get_absolute_url()).context["beside"] is None
    wished = desk.get(german.get_absolute_url() + "?beside=yes")
    assert "noch nichts geschrieben" in wished.content.decode()


def test_a_translation_is_older_as_soon_as_the_original_has_changed(
    client, german, english, coordinator, member
):
    assert state(english) == ""
    say(english, "We need heat.", by=coordinator)
    assert state(english) == "unchecked"
    client.force_login(member)

    client.post(page("text_matches", english), sent(german))
    assert state(english) == "matches"

    say(german, "Wir brauchen viel Wärme.", by=coordinator)
    assert state(english) == "older"
    shown = client.get(german.get_absolute_url()).content.decode()
    assert "Die Übersetzung ist älter als das Original." in shown
    changes = client.get(page("text_changes", english)).content.decode()
    assert "viel </ins>" in changes or "viel</ins>" in changes


def test_what_was_written_after_the_person_looked_makes_it_older_at_once(
    german, english, coordinator, member
):
    seen = (german.text.epoch, german.text.head_seq)
    say(english, "We need heat.", by=coordinator)
    say(german, "Wir brauchen viel Wärme.", by=coordinator)

    translating.say_it_matches(english, german.text, seen=seen, by=member)

    assert state(english) == "older"


@pytest.mark.parametrize("seen", [(2, 0), (1, 99), (1, -1)])
def test_a_state_that_there_never_was_is_matched_by_nothing(german, english, member, seen):
    with pytest.raises(ValidationError):
        translating.say_it_matches(english, german.text, seen=seen, by=member)

    english.refresh_from_db()
    assert english.matches_seq is None


def test_what_has_changed_is_not_told_where_it_is_not_known(desk, german, english, coordinator):
    say(english, "We need heat.", by=coordinator)

    shown = desk.get(page("text_changes", english)).content.decode()

    assert "Bitte vergleichen Sie den ganzen Text." in shown


def test_readers_and_other_groups_say_nothing_about_translations(client, german, english, reader):
    client.force_login(reader)
    assert client.post(page("text_matches", english), sent(german)).status_code == 403
    client.force_login(MembershipFactory().user)
    for name in ("text", "text_changes"):
        assert client.get(page(name, english)).status_code == 404
    assert client.post(page("text_matches", english), sent(german)).status_code == 404


@pytest.mark.parametrize("data", [{}, {"epoch": "x", "seq": "1"}])
def test_a_form_that_no_page_has_made_is_not_found(desk, german, english, data):
    assert desk.post(page("text_matches", english), data).status_code == 404


def test_a_language_that_the_plan_has_not_is_not_found(desk, german):
    address = german.get_absolute_url().replace("/de/", "/fr/")

    assert desk.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 40])
def test_the_page_of_a_text_asks_the_same_number_of_queries_in_a_long_plan(
    client, plan, german, english, coordinator, member, count, django_assert_num_queries
):
    say(english, "We need heat.", by=coordinator)
    SectionFactory.create_batch(count, plan=plan)
    client.force_login(member)

    with django_assert_num_queries(14):
        assert client.get(german.get_absolute_url()).status_code == 200

"""The page on which a section is written asks little, whatever stands in the text."""

import pytest

from actionplan import tables
from actionplan.models import Section
from in4green.livetext.archive import snapshots
from in4green.livetext.document import crdt
from in4green.livetext.services import edit
from tests.actionplan.test_live_tables import grown
from tests.livetext.writing import doc, live_table, p
from tests.plan_factories import SectionFactory, SectionTextFactory

pytestmark = pytest.mark.django_db
PROMISED = 20
ALL = doc(p("Alle Tabellen"), *map(live_table, tables.NAMES))


@pytest.fixture
def both(plan, coordinator):
    """All tables in both languages, and something written since the newest snapshot of each."""
    section = SectionFactory(plan=plan)
    rows = [SectionTextFactory(section=section, language=one) for one in ("de", "en")]
    for row in rows:
        edit(row.text, lambda shared: crdt.replace(shared, doc(p("Anfang"))), by=coordinator)
        snapshots.take(row.text)
        edit(row.text, lambda shared: crdt.replace(shared, ALL), by=coordinator)
    return rows


@pytest.mark.parametrize("actions", [1, 3, 40])
def test_all_tables_in_both_languages_take_as_few_queries_as_one_action_takes(
    writer, plan, both, actions, django_assert_num_queries
):
    grown(plan, actions)

    with django_assert_num_queries(18):
        page = writer.get(both[0].get_absolute_url()).content.decode()

    assert page.count("<caption>Risiken") == page.count("<caption>Risks") == 1


def test_coordination_too_gets_it_for_what_is_promised(
    desk, plan, both, django_assert_max_num_queries
):
    grown(plan, 3)
    address = both[0].get_absolute_url()
    desk.get(address)  # notes in the session when somebody was here

    with django_assert_max_num_queries(PROMISED):
        desk.get(address)


def test_a_responsible_person_gets_a_section_in_review_for_it_too(
    writer, member, plan, both, django_assert_max_num_queries
):
    grown(plan, 3)
    section = both[0].section
    section.status = Section.Status.IN_REVIEW
    section.save()
    section.responsible.add(member)

    with django_assert_max_num_queries(PROMISED):
        page = writer.get(both[0].get_absolute_url()).content.decode()
    assert "data-editor" in page


def test_other_tables_in_the_other_language_are_found_as_well(writer, plan, both, coordinator):
    grown(plan, 1)
    for row, slug in zip(both, ("risks", "indicators"), strict=True):
        shown = doc(live_table(slug))
        edit(row.text, lambda shared, shown=shown: crdt.replace(shared, shown), by=coordinator)

    page = writer.get(both[0].get_absolute_url()).content.decode()

    assert page.count("<caption>Risiken") == page.count("<caption>Indicators") == 1
    assert "<caption>Risks" not in page

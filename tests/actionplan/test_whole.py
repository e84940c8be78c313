"""The whole plan as JSON: in order, in one language, without what is not for strangers."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from actionplan.whole import collect
from in4green.livetext.archive import snapshots
from in4green.livetext.archive.several import contents
from in4green.livetext.document import crdt
from in4green.livetext.services import edit
from meetings.models import Practice
from tests.factories import PracticeFactory
from tests.livetext.writing import comment, doc, p, text
from tests.plan_factories import (
    ActionFactory,
    FundingFactory,
    IndicatorFactory,
    ObjectiveFactory,
    RiskFactory,
    SectionFactory,
    SectionTextFactory,
    StepFactory,
    TestingActionFactory,
)

pytestmark = pytest.mark.django_db


def write(live, words, *, by, marks=()):
    edit(live, lambda d: crdt.replace(d, doc(p(text(words, *marks)))), by=by)
    live.refresh_from_db()


def section(plan, words="", *, by=None, language="de", **fields):
    row = SectionFactory(plan=plan, **fields)
    if words:
        write(SectionTextFactory(section=row, language=language).text, words, by=by)
    return row


def words_of(content):
    return content["content"][0]["content"][0]["text"]


def test_sections_come_in_the_order_of_reading_with_their_numbers(plan, coordinator):
    second = section(plan, "Zwei", by=coordinator, position=2)
    first = section(plan, "Eins", by=coordinator, position=1)
    section(plan, position=1, parent=first)
    section(plan, position=2, parent=second, deleted_at=timezone.now())
    gone = section(plan, position=3, deleted_at=timezone.now())
    section(plan, position=1, parent=gone)

    found = collect(plan, "de")["sections"]

    assert [(one["number"], one["level"], one["part_of"]) for one in found] == [
        ("1", 1, None), ("1.1", 2, first.pk), ("2", 1, None),
    ]  # fmt: skip
    assert [one["content"] and words_of(one["content"]) for one in found] == ["Eins", None, "Zwei"]


def test_what_is_not_translated_comes_in_the_original_and_says_so(plan, coordinator):
    both = section(plan, "Lage", by=coordinator, title="Lage", title_en="Context")
    old = SectionTextFactory(section=both, language="en", matches_epoch=1, matches_seq=0)
    write(old.text, "Context now", by=coordinator)
    section(plan, "Nur deutsch", by=coordinator, title="Ziele")

    found = collect(plan, "en")["sections"]

    assert [(one["title"], one["language"], one["is_older"]) for one in found] == [
        ("Context", "en", True), ("Ziele", "de", False),
    ]  # fmt: skip
    assert words_of(found[0]["content"]) == "Context now"


def test_a_text_without_words_is_none(plan):
    SectionTextFactory(section__plan=plan)

    assert collect(plan, "de")["sections"][0]["content"] is None


def test_comments_stay_inside_and_what_they_parted_is_one_again(plan, coordinator):
    row = SectionTextFactory(section__plan=plan)
    said = doc(p(text("Ein "), text("Wort", comment(1)), text(" mehr")))
    edit(row.text, lambda d: crdt.replace(d, said), by=coordinator)

    found = collect(plan, "de")["sections"][0]["content"]

    assert found == doc(p(text("Ein Wort mehr")))


def test_texts_are_read_from_snapshot_and_log_alike(plan, coordinator):
    rows = [SectionTextFactory(section__plan=plan).text for _ in range(4)]
    for row in rows[:3]:
        write(row, "Alt", by=coordinator)
    snapshots.take(rows[1])
    snapshots.take(rows[2])
    write(rows[2], "Neu", by=coordinator)
    for row in rows:
        row.refresh_from_db()

    found = contents(rows)

    assert [words_of(found[row.pk]) for row in rows[:3]] == ["Alt", "Alt", "Neu"]
    assert found[rows[3].pk] == doc(p())


def test_a_quarantined_text_says_what_its_last_good_snapshot_says(plan, coordinator):
    row = SectionTextFactory(section__plan=plan).text
    write(row, "Gut", by=coordinator)
    snapshots.take(row)
    write(row, "Fraglich", by=coordinator)
    type(row).objects.update(quarantined_at=timezone.now())
    row.refresh_from_db()

    assert words_of(contents([row])[row.pk]) == "Gut"


def test_an_action_is_told_with_all_that_belongs_to_it(plan):
    goal = ObjectiveFactory(plan=plan, title="Wärme nutzen")
    action = ActionFactory(
        plan=plan, number=3, title="Netz", objective=goal, cost=Decimal("1000.5"),
        starts_on=date(2027, 1, 1), lead_name="Max Muster",
    )  # fmt: skip
    first = StepFactory(action=action, position=1)
    StepFactory(action=action, position=2, title="Bauen").after.add(first)
    funding = FundingFactory(action=action, planned=500)
    RiskFactory(action=action)
    IndicatorFactory(action=action, baseline=Decimal("12.5000"))
    IndicatorFactory(action=action, measure="yes_no", unit="", target=1)
    IndicatorFactory(action=action, measure="words", unit="", target_words="ruhiger")
    TestingActionFactory(action=action, budget=10)

    whole = collect(plan, "de", inside=True)
    [found] = whole["actions"]

    assert (found["number"], found["cost"], found["starts_on"]) == (3, "1000.50", "2027-01-01")
    assert found["lead_person"] == "Max Muster"
    assert found["objective"] == whole["objectives"][0]["id"] == goal.pk
    assert [(one["number"], one["after"]) for one in found["steps"]] == [
        ("3.1", []), ("3.2", ["3.1"]),
    ]  # fmt: skip
    assert found["fundings"] == [
        {"source": funding.source_id, "year": 2027, "planned": "500.00", "secured": "0.00",
         "spent": "0.00"}
    ]  # fmt: skip
    assert [one["baseline"] for one in found["indicators"]] == ["12.5", None, ""]
    assert [one["target"] for one in found["indicators"]] == [None, True, "ruhiger"]
    assert found["testing_actions"][0]["budget"] == "10.00"
    assert json.loads(json.dumps(whole)) == whole


def test_specific_objectives_are_numbered_below_their_strategic_one(plan):
    second = ObjectiveFactory(plan=plan, position=2)
    first = ObjectiveFactory(plan=plan, position=1)
    ObjectiveFactory(plan=plan, position=1, parent=second)

    found = collect(plan, "de")["objectives"]

    assert [(one["id"], one["number"]) for one in found][:2] == [(first.pk, "1"), (second.pk, "2")]
    assert [one["number"] for one in found] == ["1", "2", "2.1"]


def test_nobodys_name_and_no_draft_of_a_practice_leaves_the_group(plan, member):
    ActionFactory(plan=plan, lead_name="Max Muster")
    action = ActionFactory(plan=plan, lead_member=member)
    action.practices.add(PracticeFactory(title="Geheim", state=Practice.State.DRAFT))

    outside, inside = (json.dumps(collect(plan, "de", inside=here)) for here in (False, True))

    for words in (member.name, "Max Muster", "Geheim"):
        assert words in inside
        assert words not in outside


def test_a_dropped_action_keeps_its_number_and_its_reason_and_a_deleted_one_is_gone(plan):
    ActionFactory(plan=plan, number=1, dropped_at=timezone.now(), dropped_because="Kein Geld")
    ActionFactory(plan=plan, number=2, deleted_at=timezone.now())

    [found] = collect(plan, "de")["actions"]

    assert (found["number"], found["dropped_because"]) == (1, "Kein Geld")
    assert found["dropped_on"] == timezone.localdate().isoformat()


def _grow(plan, by):
    for _n in range(3):
        text = section(plan, "Wort", by=by).texts.get().text
        snapshots.take(text)
        write(text, "Wörter", by=by)
        action = ActionFactory(plan=plan)
        for part in (StepFactory, FundingFactory, RiskFactory, IndicatorFactory):
            part(action=action)


def test_the_number_of_queries_does_not_grow(plan, coordinator, django_assert_num_queries):
    for _n in range(2):
        _grow(plan, coordinator)
        with django_assert_num_queries(13):
            collect(type(plan).objects.select_related("group__city").get(), "de")

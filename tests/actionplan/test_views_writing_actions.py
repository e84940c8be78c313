"""Actions to write: a new one, and each part on a page of its own."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from actionplan.forms.parts import PARTS
from actionplan.models import Action, Funding, Indicator
from in4green.activity.models import LogEntry
from tests.actionplan.entering import page_of, saved, sent_of, wrong_on
from tests.factories import LessonFactory, MembershipFactory, PracticeFactory
from tests.meetings.desks import data_of_sheet, signed_in
from tests.plan_factories import (
    ActionFactory,
    FundingFactory,
    FundingSourceFactory,
    IndicatorFactory,
    RiskFactory,
    StepFactory,
)

pytestmark = pytest.mark.django_db
EDIT_QUERIES = 10


def new(plan) -> str:
    return reverse("plan:new_action", args=[plan.slug])


# --- A new one


def test_a_title_is_enough_to_begin_with(writer, plan, member):
    response = writer.post(new(plan), {"title": "Wärme teilen"})

    action = Action.objects.get()
    assert response.url == action.get_absolute_url()
    assert (action.plan, action.number, action.changed_by) == (plan, 1, member)
    assert LogEntry.objects.about(action).get().action == "actions.entered"


def test_what_is_wrong_with_a_new_action_is_told_and_nothing_is_lost(writer, plan):
    sent = {"title": "", "summary": "Viel Text", "starts_on": "2027-05-01", "ends_on": "2027-04-01"}

    response = writer.post(new(plan), sent)
    assert wrong_on(response) == ["title", "__all__"]
    assert "Viel Text" in response.content.decode()
    assert (
        "Eine Maßnahme darf nicht enden, bevor sie beginnt."
        in writer.post(new(plan), sent | {"title": "Wärme"}).content.decode()
    )
    assert not Action.objects.exists()


def test_an_action_started_from_a_practice_cites_it(writer, plan):
    practice = PracticeFactory(group=plan.group, title="Härterei")
    address = f"{new(plan)}?practice={practice.slug}"

    assert "Härterei" in writer.get(address).content.decode()
    writer.post(address, {"title": "Wärme teilen"})

    assert list(Action.objects.get().practices.all()) == [practice]


def test_an_action_started_from_a_lesson_cites_it_and_its_practice(writer, plan):
    lesson = LessonFactory(practice__group=plan.group)

    writer.post(f"{new(plan)}?lesson={lesson.pk}", {"title": "Wärme teilen"})

    action = Action.objects.get()
    assert list(action.lessons.all()) == [lesson]
    assert list(action.practices.all()) == [lesson.practice]


@pytest.mark.parametrize("query", ["practice=fremd", "practice=gone", "lesson=x", "lesson=0"])
def test_nothing_starts_from_what_somebody_does_not_see(writer, plan, query):
    PracticeFactory(slug="fremd")

    assert writer.get(f"{new(plan)}?{query}").status_code == 404


def test_readers_write_nothing(client, plan, reader):
    client.force_login(reader)
    action = ActionFactory(plan=plan)

    assert client.get(new(plan)).status_code == 403
    for part in PARTS:
        address = page_of(action, part)
        assert client.get(address).status_code == client.post(address, {}).status_code == 403
    others = signed_in(MembershipFactory().user)
    assert others.post(page_of(action, "facts"), {}).status_code == 404


# --- Parts


@pytest.mark.parametrize("part", ["steps", "risks", "indicators"])
def test_it_is_said_where_names_of_people_would_be_published(writer, plan, part):
    page = writer.get(page_of(ActionFactory(plan=plan), part)).content.decode()

    assert "Wird veröffentlicht: Bitte nennen Sie eine Stelle oder Funktion" in page


@pytest.mark.parametrize("part", PARTS)
def test_saving_a_page_without_a_change_changes_nothing(writer, plan, part):
    action = ActionFactory(plan=plan, cost=Decimal("1234.50"), starts_on=date(2027, 3, 1))
    StepFactory(action=action, ends_on=date(2027, 3, 1))
    FundingFactory(action=action, planned=Decimal("0.50"))
    IndicatorFactory(action=action, baseline=Decimal("1234.125"))
    IndicatorFactory(action=action, measure=Indicator.Measure.YES_NO, unit="", target=1)
    RiskFactory(action=action)

    assert saved(writer, page_of(action, part)).status_code == 302

    rows = [Action.objects.get(), *action.steps.all(), *action.fundings.all()]
    rows += [*action.indicators.all(), *action.risks.all()]
    assert {row.version for row in rows} == {1}
    assert not LogEntry.objects.about(action).exists()


def test_saving_one_part_touches_no_other(writer, plan):
    action = ActionFactory(plan=plan, title="Wärme teilen", cost=5)
    old = sent_of(writer, page_of(action, "facts"))
    saved(writer, page_of(action, "funding"), cost="7")

    response = writer.post(page_of(action, "facts"), old | {"title": "Wärme nutzen"})

    assert response.status_code == 302
    action.refresh_from_db()
    assert (action.title, action.cost, action.version) == ("Wärme nutzen", 7, 3)
    parts = [entry.data["part"] for entry in LogEntry.objects.about(action).order_by("pk")]
    assert parts == ["funding", "facts"]


def test_rows_are_added_without_judging_or_losing_what_was_typed(writer, plan):
    action = ActionFactory(plan=plan)
    address = page_of(action, "steps")
    typed = sent_of(writer, address) | {"row-0-responsible": "Stadtwerke", "add": "row"}

    response = writer.post(address, typed)
    assert len(response.context["sheet"].rows) == 2
    assert not response.context["sheet"].errors
    assert 'name="row-1-title"' in response.content.decode()
    again = data_of_sheet(response) | {"row-0-title": "Planen", "row-1-title": "Bauen"}
    assert writer.post(address, again).status_code == 302

    steps = [(step.title, step.responsible) for step in action.steps.all()]
    assert steps == [("Planen", "Stadtwerke"), ("Bauen", "")]
    assert not Action.objects.get().is_unfunded


def test_a_row_is_removed_by_a_tick(writer, plan):
    action = ActionFactory(plan=plan)
    StepFactory(action=action, title="Weg")
    kept = StepFactory(action=action, title="Bleibt")

    saved(writer, page_of(action, "steps"), **{"row-0-remove": "on"})

    assert list(action.steps.all()) == [kept]


def test_a_step_that_others_wait_for_is_not_removed_by_one_tick(writer, plan):
    action = ActionFactory(plan=plan)
    step = StepFactory(action=action)
    waiting = StepFactory(action__plan=plan, title="Bauen")
    waiting.after.set([step])
    tick = {"row-0-remove": "on"}

    response = saved(writer, page_of(action, "steps"), **tick)
    assert wrong_on(response) == ["remove"]
    assert "„Bauen“" in unescape(response.content.decode())
    waiting.after.clear()
    assert saved(writer, page_of(action, "steps"), **tick).status_code == 302


def test_a_step_that_ends_before_it_starts_is_refused(writer, plan):
    action = ActionFactory(plan=plan)
    days = {"row-0-starts_on": "2027-05-01", "row-0-ends_on": "2027-04-01"}

    response = saved(writer, page_of(action, "steps"), **{"row-0-title": "Bauen", **days})

    assert wrong_on(response) == ["__all__"]
    assert "Ein Schritt darf nicht enden, bevor er beginnt." in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "meant"), [("1.234,50", "1234.50"), ("1,234.50", "1234.50"), ("", "0")]
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_amounts_are_typed_as_people_write_them(writer, plan, language, typed, meant):
    action, source = ActionFactory(plan=plan), FundingSourceFactory(plan=plan)
    with translation.override(language):
        address = page_of(action, "funding")
    row = {"row-0-source": source.pk, "row-0-year": "2027", "row-0-planned": typed}

    assert saved(writer, address, **row).status_code == 302

    assert action.fundings.get().planned == Decimal(meant)


def test_a_number_that_is_none_is_told_and_stays_in_the_field(writer, plan):
    action = ActionFactory(plan=plan)

    response = saved(writer, page_of(action, "funding"), cost="etwa 5")

    assert wrong_on(response) == ["cost"]
    assert "„etwa 5“ ist keine Zahl." in response.content.decode()


@pytest.mark.parametrize("amount", ["-1", "1,234"])
def test_costs_are_neither_negative_nor_torn(writer, plan, amount):
    action = ActionFactory(plan=plan)

    response = saved(writer, page_of(action, "funding"), cost=amount)

    assert (response.status_code == 200) == (amount == "-1")


def test_a_source_stands_once_for_each_year(writer, other, plan):
    action = ActionFactory(plan=plan)
    first = FundingFactory(action=action, year=2027)
    row = {"row-1-source": first.source_id, "row-1-year": "2027", "rows": "2"}

    response = saved(writer, page_of(action, "funding"), **row)
    assert wrong_on(response) == ["year"]

    old = sent_of(writer, page_of(action, "funding")) | {**row, "row-1-year": "2028"}
    FundingFactory(action=action, source=first.source, year=2028)  # meanwhile, by somebody else
    assert wrong_on(writer.post(page_of(action, "funding"), old)) == ["year"]
    old["row-1-year"] = "2029"
    assert writer.post(page_of(action, "funding"), old).status_code == 302


def test_two_rows_of_funding_change_their_years_with_each_other(writer, plan):
    action = ActionFactory(plan=plan)
    one = FundingFactory(action=action, year=2027, planned=1)
    FundingFactory(action=action, source=one.source, year=2028, planned=2)

    swapped = {"row-0-year": "2028", "row-1-year": "2027"}
    assert saved(writer, page_of(action, "funding"), **swapped).status_code == 302

    assert list(Funding.objects.values_list("year", "planned")) == [(2027, 2), (2028, 1)]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"measure": "number", "unit": ""}, ["unit"]),
        ({"measure": "number", "unit": "t", "target": "ja"}, ["target"]),
        ({"measure": "yes_no", "target": "7"}, ["target"]),
        ({"measure": "words", "baseline": "7"}, ["baseline"]),
        ({"measure": "number", "unit": "t", "target": "viel"}, ["target"]),
        ({"measure": "number", "unit": "t", "baseline": "1.200", "target": "0,5"}, None),
        ({"measure": "yes_no", "baseline": "nein", "target": "Ja"}, None),
        ({"measure": "words", "target_words": "leiser"}, None),
    ],
)
def test_an_indicator_is_a_number_with_a_unit_yes_or_no_or_words(writer, plan, typed, wrong):
    action = ActionFactory(plan=plan)
    row = {"title": "Lärm", "kind": "result", **typed}

    response = saved(
        writer, page_of(action, "indicators"), **{f"row-0-{name}": row[name] for name in row}
    )

    if wrong:
        assert wrong_on(response) == wrong
    else:
        assert response.status_code == 302
    assert action.indicators.exists() == (wrong is None)


def test_a_testing_action_is_decided_once_it_is_said_what_happened(writer, plan):
    action = ActionFactory(plan=plan)
    row = {"row-0-title": "Eine Straße", "row-0-hypothesis": "Es geht.", "row-0-decision": "go"}

    response = saved(writer, page_of(action, "testing"), **row)
    assert "Bitte sagen Sie zuerst, was geschehen ist." in response.content.decode()
    row["row-0-happened"] = "Es ging."
    assert saved(writer, page_of(action, "testing"), **row).status_code == 302


def test_what_the_origin_holds_that_somebody_does_not_see_stays(writer, plan):
    hidden, seen = PracticeFactory(), PracticeFactory(group=plan.group)
    action = ActionFactory(plan=plan)
    action.practices.set([hidden])
    address = page_of(action, "origin")

    sent = sent_of(writer, address)
    writer.post(address, sent | {"practices": [*sent["practices"], seen.pk]})

    assert set(action.practices.all()) == {hidden, seen}


@pytest.mark.parametrize("count", [1, 5])
def test_a_page_of_rows_asks_no_more_for_more_rows(writer, plan, count, django_assert_num_queries):
    action = ActionFactory(plan=plan)
    FundingFactory.create_batch(count, action=action)
    writer.get(page_of(action, "funding"))

    with django_assert_num_queries(EDIT_QUERIES):
        writer.get(page_of(action, "funding"))

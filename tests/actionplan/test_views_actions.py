"""Actions to read: the list by objective, the page with its six things, the description."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplan.models import Action, Indicator, Risk
from tests.factories import (
    LessonFactory,
    MembershipFactory,
    OrganisationFactory,
    PracticeFactory,
    SiteVisitFactory,
    TopicFactory,
)
from tests.meetings.desks import signed_in
from tests.plan_factories import (
    ActionFactory,
    AreaFactory,
    FundingFactory,
    IndicatorFactory,
    ObjectiveFactory,
    RiskFactory,
    StepFactory,
    TestingActionFactory,
)

pytestmark = pytest.mark.django_db


def list_of(plan) -> str:
    return reverse("plan:actions", args=[plan.slug])


def read(client, address) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def full_action(plan, **fields) -> Action:
    """With everything that its page can show."""
    practice = PracticeFactory(group=plan.group, title="Wärme aus der Härterei")
    practice.visits.set([SiteVisitFactory(meeting__group=plan.group, name="Musterwerk")])
    action: Action = ActionFactory(
        plan=plan,
        objective=ObjectiveFactory(plan=plan, parent=ObjectiveFactory(plan=plan)),
        area=AreaFactory(plan=plan),
        lead_organisation=OrganisationFactory(city=plan.group.city),
        lead_name="Erika Beispiel",
        starts_on=date(2027, 3, 1),
        ends_on=date(2027, 6, 30),
        cost=12000,
        **fields,
    )
    action.topics.set([TopicFactory()])
    action.partners.set([OrganisationFactory(city=plan.group.city)])
    action.practices.set([practice])
    action.lessons.set([LessonFactory(practice=practice)])
    first = StepFactory(action=action, title="Angebote einholen")
    StepFactory(action=action, title="Bauen").after.set([first])
    FundingFactory(action=action, planned=8000, secured=1000)
    IndicatorFactory(action=action, title="Betriebe", unit="Betriebe", baseline=2, target=1200)
    RiskFactory(action=action, title="Zu teuer", mitigation="Mehr Angebote einholen")
    TestingActionFactory(action=action, title="Erst eine Straße")
    return action


# --- The list


def test_the_plan_leads_to_its_actions_and_each_page_back(client, plan, member):
    client.force_login(member)
    action = ActionFactory(plan=plan)

    assert f'"{list_of(plan)}"' in read(client, plan.get_absolute_url())
    page = read(client, action.get_absolute_url())
    assert f'"{list_of(plan)}"' in page
    assert f'"{plan.get_absolute_url()}"' in page


def test_the_list_stands_by_objective_and_says_what_is_missing(client, plan, member):
    client.force_login(member)
    full_action(plan, title="Wärme teilen")
    ActionFactory(plan=plan, number=9, title="Nackt")

    response = client.get(list_of(plan))

    first, last = response.context["shelves"]
    assert (first["objective"].parent is not None, last["objective"]) == (True, None)
    assert first["rows"][0]["gaps"] == []
    assert last["rows"][0]["gaps"] == [
        "noch kein Ziel",
        "niemand verantwortlich",
        "noch kein Zeitraum",
        "noch keine Schritte",
        "noch keine Kosten",
        "noch keine Finanzierungsquelle",
        "noch kein Indikator",
        "noch kein Risiko",
    ]
    page = " ".join(unescape(response.content.decode()).split())
    assert "Erika Beispiel" in page
    assert "März 2027 bis Juni 2027" in page
    assert "12.000 €" in page


def test_a_dropped_action_stays_in_the_list_and_a_deleted_one_does_not(client, plan, member):
    client.force_login(member)
    ActionFactory(plan=plan, title="Aufgegeben", dropped_at=timezone.now())
    ActionFactory(plan=plan, title="Gelöscht", deleted_at=timezone.now())

    page = read(client, list_of(plan))

    assert "Aufgegeben" in page
    assert "fallen gelassen" in page
    assert "noch kein Indikator" not in page
    assert "Gelöscht" not in page


def test_an_empty_list_says_what_will_be_here(client, plan, member):
    client.force_login(member)

    assert "Noch ist keine Maßnahme eingetragen." in read(client, list_of(plan))


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_no_more_for_more_actions(
    client, plan, member, count, django_assert_num_queries
):
    client.force_login(member)
    client.get(list_of(plan))
    for _ in range(count):
        full_action(plan)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(list_of(plan))


LIST_QUERIES = 9


@pytest.mark.parametrize(
    ("role", "sees"),
    [("coordinator", {"add", "end"}), ("member", {"add"}), ("reader", set())],
)
def test_the_list_offers_what_somebody_may_do(role, sees, client, plan, request):
    ActionFactory.create_batch(2, plan=plan)
    client.force_login(request.getfixturevalue(role))

    page = read(client, list_of(plan))

    offered = {
        "add": reverse("plan:new_action", args=[plan.slug]),
        "end": reverse("plan:actions_in_bin", args=[plan.slug]),
    }
    assert {name for name, address in offered.items() if f'"{address}"' in page} == sees


# --- The page


def test_the_page_has_the_six_things_and_the_way_that_led_here(client, plan, reader):
    client.force_login(reader)
    action = full_action(plan, title="Wärme teilen", summary="Abwärme heizt Schulen.")

    response = client.get(action.get_absolute_url())

    page = " ".join(unescape(response.content.decode()).split())
    for words in (
        "Wärme teilen", "Abwärme heizt Schulen.", "Erika Beispiel",
        "1. März 2027 bis 30. Juni 2027",
        "Angebote einholen", "Bauen", "12.000 €", "8.000", "1.200 Betriebe", "Zu teuer",
        "Mehr Angebote einholen", "Erst eine Straße", "Es gelingt.",
    ):  # fmt: skip
        assert words in page, words
    chain = [[link.title for link in step.links] for step in response.context["chain"]]
    assert [bool(links) for links in chain] == [True] * 5
    assert "Musterwerk" in chain[1]
    assert response.context["gaps"] == response.context["warnings"] == []
    assert page.count("<h1") == 1
    assert reverse("plan:action_facts", args=[plan.slug, action.number]) not in page


def test_an_empty_page_tells_what_belongs_on_it(client, plan, member):
    client.force_login(member)

    page = read(client, ActionFactory(plan=plan).get_absolute_url())

    assert "Noch kein Indikator." in page
    assert "Noch kein Risiko." in page
    assert "Noch keine Finanzierungsquelle eingetragen." in page


def test_values_are_told_as_they_are_measured(client, plan, member):
    client.force_login(member)
    action = ActionFactory(plan=plan)
    yes_no, words = Indicator.Measure.YES_NO, Indicator.Measure.WORDS
    IndicatorFactory(action=action, measure=yes_no, unit="", baseline=0, target=1)
    IndicatorFactory(action=action, measure=words, unit="", target_words="spürbar leiser")
    IndicatorFactory(action=action, baseline="12.5", unit="t CO₂", baseline_words="geschätzt")

    told = [
        (line.baseline, line.target)
        for line in client.get(action.get_absolute_url()).context["indicators"]
    ]

    assert told == [("nein", "ja"), ("", "spürbar leiser"), ("12,5 t CO₂ (geschätzt)", "")]


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_asks_no_more_for_more_rows(
    client, plan, member, count, django_assert_num_queries
):
    client.force_login(member)
    action = full_action(plan)
    client.get(action.get_absolute_url())
    for _ in range(count):
        step = StepFactory(action=action)
        step.after.set([StepFactory(action__plan=plan)])
        FundingFactory(action=action, planned=3)
        IndicatorFactory(action=action)
        RiskFactory(action=action, kind=Risk.Kind.LEGAL)
        TestingActionFactory(action=action)
        practice = PracticeFactory(group=plan.group)
        action.practices.add(practice)
        action.lessons.add(LessonFactory(practice=practice))

    with django_assert_num_queries(PAGE_QUERIES):
        client.get(action.get_absolute_url())


PAGE_QUERIES = 21


def test_others_see_neither_list_nor_page(client, plan):
    action = ActionFactory(plan=plan)
    client.force_login(MembershipFactory().user)

    assert client.get(list_of(plan)).status_code == 404
    assert client.get(action.get_absolute_url()).status_code == 404


def test_a_deleted_action_has_no_page(client, plan, coordinator, desk):
    action = ActionFactory(plan=plan, deleted_at=timezone.now())

    assert desk.get(action.get_absolute_url()).status_code == 404


def test_what_somebody_may_not_see_of_the_origin_stays_hidden(client, plan, member):
    client.force_login(member)
    action = ActionFactory(plan=plan)
    action.practices.set([PracticeFactory(title="Geheim")])

    assert "Geheim" not in read(client, action.get_absolute_url())


# --- The description


@pytest.mark.parametrize(
    ("role", "writes"), [("coordinator", True), ("member", True), ("reader", False)]
)
def test_the_description_is_written_by_members_and_read_by_readers(
    role, writes, client, plan, request
):
    action = ActionFactory(plan=plan)
    client.force_login(request.getfixturevalue(role))

    response = client.get(reverse("plan:action_text", args=[plan.slug, action.number]))

    assert response.context["may_write"] == writes


def test_nobody_writes_the_description_of_a_dropped_action(desk, plan):
    action = ActionFactory(plan=plan, dropped_at=timezone.now())

    response = desk.get(reverse("plan:action_text", args=[plan.slug, action.number]))

    assert response.context["editor"] is None


# --- From practices and lessons


def test_a_practice_and_a_lesson_show_the_actions_that_cite_them(client, plan, member):
    client.force_login(member)
    practice = PracticeFactory(group=plan.group, published=True)
    lesson = LessonFactory(practice=practice, is_public=True)
    action = ActionFactory(plan=plan, title="Wärme teilen")
    action.practices.set([practice])
    action.lessons.set([lesson])
    dropped = ActionFactory(plan=plan, title="Aufgegeben", dropped_at=timezone.now())
    dropped.practices.set([practice])

    for row in (practice, lesson):
        page = read(client, row.get_absolute_url())
        assert f'href="{action.get_absolute_url()}"' in page
        assert "Aufgegeben" not in page
        assert "Wärme teilen" not in read(
            signed_in(MembershipFactory().user), row.get_absolute_url()
        )
        client.logout()
        assert "Wärme teilen" not in read(client, row.get_absolute_url())
        client.force_login(member)


@pytest.mark.parametrize(("role", "may"), [("member", True), ("reader", False)])
def test_who_writes_may_start_an_action_from_a_practice_or_a_lesson(
    role, may, client, plan, request
):
    client.force_login(request.getfixturevalue(role))
    practice = PracticeFactory(group=plan.group, published=True)
    lesson = LessonFactory(practice=practice)
    new = reverse("plan:new_action", args=[plan.slug])

    for row, query in ((practice, f"practice={practice.slug}"), (lesson, f"lesson={lesson.pk}")):
        page = read(client, row.get_absolute_url())
        assert (f'href="{new}?{query}"' in page) == may

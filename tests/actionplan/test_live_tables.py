"""Tables of a plan as they are now: collected, and shown in the text of a section."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from actionplan import records, tables
from actionplan.services import actions, arranging
from in4green.livetext.archive import reading
from in4green.livetext.document import crdt
from in4green.livetext.owners import tables as offered
from in4green.livetext.services import edit
from tests.factories import MembershipFactory
from tests.livetext.writing import doc, live_table
from tests.meetings.desks import data_of
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


def grown(plan, actions=1):
    """So many actions, each with two of everything."""
    for _number in range(actions):
        objective = ObjectiveFactory(plan=plan)
        row = ActionFactory(plan=plan, objective=objective, title_en="Register")
        for make in (StepFactory, FundingFactory, RiskFactory, IndicatorFactory):
            make.create_batch(2, action=row)
        TestingActionFactory(action=row)
        first, second = row.steps.all()
        second.after.add(first)
    return plan


def section_text(plan, member, *slugs, language="de"):
    live = SectionTextFactory(section=SectionFactory(plan=plan), language=language).text
    shown = doc(*map(live_table, slugs))
    edit(live, lambda shared: crdt.replace(shared, shown), by=member)
    live.refresh_from_db()
    return live


@pytest.mark.parametrize("actions", [1, 3])
def test_all_tables_take_few_queries_whatever_their_size(plan, actions, django_assert_num_queries):
    grown(plan, actions)

    with django_assert_num_queries(2):  # actions with all that is theirs, and the plan with its own
        found = tables.collect(plan, language="de")

    assert len(found["action_sheets"]["actions"]) == actions


@pytest.mark.parametrize(
    ("slug", "queries"),
    [("objectives", 2), ("gantt", 1), ("funding", 2), ("risks", 1), ("indicators", 1)],
)
def test_one_table_takes_no_more_than_it_needs(plan, slug, queries, django_assert_num_queries):
    grown(plan, 2)

    with django_assert_num_queries(queries):
        tables.collect(plan, language="de", only=[slug])


@pytest.mark.parametrize("language", ["de", "en"])
def test_live_and_frozen_they_say_the_same(plan, language):
    grown(plan, 2)

    with translation.override(language):
        frozen = tables.of({**records.of_plan(plan, inside=True), "language": language})

    assert tables.collect(plan, language=language) == frozen
    assert ("Register" in str(frozen)) == (language == "en")


class TestInATextOfASection:
    def test_it_shows_the_actions_as_they_are_now(self, plan, member):
        live = section_text(plan, member, "risks", "gantt")
        assert reading.html(live).count('class="empty"') == 2

        RiskFactory(action=ActionFactory(plan=plan), title="Neues Risiko")

        assert "Neues Risiko" in reading.html(live)

    def test_it_speaks_the_texts_language(self, plan, member):
        grown(plan)

        assert "Register" in reading.html(section_text(plan, member, "risks", language="en"))
        assert "Register" not in reading.html(section_text(plan, member, "risks"))

    def test_a_text_offers_all_tables_in_their_order(self, plan, member):
        assert offered(section_text(plan, member)).slugs == tuple(tables.NAMES)

    def test_a_text_of_an_action_offers_none(self, plan):
        assert offered(ActionFactory(plan=plan).text).slugs == ()

    def test_a_member_fetches_one_and_strangers_and_others_get_none(self, client, plan, member):
        address = reverse("text:table", args=[section_text(plan, member).pk, "risks"])
        RiskFactory(action=ActionFactory(plan=plan), title="Neues Risiko")

        assert client.get(address).status_code == 302
        client.force_login(MembershipFactory().user)
        assert client.get(address).status_code == 404
        client.force_login(member)
        assert "Neues Risiko" in client.get(address).content.decode()

    def test_other_plans_actions_are_not_in_it(self, plan, member):
        RiskFactory(title="Fremdes Risiko")

        assert "Fremdes Risiko" not in reading.html(section_text(plan, member, "risks"))


@pytest.fixture
def told(plan, member):
    """Which texts were told of changed tables while something was done."""
    SectionTextFactory(section=SectionFactory())  # of another plan
    SectionTextFactory(section=SectionFactory(plan=plan, deleted_at=timezone.now()))
    shown = SectionTextFactory(section=SectionFactory(plan=plan)).text

    def of(change):
        with CaptureQueriesContext(connection) as asked:
            change()
        said = [each["sql"].replace("\\", "") for each in asked]
        told = [each for each in said if '"changed":["tables"]' in each]
        assert all(each.count('"text":') == 1 for each in told)
        return [f'"text":{shown.pk},' in each for each in told]

    return of


def test_whoever_has_a_tables_text_open_hears_of_every_change(client, plan, member, told):
    one, two = ActionFactory.create_batch(2, plan=plan)
    step = StepFactory(action=one)
    client.force_login(member)
    after = reverse("plan:step_after", args=[plan.slug, one.number, step.pk])
    chosen = data_of(client.get(after)) | {"after": [StepFactory(action=two).pk]}

    changes = [
        lambda: arranging.move(two, up=True, by=member),
        lambda: actions.drop(one, reason="Zu teuer", by=member),
        lambda: actions.take_up(one, by=member),
        lambda: client.post(after, chosen),
    ]

    assert [told(change) for change in changes] == [[True]] * len(changes)

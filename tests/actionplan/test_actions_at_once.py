"""Two people who write in one action at the same time: nobody's words are lost."""

from decimal import Decimal
from html import unescape

import pytest
from django.utils import timezone

from actionplan.models import Action
from tests.actionplan.entering import RISK, page_of, saved, sent_of, wrong_on
from tests.factories import TopicFactory
from tests.meetings.desks import data_of_sheet
from tests.plan_factories import ActionFactory, IndicatorFactory, ObjectiveFactory, StepFactory

pytestmark = pytest.mark.django_db


def test_two_who_change_different_fields_never_overwrite_each_other(writer, other, plan):
    topic = TopicFactory()
    action = ActionFactory(plan=plan, title="alt", lead_name="")
    address = page_of(action, "facts")
    mine = sent_of(writer, address) | {"lead_name": "Erika Beispiel", "topics": [topic.pk]}
    saved(other, address, title="ihres", objective=ObjectiveFactory(plan=plan).pk)

    second = writer.post(address, mine)
    assert "Max Muster" in second.content.decode()
    assert writer.post(address, data_of_sheet(second)).status_code == 302

    action.refresh_from_db()
    assert (action.title, action.lead_name) == ("ihres", "Erika Beispiel")
    assert action.objective
    assert list(action.topics.all()) == [topic]


def test_of_two_who_change_one_field_the_second_sees_both_values(writer, other, plan):
    action = ActionFactory(plan=plan, cost=Decimal("1000"))
    address = page_of(action, "funding")
    mine = sent_of(writer, address) | {"cost": "3.000"}
    saved(other, address, cost="2.000,50")

    second = writer.post(address, mine)

    assert wrong_on(second) == ["cost", "__all__"]
    assert "„2.000,50“" in unescape(second.content.decode())
    assert data_of_sheet(second)["cost"] == "3.000"
    assert writer.post(address, data_of_sheet(second)).status_code == 302
    assert Action.objects.get().cost == 3000


def test_two_who_change_one_row_lose_nothing(writer, other, plan):
    action = ActionFactory(plan=plan)
    IndicatorFactory(action=action, unit="t", baseline=Decimal("1234.125"), target=1)
    address = page_of(action, "indicators")
    mine = sent_of(writer, address) | {"row-0-target": "5"}
    saved(other, address, **{"row-0-baseline": "1.000,125", "row-0-target": "4"})

    second = writer.post(address, mine)
    assert wrong_on(second) == ["target", "__all__"]
    again = data_of_sheet(second)
    assert (again["row-0-baseline"], again["row-0-target"]) == ("1.000,125", "5")
    assert writer.post(address, again).status_code == 302

    row = action.indicators.get()
    assert (row.baseline, row.target, row.version) == (Decimal("1000.125"), 5, 3)


def test_rows_that_others_add_meanwhile_stay(writer, other, plan):
    action = ActionFactory(plan=plan)
    address = page_of(action, "risks")
    mine = sent_of(writer, address) | RISK | {"row-0-impact": "3"}
    theirs = RISK | {"row-0-title": "Zu spät", "row-0-impact": "5"}
    saved(other, address, **theirs)

    assert writer.post(address, mine).status_code == 302

    assert {risk.title for risk in action.risks.all()} == {"Zu teuer", "Zu spät"}


def test_a_row_that_somebody_has_removed_meanwhile_is_not_lost(writer, plan):
    action = ActionFactory(plan=plan)
    step = StepFactory(action=action, title="Bauen")
    address = page_of(action, "steps")
    mine = sent_of(writer, address) | {"row-0-title": "Gut bauen"}
    step.delete()

    response = writer.post(address, mine)
    assert "Gut bauen" in response.content.decode()
    assert writer.post(address, data_of_sheet(response)).status_code == 302

    assert action.steps.get().title == "Gut bauen"


@pytest.mark.parametrize("ended", ["dropped_at", "deleted_at"])
def test_who_writes_while_an_action_ends_gets_what_was_typed_back(writer, plan, ended):
    action = ActionFactory(plan=plan, title="alt")
    mine = sent_of(writer, page_of(action, "facts")) | {"title": "Viel Arbeit"}
    Action.objects.update(**{ended: timezone.now()})

    response = writer.post(page_of(action, "facts"), mine)

    page = unescape(response.content.decode())
    assert (response.status_code, "Viel Arbeit" in page) == (200, True)
    assert "Es wurde nichts gespeichert." in page
    assert Action.objects.get().title == "alt"
    assert writer.get(page_of(action, "facts")).status_code in (403, 404)

"""Objectives, areas and sources: entered, ordered, removed unless something uses them."""

import pytest
from django.urls import reverse

from actionplan.models import Area, FundingSource, Objective
from in4green.activity.models import LogEntry
from tests.actionplan.entering import sent_of, wrong_on
from tests.plan_factories import (
    ActionFactory,
    AreaFactory,
    FundingFactory,
    FundingSourceFactory,
    ObjectiveFactory,
)

pytestmark = pytest.mark.django_db


def page_of(plan, part: str) -> str:
    return reverse(f"plan:{part}", args=[plan.slug])


def saved(client, address, **changes):
    fields = {f"row-{name.replace('__', '-')}": value for name, value in changes.items()}
    return client.post(address, sent_of(client, address) | fields)


def test_objectives_are_entered_as_parts_of_strategic_ones(writer, plan, member):
    address = page_of(plan, "objectives")

    assert saved(writer, address, **{"0__title": "Sparsam heizen"}).status_code == 302
    strategic = Objective.objects.get()
    sent = sent_of(writer, address) | {"rows": "2"}
    sent |= {"row-1-title": "Abwärme nutzen", "row-1-parent": strategic.pk}
    assert writer.post(address, sent).status_code == 302

    part = Objective.objects.get(title="Abwärme nutzen")
    assert (part.plan, part.parent, part.changed_by) == (plan, strategic, member)
    assert part.position > strategic.position
    actions = LogEntry.objects.about(plan).values_list("action", "data__part")
    assert set(actions) == {("plans.goals_changed", "objectives")}


def test_there_are_two_levels_of_objectives_and_no_circle(writer, plan):
    one, two = ObjectiveFactory(plan=plan), ObjectiveFactory(plan=plan)
    address = page_of(plan, "objectives")

    both = saved(writer, address, **{"0__parent": two.pk, "1__parent": one.pk})
    assert wrong_on(both) == ["parent", "parent"]
    below = ObjectiveFactory(plan=plan, parent=one)
    assert wrong_on(saved(writer, address, **{"0__parent": two.pk})) == ["parent"]
    assert below.pk not in [pk for pk, _title in _offered(writer, address)]


def _offered(client, address):
    return client.get(address).context["sheet"].rows[0].fields["parent"].choices


def test_rows_are_renamed_and_put_into_another_order(writer, plan):
    AreaFactory(plan=plan, title="Erstes", position=1)
    AreaFactory(plan=plan, title="Zweites", position=2)

    saved(writer, page_of(plan, "areas"), **{"0__title": "Früher", "0__position": "3"})

    assert [area.title for area in plan.areas.all()] == ["Zweites", "Früher"]


def test_what_is_used_stays_and_the_page_says_by_what(writer, plan):
    objective, area = ObjectiveFactory(plan=plan), AreaFactory(plan=plan)
    source = FundingSourceFactory(plan=plan)
    action = ActionFactory(plan=plan, number=17, objective=objective, area=area)
    row = FundingFactory(action=action, source=source)
    tick = {"0__remove": "on"}

    for part in ("objectives", "areas", "sources"):
        response = saved(writer, page_of(plan, part), **tick)
        assert wrong_on(response) == ["remove"]
        assert "Diese Maßnahmen benutzen es, deshalb bleibt es: 17." in response.content.decode()

    row.delete()
    action.delete()
    for part in ("objectives", "areas", "sources"):
        assert saved(writer, page_of(plan, part), **tick).status_code == 302
    left = [model.objects.exists() for model in (Objective, Area, FundingSource)]
    assert left == [False, False, False]


def test_a_strategic_objective_with_parts_stays(writer, plan):
    ObjectiveFactory(plan=plan, position=2, parent=ObjectiveFactory(plan=plan, position=1))
    address = page_of(plan, "objectives")

    assert wrong_on(saved(writer, address, **{"0__remove": "on"})) == ["parent"]
    alone = sent_of(writer, address) | {"rows": "1", "row-0-remove": "on"}
    assert wrong_on(writer.post(address, alone)) == ["remove"]
    together = {"0__remove": "on", "1__remove": "on"}
    assert saved(writer, address, **together).status_code == 302
    assert not Objective.objects.exists()


def test_readers_change_no_goals(client, plan, reader):
    client.force_login(reader)

    for part in ("objectives", "areas", "sources"):
        assert client.get(page_of(plan, part)).status_code == 403

"""Coordination ends actions and puts them in order; nobody else does."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplan.models import Action
from actionplan.services.arranging import in_order
from tests.meetings.desks import signed_in
from tests.plan_factories import ActionFactory

pytestmark = pytest.mark.django_db


def page(name: str, action: Action) -> str:
    return reverse(f"plan:{name}", args=[action.plan.slug, action.number])


def test_an_action_is_dropped_with_a_reason_and_taken_up_again(desk, plan):
    action = ActionFactory(plan=plan)

    assert "reason" in desk.post(page("drop_action", action), {}).context["form"].errors
    desk.post(page("drop_action", action), {"reason": "Kein Grundstück."})
    shown = desk.get(action.get_absolute_url()).content.decode()
    assert "Kein Grundstück." in shown
    assert page("action_facts", action) not in shown
    again = desk.post(page("drop_action", action), {"reason": "Noch einmal"}, follow=True)
    assert "schon fallen gelassen" in again.content.decode()

    desk.post(page("take_up_action", action))
    assert "Kein Grundstück." not in desk.get(action.get_absolute_url()).content.decode()


def test_a_deleted_action_is_brought_back_from_the_bin(desk, plan):
    action = ActionFactory(plan=plan, title="Wärme teilen")

    assert desk.get(page("delete_action", action)).status_code == 200
    assert Action.objects.there().exists()
    response = desk.post(page("delete_action", action))
    assert response.url == reverse("plan:actions", args=[plan.slug])
    assert desk.get(action.get_absolute_url()).status_code == 404
    bin_page = desk.get(reverse("plan:actions_in_bin", args=[plan.slug])).content.decode()
    assert "Wärme teilen" in bin_page

    assert desk.post(page("restore_action", action)).url == action.get_absolute_url()
    assert desk.get(action.get_absolute_url()).status_code == 200


def test_actions_are_moved_by_buttons_on_the_list(desk, plan):
    one, two = ActionFactory(plan=plan), ActionFactory(plan=plan)
    address = reverse("plan:move_action", args=[plan.slug])

    def press(**button):
        desk.post(address, button)
        return in_order(plan, list(plan.actions.all()))

    arranging = desk.get(reverse("plan:actions", args=[plan.slug]), {"arrange": ""})
    assert f'value="{one.number}"' in arranging.content.decode()
    assert press(up=two.number) == [two, one]
    assert press(down=two.number) == [one, two]
    assert press(down=two.number) == [one, two]
    assert desk.post(address, {"up": "x"}).status_code == 404
    assert desk.post(address, {"up": "9" * 12}).status_code == 404


def test_nobody_but_coordination_ends_or_orders_actions(member, plan):
    action = ActionFactory(plan=plan)
    gone = ActionFactory(plan=plan, deleted_at=timezone.now())
    client = signed_in(member)

    for name in ("drop_action", "take_up_action", "delete_action"):
        assert client.post(page(name, action)).status_code == 403
    assert client.post(page("restore_action", gone)).status_code == 403
    assert client.get(reverse("plan:actions_in_bin", args=[plan.slug])).status_code == 403
    move = reverse("plan:move_action", args=[plan.slug])
    assert client.post(move, {"up": action.number}).status_code == 403
    assert "arrange" not in client.get(reverse("plan:actions", args=[plan.slug])).content.decode()

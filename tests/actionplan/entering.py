"""Whoever enters an action, and what the browser sends."""

from typing import Any

from django.test import Client
from django.urls import reverse

from actionplan.models import Action
from tests.meetings.desks import data_of_sheet


def page_of(action: Action, part: str) -> str:
    """Of one part of an action, as it is entered."""
    return reverse(f"plan:action_{part}", args=[action.plan.slug, action.number])


def sent_of(client: Client, address: str) -> dict[str, Any]:
    """What is sent if nothing was changed on the page."""
    return data_of_sheet(client.get(address))


def wrong_on(response: Any) -> list[str]:
    """Names of the fields that are told to be wrong."""
    assert response.status_code == 200
    return [name for form in response.context["sheet"].forms for name in form.errors]

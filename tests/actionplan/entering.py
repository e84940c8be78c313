"""Whoever enters an action, and what the browser sends."""

from typing import Any

from django.test import Client
from django.urls import reverse

from actionplan.models import Action
from tests.meetings.desks import data_of_sheet

RISK = {"row-0-title": "Zu teuer", "row-0-kind": "financial", "row-0-likelihood": "2"}


def page_of(action: Action, part: str) -> str:
    """Of one part of an action, as it is entered."""
    return reverse(f"plan:action_{part}", args=[action.plan.slug, action.number])


def sent_of(client: Client, address: str) -> dict[str, Any]:
    """What is sent if nothing was changed on the page."""
    return data_of_sheet(client.get(address))


def saved(client: Client, address: str, **changes: Any) -> Any:
    """What was there, changed and sent; the page is opened for it."""
    return client.post(address, sent_of(client, address) | changes)


def wrong_on(response: Any) -> list[str]:
    """Names of the fields that are told to be wrong."""
    assert response.status_code == 200
    return [name for form in response.context["sheet"].forms for name in form.errors]

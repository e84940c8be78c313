"""Whoever sits at a browser, and what it would send of a page's form."""

from typing import Any

from django.test import Client

from groups.models import User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def data_of(response: Any) -> dict[str, Any]:
    """What is sent if nothing was changed on the page."""
    fields = response.context["form"]
    return {field.html_name: field.value() for field in fields if field.value() is not None}

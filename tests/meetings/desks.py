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


def data_of_sheet(response: Any) -> dict[str, Any]:
    """The same of a page with rows, whose numbers are sent along."""
    sheet = response.context["sheet"]
    counts = ("figures", "rows", "sessions", "visits")
    data = {name: str(len(getattr(sheet, name))) for name in counts if hasattr(sheet, name)}
    for form in sheet.forms:
        for field in form:
            value = field.value()
            if value not in (None, False):
                data[field.html_name] = "on" if value is True else value
    return data

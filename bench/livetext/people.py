"""Members of one group, signed in, and notes for them to write in. Needs Django to be set up."""

import functools
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from groups import notebook
from groups.models import Membership, Note, User, WorkingGroup
from in4green.livetext.models import LiveText
from in4green.livetext.services import create_text

FAR = 2.0**33
"""A moment far in the future, so that no session becomes idle."""


@functools.cache
def cookie(number: int) -> str:
    """Of the n-th person, who is made when first asked for."""
    user = User.objects.create(email=f"person-{number}@example.org", name=f"Person {number}")
    Membership.objects.create(group=group(), user=user, role=Membership.Role.EDITOR)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["signed_in_at"] = session["seen_at"] = FAR
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def cookies(count: int) -> list[str]:
    return [cookie(number) for number in range(count)]


@functools.cache
def group() -> WorkingGroup:
    return WorkingGroup.objects.get_or_create(slug="bench", defaults=made_up())[0]


def made_up() -> dict[str, object]:
    from groups.models import City

    return {"name": "Bench", "city": City.objects.first(), "coordination_address": "a@example.org"}


def new_text() -> LiveText:
    text = create_text(notebook.KIND)
    Note.objects.create(group=group(), title=f"Note {text.pk}", text=text)
    return text


def new_names(count: int) -> list[str]:
    """Of new texts, as they stand in addresses."""
    return [f"{text.pk}.{text.epoch}" for text in (new_text() for _ in range(count))]

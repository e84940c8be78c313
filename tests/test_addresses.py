"""Every address of the portal is public on purpose, or refuses a stranger.

The walk goes over the URL table itself: an address of a later room is covered as soon as it
exists, and fails here until somebody has decided who may open it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve
from django.utils import translation

from groups.models import WorkingGroup
from tests.factories import WorkingGroupFactory

# Open to everybody, by name; everything else wants to know who is there.
PUBLIC = {
    "home",
    "imprint",
    "privacy",
    "accessibility",
    "barrier_report",
    "barrier_thanks",
    "health_live",
    "health_ready",
    # What is announced or published; changing it asks who is there.
    "meetings:list",
    "meetings:meeting",
    "meetings:meeting_calendar",
    "meetings:calendar",
    "meetings:feed",
    "meetings:json",
    "meetings:csv",
    "minutes:text",
    "reports:printout",
    # By signed link: the token is the proof.
    "meeting_mails:answer",
    "meeting_mails:personal_calendar",
    "practices:list",
    "practices:practice",
    "practices:feed",
    "practices:json",
    "practices:csv",
    "lessons:list",
    "lessons:lesson",
    "challenges:list",
    "challenges:challenge",
    "guests:*",
    "plan:peer_review",
    "plan:peer_section",
    "plan:peer_whole",
    "plan:peer_statement",
    "plan:peer_done",
    "plan:peer_picture",
    "interest:*",
    "invitation:*",
    # What is published for good, and what the public says to it.
    "plan:list",
    "plan:editions",
    "plan:schema",
    "plan:edition",
    "plan:compare_editions",
    "plan:edition_file",
    "plan:edition_picture",
    "plan:edition_comments",
    # The door itself, and the ways to and through it.
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_signup_by_passkey",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_login_webauthn",
    "admin:logout",
}
# They exist in development only; tests/production asserts that.
DEVELOPMENT = {"mailbox:*"}
# Where strangers are sent when a page is not for them.
DOORS = {"account_login", "admin:login", "account_signup"}
SAMPLES = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "1",
    "str": "sample",
    "slug": "sample",
    "path": "1",
    # Regular expressions of allauth and the admin.
    "uidb36": "1",
    "key": "set-password",
    "app_label": "groups",
    "url": "no-such-page",
}


class Address(NamedTuple):
    name: str
    path: str


def addresses() -> list[Address]:
    with translation.override(settings.LANGUAGE_CODE):
        return sorted(set(_walk(get_resolver(), "", "/")))


def _walk(resolver: URLResolver, namespace: str, prefix: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, path)
        else:
            yield Address(f"{namespace}{pattern.name}", _sample(path))


def _sample(route: str) -> str:
    """The route with every variable part filled in."""
    path = re.sub(r"<(\w+):\w+>", lambda part: SAMPLES[part[1]], route)
    path = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda part: SAMPLES[part[1]], path)
    return re.sub(r"[\^$]|\\Z", "", path)


@pytest.fixture
def group(db: None) -> WorkingGroup:
    group: WorkingGroup = WorkingGroupFactory(slug=settings.DEFAULT_GROUP)
    return group


def is_listed(name: str, names: set[str]) -> bool:
    return name in names or f"{name.partition(':')[0]}:*" in names


def refused() -> list[Address]:
    return [row for row in addresses() if not is_listed(row.name, PUBLIC | DEVELOPMENT)]


def test_the_walk_meets_what_everybody_knows():
    names = {address.name for address in addresses()}

    assert {"home", "member:home", "admin:index", "mfa_index", "interest:form"} <= names
    assert len(names) > 100


def test_every_listed_name_exists():
    names = {address.name for address in addresses()}
    spaces = {name.partition(":")[0] for name in names}

    assert {name for name in PUBLIC if not name.endswith(":*")} <= names
    assert {name.removesuffix(":*") for name in PUBLIC if name.endswith(":*")} <= spaces


def test_samples_lead_to_the_view_they_stand_for():
    """A route whose sample resolved to something else would be left unguarded."""
    unnamed = {"admin:None"}  # the admin's catch-all and its old addresses
    for name, path in addresses():
        if name not in unnamed:
            assert resolve(path).view_name == name, path


@pytest.mark.parametrize("method", ["get", "post"])
def test_addresses_that_are_not_public_refuse_a_stranger(group, method):
    """All in one test: hundreds would take ten times as long."""
    assert len(refused()) > 250
    assert [address for address in refused() if not is_refused(address, method)] == []


def is_refused(address: Address, method: str) -> bool:
    response = getattr(Client(raise_request_exception=False), method)(address.path)
    if response.status_code != 302:
        return response.status_code in (404, 405)
    with translation.override(settings.LANGUAGE_CODE):
        return resolve(response.url.partition("?")[0]).view_name in DOORS


def test_public_addresses_answer_a_stranger_without_an_error(group):
    for name, path in addresses():
        if is_listed(name, PUBLIC) and not name.startswith("health"):
            assert Client().get(path).status_code in (200, 302, 404, 405), path

"""Sign-out clears what the browser has kept, and nothing else does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from groups.services.accounts import enrol_totp
from tests.factories import UserFactory, WorkingGroupFactory, coordinator_of
from tests.groups.doors import SECRET

pytestmark = pytest.mark.django_db


def test_signing_out_clears_the_browsers_storage(client):
    client.force_login(UserFactory())
    assert "Clear-Site-Data" not in client.get(reverse("home")).headers

    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get(reverse("home")).headers


def test_a_session_that_ends_by_itself_leaves_what_the_browser_has_kept(client, settings):
    settings.STAFF_IDLE = timedelta(seconds=-1)
    coordinator = coordinator_of(WorkingGroupFactory())
    enrol_totp(coordinator, SECRET)
    client.force_login(coordinator)

    answer = client.get(reverse("member:home"))

    assert answer.status_code == 302
    assert "Clear-Site-Data" not in answer.headers

"""Sign-out clears what the browser has kept, and nothing else does."""

import pytest
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_signing_out_clears_the_browsers_storage(client):
    client.force_login(UserFactory())
    assert "Clear-Site-Data" not in client.get(reverse("home")).headers

    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get(reverse("home")).headers

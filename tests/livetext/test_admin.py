"""Coordination sees its groups' texts in the admin and releases them."""

import pytest
from django.test import Client
from django.urls import reverse

from in4green.livetext.archive import quarantine
from in4green.livetext.models import LiveText
from tests.factories import NoteFactory, coordinator_of
from tests.groups.signing_in import sign_in_staff
from tests.livetext.texts import fresh, note_of, written

pytestmark = pytest.mark.django_db
LIST = reverse("admin:livetext_livetext_changelist")


@pytest.fixture
def text():
    text, _ = written("Eins")
    quarantine.put_away(text)
    return fresh(text)


@pytest.fixture
def coordination(client: Client, text: LiveText):
    sign_in_staff(client, coordinator_of(note_of(text).group))
    return client


def act(client, action, *texts):
    return client.post(LIST, {"action": action, "_selected_action": [text.pk for text in texts]})


def test_the_list_names_texts_by_their_owners_titles(coordination, text):
    page = coordination.get(LIST).content.decode()

    assert note_of(text).title in page


def test_the_first_page_says_that_a_text_can_only_be_read(coordination, text):
    page = coordination.get(reverse("admin:index")).content.decode()

    assert f"{LIST}?quarantined_at__isempty=0" in page
    quarantine.release(text, by=None)
    page = coordination.get(reverse("admin:index")).content.decode()
    assert f"{LIST}?quarantined_at__isempty=0" not in page


def test_the_link_of_the_first_page_shows_what_is_quarantined_alone(coordination, text):
    NoteFactory(group=note_of(text).group)

    rows = coordination.get(f"{LIST}?quarantined_at__isempty=0").context["cl"].queryset

    assert list(rows) == [text]


def test_coordination_releases_a_text(coordination, text):
    act(coordination, "release", text)

    assert (fresh(text).quarantined_at, fresh(text).epoch) == (None, 1)


def test_coordination_goes_on_from_the_last_good_state(coordination, text):
    act(coordination, "release_without_tail", text)

    assert (fresh(text).quarantined_at, fresh(text).epoch) == (None, 2)


def test_nobody_releases_another_group_s_text(client, text):
    sign_in_staff(client, coordinator_of(NoteFactory().group))

    act(client, "release", text)

    assert fresh(text).quarantined_at

"""Reading deliveries and the log in the admin, and the two buttons."""

import pytest
from django.urls import reverse

from groups.models import WorkingGroup
from in4green.activity import kinds
from in4green.activity.models import Delivery, LogEntry
from in4green.activity.services import Recipient, notify, record
from tests.activity.conftest import KIND
from tests.factories import MembershipFactory, UserFactory, WorkingGroupFactory, coordinator_of
from tests.groups.signing_in import sign_in_staff

State = Delivery.State
pytestmark = pytest.mark.django_db
LIST = "admin:activity_delivery_changelist"
LOG = "admin:activity_logentry_changelist"


@pytest.fixture
def root(client):
    root = UserFactory(is_superuser=True)
    sign_in_staff(client, root)
    return root


@pytest.fixture
def erika(client, letters):
    """A coordinator; the tests' kind is about working groups here."""
    subjects = WorkingGroup.objects.visible_to
    kinds.register(kinds.Kind(KIND, letters._write, letters.due, "Testbrief", subjects))
    erika = coordinator_of(WorkingGroupFactory())
    sign_in_staff(client, erika)
    return erika


def failed(group=None, address="anna@example.org") -> Delivery:
    notification = notify(KIND, group or WorkingGroupFactory(), [Recipient(address, "de")])
    notification.deliveries.update(state=State.DEAD, attempts=12, last_error="550 unknown")
    return notification.deliveries.get()


def own_group(user) -> WorkingGroup:
    return user.memberships.get().group


def url(name: str, delivery: Delivery) -> str:
    return reverse(f"admin:activity_delivery_{name}", args=[delivery.pk])


def listed(client, name: str = LIST) -> list[object]:
    return list(client.get(reverse(name)).context["cl"].result_list)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_superuser_sees_every_delivery_with_its_state_and_error(client, root, letters):
    delivery = failed()

    page = client.get(reverse(LIST)).content.decode()

    assert listed(client) == [delivery]
    assert "550 unknown" in page
    assert "anna@example.org" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client, root, letters, count, django_assert_num_queries
):
    for n in range(count):
        failed(address=f"p{n}@example.org")
    client.get(reverse(LIST))

    with django_assert_num_queries(6):
        client.get(reverse(LIST))


def test_a_coordinator_sees_what_concerns_the_own_group(client, erika):
    mine, foreign = failed(own_group(erika)), failed()

    assert listed(client) == [mine]
    assert client.get(url("change", mine)).status_code == 200
    assert client.get(url("change", foreign)).status_code in (302, 403, 404)
    assert "Testbrief" in client.get(reverse(LIST)).content.decode()


def test_a_kind_that_names_no_subjects_is_for_superusers(client, erika, letters):
    failed(own_group(erika))
    kinds.register(kinds.Kind(KIND, letters._write, letters.due))

    assert listed(client) == []


@pytest.mark.parametrize("name", ["again", "discard"])
def test_a_coordinator_cannot_act_on_a_foreign_group_s_mail(client, erika, name):
    foreign = failed()

    assert client.post(url(name, foreign)).status_code == 404

    foreign.refresh_from_db()
    assert foreign.state == State.DEAD


@pytest.mark.parametrize("name", ["again", "discard"])
def test_nothing_happens_by_opening_an_address(client, root, letters, name):
    delivery = failed()

    assert client.get(url(name, delivery)).status_code == 405

    delivery.refresh_from_db()
    assert delivery.state == State.DEAD


def test_a_failed_mail_can_be_sent_again(client, root, letters):
    delivery = failed()
    assert url("again", delivery) in client.get(url("change", delivery)).content.decode()

    response = client.post(url("again", delivery), follow=True)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.QUEUED, 0)
    assert len(told(response)) == 1
    assert LogEntry.objects.about(delivery).get().actor == root


def test_a_failed_mail_can_be_discarded(client, root, letters):
    delivery = failed()
    assert url("discard", delivery) in client.get(url("change", delivery)).content.decode()

    client.post(url("discard", delivery))

    delivery.refresh_from_db()
    assert delivery.state == State.CANCELLED
    assert LogEntry.objects.about(delivery).get().actor == root


def test_a_mail_that_was_sent_has_no_buttons(client, root, letters):
    delivery = failed()
    Delivery.objects.update(state=State.SENT, sent_at="2026-01-01T00:00Z")

    page = client.get(url("change", delivery)).content.decode()

    assert "formaction" not in page


def test_what_cannot_be_done_is_said_and_not_done(client, root, letters):
    delivery = failed()
    Delivery.objects.update(state=State.SENT, sent_at="2026-01-01T00:00Z")

    response = client.post(url("discard", delivery), follow=True)

    delivery.refresh_from_db()
    assert delivery.state == State.SENT
    assert told(response)[0].startswith("anna@example.org: ")


@pytest.mark.parametrize(
    ("action", "state"),
    [("send_selected_again", State.QUEUED), ("discard_selected", State.CANCELLED)],
)
def test_several_can_be_chosen_in_the_list(client, root, letters, action, state):
    chosen = [failed(address="a@example.org"), failed(address="b@example.org")]
    other = failed(address="c@example.org")

    client.post(
        reverse(LIST), {"action": action, "_selected_action": [str(row.pk) for row in chosen]}
    )

    found = Delivery.objects.exclude(pk=other.pk).values_list("state", flat=True)
    assert list(found) == [state, state]
    other.refresh_from_db()
    assert other.state == State.DEAD


def test_nobody_types_in_a_delivery_or_in_the_log(client, root, letters):
    delivery, entry = failed(), record(root, "tests.done")

    assert client.post(url("change", delivery), {"address": "x@example.org"}).status_code == 403
    assert client.post(url("delete", delivery), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:activity_delivery_add")).status_code == 403
    log = reverse("admin:activity_logentry_change", args=[entry.pk])
    assert client.post(log, {"action": "x"}).status_code == 403
    assert client.get(reverse("admin:activity_logentry_add")).status_code == 403


def test_a_superuser_reads_the_log(client, root):
    erased = UserFactory()
    record(root, "tests.done", root, reason="weil")
    entry = record(erased, "tests.left")
    erased.delete()

    page = client.get(reverse(LOG)).content.decode()
    assert "tests.done" in page
    assert root.name in page
    detail = reverse("admin:activity_logentry_change", args=[entry.pk])
    assert client.get(detail).status_code == 200


def test_a_coordinator_does_not_read_the_log(client, erika):
    assert client.get(reverse(LOG)).status_code == 403


def test_a_member_reads_neither(client, letters):
    member = MembershipFactory().user
    client.force_login(member)
    delivery = failed()

    for address in (reverse(LIST), reverse(LOG), url("change", delivery)):
        assert client.get(address).status_code in (302, 403, 404)
    assert client.post(url("again", delivery)).status_code in (302, 403, 404)
    assert Delivery.objects.visible_to(member).count() == 0


def test_somebody_who_is_no_longer_active_sees_nothing(letters):
    failed()

    assert not Delivery.objects.visible_to(UserFactory(is_superuser=True, is_active=False)).exists()


# --- What waits ---


def waiting(client) -> list[tuple[str, str]]:
    items = client.get(reverse("admin:index")).context["waiting"]
    return [(item.tone, item.url) for item in items]


def test_failed_mails_stand_in_red_on_the_first_page(client, root, letters):
    red = ("red", reverse(LIST) + "?state__exact=dead")
    assert red not in waiting(client)
    failed()

    assert waiting(client)[0] == red
    assert len(client.get(red[1]).context["cl"].result_list) == 1


def test_a_coordinator_is_told_of_the_own_group_s_failed_mails_only(client, erika):
    failed()
    assert "red" not in dict(waiting(client))

    failed(own_group(erika))
    assert "red" in dict(waiting(client))

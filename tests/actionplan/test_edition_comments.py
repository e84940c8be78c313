"""Comments of the public on an edition: without an account, seen once somebody has read them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings as portal
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from actionplan.models import EditionComment
from actionplan.services import edition_comments as services
from actionplan.tasks import forget_addresses
from groups import formguard
from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery, Notification
from tests.actionplan.publishing import publish
from tests.factories import MembershipFactory
from tests.plan_factories import PlanFactory

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Cem Beispiel",
    "email": "cem@example.org",
    "text": "Gut, aber wo bleibt der Radweg?",
    "consent": "on",
}
State = EditionComment.State
QUEUE = 7  # queries, of which five ask who is there


@pytest.fixture
def edition(plan, coordinator):
    plan.takes_comments = True
    plan.save()
    plan.group.coordination_address = "amt@example.org"
    plan.group.save()
    return publish(plan, coordinator)


def address_of(edition):
    return reverse("plan:edition_comments", args=[edition.plan.slug, edition.number])


def stamp(*, age=60):
    token = formguard.make_stamp()
    content = signing.loads(token, salt=formguard.SALT)
    content[1] -= age
    return signing.dumps(content, salt=formguard.SALT)


def send(client, edition, **typed):
    return client.post(address_of(edition), {**TYPED, "stamp": stamp(), **typed})


def given(edition, **fields):
    named = {"name": "Cem Beispiel", "email": "cem@example.org", "text": "Und der Radweg?"}
    row = {"language": "de", "consented_at": timezone.now(), **named, **fields}
    return EditionComment.objects.create(edition=edition, **row)


def decision(comment):
    return reverse("plan:decide_comment", args=[comment.edition.plan.slug, comment.pk])


def letter(kind):
    delivery = Delivery.objects.filter(notification__kind=kind).earliest("address")
    return delivery, get_kind(kind).write(delivery)


def test_a_comment_waits_unseen_and_coordination_hears_of_it(client, edition):
    answer = send(client, edition)

    row = EditionComment.objects.get()
    assert answer.headers["Location"] == f"{address_of(edition)}?sent#sent"
    assert (row.state, row.text, row.language) == (State.WAITING, TYPED["text"], "de")
    assert TYPED["text"] not in client.get(address_of(edition)).content.decode()
    delivery, mail = letter("editions.commented")
    assert delivery.address == "amt@example.org"
    assert TYPED["text"] in mail.paragraphs
    assert mail.url.endswith(decision(row))


def test_a_comment_sent_twice_is_one(client, edition):
    same = stamp()
    send(client, edition, stamp=same)
    send(client, edition, stamp=same)

    assert EditionComment.objects.count() == 1
    assert Notification.objects.count() == 1


@pytest.mark.parametrize("missing", ["name", "text", "consent"])
def test_without_name_words_or_consent_nothing_is_taken_and_nothing_typed_is_lost(
    client, edition, missing
):
    page = send(client, edition, **{missing: ""}).content.decode()

    assert not EditionComment.objects.exists()
    for name in {"name", "email", "text"} - {missing}:
        assert TYPED[name] in page


@pytest.mark.parametrize("bad", [{"website": "http://spam.example"}, {"stamp": ""}, {"stamp": "x"}])
def test_whoever_looks_like_a_machine_is_asked_once_more(client, edition, bad):
    assert send(client, edition, **bad).status_code == 200
    assert not EditionComment.objects.exists()


def test_many_from_one_network_are_asked_once_more(client, edition, settings):
    settings.ACTIONPLAN = {**portal.ACTIONPLAN, "NETWORK_LIMIT": 1}
    send(client, edition)

    assert send(client, edition, text="Noch einer").status_code == 200
    assert EditionComment.objects.count() == 1


def test_a_plan_that_takes_no_comments_says_so_and_takes_none(client, plan, coordinator):
    edition = publish(plan, coordinator)

    page = client.get(address_of(edition)).content.decode()
    answer = send(client, edition)

    assert "nimmt zurzeit keine Kommentare entgegen" in page
    assert "<textarea" not in page
    assert "nimmt zurzeit keine Kommentare entgegen" in answer.content.decode()
    assert not EditionComment.objects.exists()


def test_coordination_publishes_a_comment_with_an_answer(client, desk, edition):
    comment = given(edition)
    typed = {"state": "published", "answer": "Er kommt 2028.", "reason": ""}

    assert TYPED["name"] in desk.get(decision(comment)).content.decode()
    desk.post(decision(comment), typed)
    desk.logout()
    page = client.get(address_of(edition)).content.decode()

    assert "Und der Radweg?" in page
    assert "Er kommt 2028." in page
    assert "cem@example.org" not in page
    _, mail = letter("editions.comment_decided")
    assert "Er kommt 2028." in mail.paragraphs
    assert mail.url.endswith(address_of(edition))


def test_a_declined_comment_needs_a_reason_which_only_its_author_hears(client, desk, edition):
    comment = given(edition)
    without = desk.post(decision(comment), {"state": "declined"})
    desk.post(decision(comment), {"state": "declined", "reason": "Beleidigt Menschen."})
    desk.logout()
    page = client.get(address_of(edition)).content.decode()

    assert "Bitte sagen Sie, warum" in unescape(without.content.decode())
    assert "Radweg" not in page
    assert "Beleidigt" not in page
    _, mail = letter("editions.comment_decided")
    assert "Beleidigt Menschen." in mail.paragraphs


def test_the_database_refuses_to_decline_without_a_reason(edition):
    with pytest.raises(IntegrityError), transaction.atomic():
        given(edition, state=State.DECLINED)


def test_another_decision_later_sends_no_second_mail(edition, coordinator):
    comment = given(edition)
    for state, reason in (("published", ""), ("declined", "Doch nicht."), ("published", "")):
        services.decide(comment, state=state, answer="", reason=reason, by=coordinator)

    comment.refresh_from_db()
    assert (comment.state, comment.reason, comment.decided_by) == ("published", "", coordinator)
    assert Delivery.objects.filter(notification__kind="editions.comment_decided").count() == 1


def test_whoever_left_no_address_gets_no_mail(edition, coordinator):
    services.decide(
        given(edition, email=""), state="published", answer="", reason="", by=coordinator
    )

    assert not Delivery.objects.exists()


def test_coordination_hears_no_more_of_what_was_decided_before(client, edition, coordinator):
    send(client, edition)
    comment = EditionComment.objects.get()
    delivery, _ = letter("editions.commented")
    assert get_kind("editions.commented").still_due(delivery)

    services.decide(comment, state="published", answer="", reason="", by=coordinator)

    delivery, _ = letter("editions.commented")
    assert not get_kind("editions.commented").still_due(delivery)


@pytest.mark.parametrize("role", ["stranger", "member", "foreign"])
def test_nobody_but_coordination_sees_what_waits(client, edition, member, role):
    comment = given(edition)
    if role != "stranger":
        client.force_login(member if role == "member" else MembershipFactory().user)
    queue = reverse("plan:comment_queue", args=[edition.plan.slug])

    answers = [client.get(queue), client.get(decision(comment)), client.post(decision(comment))]

    expected = {"stranger": 302, "member": 403, "foreign": 404}[role]
    assert [answer.status_code for answer in answers] == [expected] * 3


def test_a_comment_is_decided_under_its_own_plan_only(desk, edition):
    other = PlanFactory(group=edition.plan.group)
    comment = given(edition)

    assert (
        desk.get(reverse("plan:decide_comment", args=[other.slug, comment.pk])).status_code == 404
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_the_queue_and_of_the_page_do_not_grow(
    client, desk, edition, count, django_assert_num_queries
):
    for _ in range(count):
        given(edition)
        given(edition, state=State.PUBLISHED)
    queue = reverse("plan:comment_queue", args=[edition.plan.slug])
    desk.get(queue)

    with django_assert_num_queries(QUEUE):
        desk.get(queue)
    desk.logout()
    with django_assert_num_queries(2):
        client.get(address_of(edition))


def test_addresses_are_forgotten_after_six_months_and_the_words_stay(edition):
    old, young = given(edition, network="abc"), given(edition)
    long_ago = timezone.now() - timedelta(days=184)
    EditionComment.objects.filter(pk=old.pk).update(created_at=long_ago)

    forget_addresses()

    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.email, old.network, old.text) == ("", "", "Und der Radweg?")
    assert young.email == "cem@example.org"


def test_the_number_of_comments_stands_on_the_edition(client, edition):
    for state in (State.PUBLISHED, State.PUBLISHED, State.WAITING):
        given(edition, state=state)

    page = " ".join(client.get(edition.get_absolute_url()).content.decode().split())

    assert re.search(r">\s*2 Kommentare\s*</a>", page)


def test_the_service_refuses_where_no_comments_are_taken(plan, coordinator):
    edition = publish(plan, coordinator)

    with pytest.raises(ValidationError) as caught:
        services.comment(edition, form_token="t", language="de", network="", name="x", text="y")

    assert caught.value.code == "closed"

"""Every letter about a sign-up: whole in both languages, and sent only while it is due."""

import pytest
from django.utils import translation

from groups.models import InterestSignup
from groups.notifications import interest as letters
from groups.services import interest
from in4green.activity.kinds import all_kinds, get_kind
from in4green.activity.models import Delivery
from in4green.activity.services import Recipient, notify
from tests.factories import MembershipFactory, SignupFactory, coordinator_of

Status = InterestSignup.Status
KINDS = [kind.name for kind in all_kinds() if kind.name.startswith("interest.")]


def delivery_of(kind, signup):
    notify(kind, signup, [Recipient("ada@example.org", "de")])
    return Delivery.objects.get(notification__kind=kind)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_letter_is_whole_in_both_languages(group, topic, kind, language):
    signup = SignupFactory(
        group=group, name="Ada Beispiel", question="Wer?", answer="Ich.", decline_reason="Voll."
    )
    signup.topics.add(topic)
    delivery = delivery_of(kind, signup)

    with translation.override(language):
        letter = get_kind(kind).write(delivery)

    text = "\n".join([letter.subject, *letter.paragraphs, *letter.after])
    assert "%(" not in text
    assert "None" not in text
    assert letter.button
    prefix = "/" if "admin" in letter.url and language == "de" else ""
    assert letter.url.startswith(f"http://localhost:8000{prefix}")
    assert ("/en/" in letter.url) == (language == "en")


@pytest.mark.parametrize(
    ("kind", "due_in"),
    [
        ("interest.confirm", {Status.UNCONFIRMED}),
        ("interest.confirm_reminder", {Status.UNCONFIRMED}),
        ("interest.status", {Status.RECEIVED, Status.IN_REVIEW}),
        ("interest.received", {Status.RECEIVED, Status.IN_REVIEW}),
        ("interest.overdue", {Status.RECEIVED, Status.IN_REVIEW}),
        ("interest.overdue_deputy", {Status.RECEIVED, Status.IN_REVIEW}),
        ("interest.question", {Status.IN_REVIEW}),
        ("interest.answered", {Status.IN_REVIEW}),
        ("interest.corrected", {Status.RECEIVED, Status.IN_REVIEW, Status.INVITED}),
        ("interest.declined", {Status.DECLINED}),
        ("interest.withdrawn", set(Status)),
    ],
)
def test_a_letter_is_due_only_while_it_says_something_true(group, kind, due_in):
    signup = SignupFactory(group=group, decline_reason="Voll.")
    delivery = delivery_of(kind, signup)
    due = set()
    for status in Status:
        InterestSignup.objects.filter(pk=signup.pk).update(status=status)
        fresh = Delivery.objects.get(pk=delivery.pk)
        if get_kind(kind).still_due(fresh):
            due.add(status)

    assert due == due_in


def test_every_kind_has_a_title_and_is_seen_by_coordination():
    assert len(KINDS) == 11
    for name in KINDS:
        assert str(get_kind(name).title)
        assert get_kind(name).subjects


def test_coordinators_see_deliveries_of_their_own_group_only(group):
    erika = coordinator_of(group)
    stranger = coordinator_of(SignupFactory().group)
    signup = SignupFactory(group=group, unconfirmed=True)
    interest.confirm_interest(signup)

    seen = set(Delivery.objects.visible_to(erika))

    assert seen == set(Delivery.objects.all())
    assert not Delivery.objects.visible_to(stranger).exists()
    assert not Delivery.objects.visible_to(MembershipFactory(group=group).user).exists()


def test_a_draft_is_the_letter_s_own_words(group):
    signup = SignupFactory(group=group, name="Ada", decline_reason="Alle Plätze sind besetzt.")
    letter = letters.declined(signup)

    wording = letters.draft(letter)

    assert wording.subject == letter.subject
    assert "Alle Plätze sind besetzt." in wording.body.split("\n\n")

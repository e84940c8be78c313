"""What a sign-up goes through on the person's side."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.models import InterestSignup, Membership
from groups.services import interest
from in4green.activity.models import Delivery, LogEntry
from tests.factories import InvitationFactory, MembershipFactory, SignupFactory, coordinator_of

Status = InterestSignup.Status


def submit(group, **changes):
    fields = {
        "email": "ada@example.org",
        "name": "Ada Beispiel",
        "organisation": "",
        "kind": "company",
        "topics": list(group.topics.all()[:1]),
        "message": "Hallo",
        "language": "de",
        "form_token": "token-1",
        "network": "net",
    }
    return interest.submit_interest(group, **{**fields, **changes})


def told(kind):
    """Who is told of a kind, in order."""
    rows = Delivery.objects.filter(notification__kind=kind)
    return sorted(rows.values_list("address", flat=True))


def test_submitting_asks_the_person_alone_to_confirm(group):
    coordinator_of(group)

    signup = submit(group)

    assert signup.status == Status.UNCONFIRMED
    assert told("interest.confirm") == ["ada@example.org"]
    assert Delivery.objects.count() == 1
    assert [c.text_version for c in signup.consents.all()] == [interest.CONSENT_VERSION]


def test_a_double_click_keeps_one_row_and_sends_one_mail(group):
    first = submit(group)
    second = submit(group)

    assert first == second
    assert InterestSignup.objects.count() == 1
    assert told("interest.confirm") == ["ada@example.org"]


def test_sent_again_with_other_words_the_later_words_win(group):
    submit(group)
    signup = submit(group, form_token="token-2", message="Neu", email="ADA@example.org")

    assert InterestSignup.objects.count() == 1
    assert signup.message == "Neu"
    assert told("interest.confirm") == ["ada@example.org"]


def test_sent_again_later_the_mail_is_sent_again_too(group):
    with time_machine.travel(timezone.now() - timedelta(minutes=11)):
        submit(group)
    submit(group, form_token="token-2")

    assert told("interest.confirm") == ["ada@example.org"] * 2


def test_one_form_with_two_addresses_asks_to_send_once_more(group):
    submit(group)

    with pytest.raises(ValidationError) as refused:
        submit(group, email="bob@example.org")

    assert refused.value.code == "used"
    assert InterestSignup.objects.count() == 1


def test_a_form_already_confirmed_is_answered_with_its_sign_up(group):
    signup = interest.confirm_interest(submit(group))

    assert submit(group, message="Zurück-Knopf") == signup
    signup.refresh_from_db()
    assert (signup.status, signup.message) == (Status.RECEIVED, "Hallo")


def test_two_unconfirmed_rows_of_one_address_are_refused_by_the_database(group):
    SignupFactory(group=group, email="ada@example.org", unconfirmed=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignupFactory(group=group, email="Ada@Example.org", unconfirmed=True)


@pytest.mark.parametrize("known", ["stranger", "signed_up", "declined", "member"])
def test_submitting_is_the_same_whether_the_address_is_known(
    group, known, django_assert_num_queries
):
    if known == "signed_up":
        SignupFactory(group=group, email="ada@example.org")
    if known == "declined":
        SignupFactory(
            group=group, email="ada@example.org", status=Status.DECLINED, decline_reason="voll"
        )
    if known == "member":
        MembershipFactory(group=group, user__email="ada@example.org")
    list(group.topics.all())

    with django_assert_num_queries(11):
        signup = submit(group)

    assert signup.status == Status.UNCONFIRMED
    assert told("interest.confirm") == ["ada@example.org"]


@time_machine.travel("2026-12-21 12:00:00+01:00", tick=False)
def test_confirming_promises_an_answer_and_tells_coordination_and_the_person(group):
    coordinator_of(group, email="erika@solingen.example")

    signup = interest.confirm_interest(submit(group))

    assert signup.status == Status.RECEIVED
    assert signup.answer_due == date(2027, 1, 6)  # ten working days without Christmas and New Year
    assert told("interest.received") == ["erika@solingen.example", "koordination@solingen.example"]
    assert told("interest.status") == ["ada@example.org"]
    assert list(LogEntry.objects.values_list("action", flat=True)) == ["interest.confirmed"]


def test_confirming_twice_tells_once(group):
    signup = submit(group)

    interest.confirm_interest(signup)
    interest.confirm_interest(signup)

    assert told("interest.received") == ["koordination@solingen.example"]


def test_only_current_active_coordinators_are_told(group):
    coordinator_of(group, email="now@solingen.example")
    coordinator_of(group, email="inactive@solingen.example", is_active=False)
    MembershipFactory(group=group, user__email="editor@solingen.example")
    Membership.objects.filter(user=coordinator_of(group, email="gone@solingen.example")).update(
        starts_on=timezone.localdate() - timedelta(days=9),
        ends_on=timezone.localdate() - timedelta(days=1),
    )

    interest.confirm_interest(submit(group))

    assert told("interest.received") == ["koordination@solingen.example", "now@solingen.example"]


@pytest.mark.parametrize(("away", "is_told"), [(0, True), (-1, False)])
def test_deputies_are_told_while_coordination_is_away(group, away, is_told):
    group.deputies.add(MembershipFactory(group=group, user__email="vera@solingen.example").user)
    group.absent_until = timezone.localdate() + timedelta(days=away)
    group.save()

    interest.confirm_interest(submit(group))

    assert ("vera@solingen.example" in told("interest.received")) == is_told


def test_confirming_a_second_sign_up_puts_its_words_into_the_first(group):
    first = interest.confirm_interest(submit(group))
    second = submit(group, form_token="token-2", message="Neuer Text", name="Ada B.")

    merged = interest.confirm_interest(second)

    assert merged == first
    assert (merged.message, merged.name) == ("Neuer Text", "Ada B.")
    assert InterestSignup.objects.count() == 1
    assert merged.consents.count() == 2
    assert told("interest.corrected") == ["koordination@solingen.example"]


def test_confirming_after_a_refusal_is_a_new_sign_up_that_is_marked(group):
    SignupFactory(
        group=group, email="ada@example.org", status=Status.DECLINED, decline_reason="voll"
    )
    signup = interest.confirm_interest(submit(group))

    marked = InterestSignup.objects.with_history().get(pk=signup.pk)

    assert (marked.status, marked.declined_before) == (Status.RECEIVED, True)


def test_a_member_is_recognised_by_the_owner_of_the_mailbox_only(group):
    MembershipFactory(group=group, user__email="Ada@example.org")

    assert interest.belongs_already(submit(group))
    assert not interest.belongs_already(submit(group, email="bob@example.org", form_token="t2"))


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.IN_REVIEW])
def test_correcting_changes_the_words_and_tells_coordination(group, topic, status):
    signup = SignupFactory(group=group, status=status)

    interest.correct_interest(signup, topics=[topic], message="Anders")

    signup.refresh_from_db()
    assert signup.message == "Anders"
    assert list(signup.topics.all()) == [topic]
    assert told("interest.corrected") == ["koordination@solingen.example"]


@pytest.mark.parametrize("status", [Status.INVITED, Status.MEMBER, Status.WITHDRAWN])
def test_what_is_decided_can_no_longer_be_corrected(group, status):
    signup = SignupFactory(group=group, status=status, message="Alt")

    with pytest.raises(ValidationError) as refused:
        interest.correct_interest(signup, topics=[], message="Neu")

    assert refused.value.code == "decided"
    signup.refresh_from_db()
    assert signup.message == "Alt"


def test_answering_tells_coordination(group):
    signup = SignupFactory(group=group, status=Status.IN_REVIEW, question="Wer?")

    interest.answer_question(signup, "Ich.")

    signup.refresh_from_db()
    assert signup.answer == "Ich."
    assert told("interest.answered") == ["koordination@solingen.example"]


def test_withdrawing_ends_consent_and_tells_coordination_once(group):
    signup = interest.confirm_interest(submit(group))

    interest.withdraw_interest(signup)
    interest.withdraw_interest(signup)

    signup.refresh_from_db()
    assert signup.status == Status.WITHDRAWN
    assert not signup.consents.filter(withdrawn_at=None).exists()
    assert told("interest.withdrawn") == ["koordination@solingen.example"]


def test_withdrawing_what_was_never_confirmed_tells_nobody(group):
    interest.withdraw_interest(submit(group))

    assert told("interest.withdrawn") == []


def test_withdrawing_takes_the_invitation_back(group):
    invitation = InvitationFactory(group=group)
    signup = SignupFactory(group=group, status=Status.INVITED, invitation=invitation)

    interest.withdraw_interest(signup)

    invitation.refresh_from_db()
    assert not invitation.is_open


@pytest.mark.parametrize("status", [Status.MEMBER, Status.DECLINED])
def test_what_has_ended_can_not_be_withdrawn(group, status):
    signup = SignupFactory(group=group, status=status, decline_reason="voll")

    with pytest.raises(ValidationError):
        interest.withdraw_interest(signup)

"""What coordination does with a sign-up."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from groups.models import InterestSignup, Organisation
from groups.services import review
from groups.services.interest import withdraw_interest
from in4green.activity.models import Delivery, LogEntry
from in4green.activity.services import Wording
from tests.factories import OrganisationFactory, SignupFactory, coordinator_of

Status = InterestSignup.Status
WORDS = Wording("Betreff", "Text von Hand")


def decide(name, signup, by):
    acts = {
        "accept": lambda: review.accept_signup(signup, role="editor", wording=WORDS, by=by),
        "decline": lambda: review.decline_signup(
            signup, "Alle Plätze besetzt", wording=WORDS, by=by
        ),
        "ask": lambda: review.ask_back(signup, "Wer sind Sie?", wording=WORDS, by=by),
        "start": lambda: review.start_review(signup, by=by),
    }
    return acts[name]()


@pytest.fixture
def erika(group):
    return coordinator_of(group, name="Erika Beispiel")


def test_accepting_invites_with_the_words_that_were_seen(group, erika):
    signup = SignupFactory(group=group, email="ada@example.org", name="Ada", language="en")

    signup = decide("accept", signup, erika)

    assert (signup.status, signup.reviewed_by) == (Status.INVITED, erika)
    invitation = signup.invitation
    assert (invitation.email, invitation.name, invitation.language) == (
        "ada@example.org",
        "Ada",
        "en",
    )
    delivery = Delivery.objects.get(notification__kind="invitation")
    assert (delivery.edited_subject, delivery.edited_body) == ("Betreff", "Text von Hand")
    assert LogEntry.objects.about(signup).get().action == "interest.accepted"


@pytest.mark.parametrize("name", ["Musterfirma", "MUSTERFIRMA"])
def test_accepting_finds_the_organisation_that_is_known(group, erika, name):
    known = OrganisationFactory(city=group.city, name="Musterfirma")

    signup = decide("accept", SignupFactory(group=group, organisation=name), erika)

    assert signup.invitation.organisation == known


def test_accepting_records_an_organisation_that_is_new(group, erika):
    signup = SignupFactory(group=group, organisation="Neue KG", kind="union")

    signup = decide("accept", signup, erika)

    made = signup.invitation.organisation
    assert (made.name, made.kind, made.city) == ("Neue KG", Organisation.Kind.UNION, group.city)


def test_accepting_somebody_without_organisation_invites_the_person_alone(group, erika):
    assert decide("accept", SignupFactory(group=group), erika).invitation.organisation is None


def test_declining_keeps_the_reason_and_mails_it(group, erika):
    signup = decide("decline", SignupFactory(group=group, email="ada@example.org"), erika)

    assert (signup.status, signup.decline_reason) == (Status.DECLINED, "Alle Plätze besetzt")
    delivery = Delivery.objects.get()
    assert (delivery.address, delivery.edited_body) == ("ada@example.org", "Text von Hand")


def test_asking_back_waits_for_an_answer_and_forgets_the_last_one(group, erika):
    signup = SignupFactory(group=group, answer="von früher")

    signup = decide("ask", signup, erika)

    assert (signup.status, signup.question, signup.answer) == (
        Status.IN_REVIEW,
        "Wer sind Sie?",
        "",
    )
    assert Delivery.objects.get().notification.kind == "interest.question"


def test_taking_on_shows_who_reviews_and_mails_nobody(group, erika):
    signup = decide("start", SignupFactory(group=group), erika)

    assert (signup.status, signup.reviewed_by) == (Status.IN_REVIEW, erika)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("first", ["accept", "decline"])
@pytest.mark.parametrize("second", ["accept", "decline", "ask", "start"])
def test_the_second_reviewer_is_told_by_whom_and_when(group, erika, first, second):
    signup = SignupFactory(group=group)
    decide(first, signup, erika)

    with pytest.raises(ValidationError) as refused:
        decide(second, signup, coordinator_of(group))

    assert "Erika Beispiel" in refused.value.message
    assert Delivery.objects.count() == 1


def test_what_is_not_confirmed_can_not_be_decided(group, erika):
    with pytest.raises(ValidationError) as refused:
        decide("accept", SignupFactory(group=group, unconfirmed=True, name="Ada"), erika)

    assert "Ada" in refused.value.message


def test_deciding_what_the_person_withdrew_says_so(group, erika):
    signup = SignupFactory(group=group, reviewed_by=erika)
    withdraw_interest(signup)

    with pytest.raises(ValidationError) as refused:
        decide("accept", signup, erika)

    assert "Erika Beispiel" not in refused.value.message


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_the_same_moment_decide_once(group):
    """Real transactions in two threads: the row lock makes the second wait and then see."""
    signup = SignupFactory(group=group)
    reviewers = [coordinator_of(group), coordinator_of(group)]
    outcomes, together = [], threading.Barrier(2)

    def act(name, by):
        together.wait(5)
        try:
            decide(name, signup, by)
            outcomes.append("done")
        except ValidationError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=act, args=pair)
        for pair in zip(["accept", "decline"], reviewers, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert sorted(outcomes) == ["decided", "done"]
    assert Delivery.objects.count() == 1


def test_sending_the_confirmation_again_is_for_the_unconfirmed(group, erika):
    review.resend_confirmation(SignupFactory(group=group, unconfirmed=True), by=erika)

    assert Delivery.objects.get().notification.kind == "interest.confirm"
    with pytest.raises(ValidationError):
        review.resend_confirmation(SignupFactory(group=group), by=erika)


@pytest.mark.parametrize("source", ["phone", "paper"])
def test_a_sign_up_by_phone_or_on_paper_joins_the_queue_with_its_consent(
    group, topic, erika, source
):
    signup = review.enter_signup(
        group,
        source=source,
        topics=[topic],
        by=erika,
        name="Paula",
        email="paula@example.org",
        organisation="",
        kind="other",
        message="",
        language="de",
    )

    assert list(InterestSignup.objects.queue()) == [signup]
    assert [consent.medium for consent in signup.consents.all()] == [source]
    assert list(signup.topics.all()) == [topic]
    assert Delivery.objects.filter(address="paula@example.org").count() == 1

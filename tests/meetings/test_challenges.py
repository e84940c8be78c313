"""Challenges are answered: at once by members, after a look by guests; who hears of it."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from groups.models import Membership
from in4green.activity.models import Delivery, LogEntry
from meetings.challenge_demo import load_demo
from meetings.models import Answer, Challenge
from meetings.services.answers import accept_answer, answer_challenge, remove_answer
from meetings.services.challenges import close_challenge, reopen_challenge, show_challenge
from tests.factories import (
    AnswerFactory,
    ChallengeFactory,
    CityFactory,
    GuestLinkFactory,
    MembershipFactory,
    PracticeFactory,
)
from tests.meetings.mailing import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(group, member):
    group.coordination_address = ""
    group.save()
    return ChallengeFactory(group=group, created_by=member, title="Wohin mit der Abwärme?")


def answer(challenge, **fields) -> Answer:
    return answer_challenge(
        challenge, **{"city": CityFactory(), "text": "Ins Bad.", "written_in": "de", **fields}
    )


def told() -> list[str]:
    return sorted(Delivery.objects.values_list("address", flat=True))


def test_a_member_answers_with_practices(challenge, member):
    practice = PracticeFactory(published=True)

    given = answer(challenge, practices=[practice], by=member)

    assert (given.author, given.accepted_by, given.guest_link) == (member, member, None)
    assert list(given.practices.all()) == [practice]
    assert LogEntry.objects.about(given).get().action == "answers.given"


def test_an_answer_by_a_guest_waits_until_it_is_accepted(challenge, coordinator, group):
    link = GuestLinkFactory(group=group)
    given = answer(challenge, guest_link=link)
    assert not given.is_accepted
    assert LogEntry.objects.about(given).get().data == {"guest_link": str(link.pk)}

    given = accept_answer(given, by=coordinator)

    assert (given.is_accepted, given.accepted_by) == (True, coordinator)
    with pytest.raises(ValidationError, match=_("Somebody has accepted this answer meanwhile.")):
        accept_answer(given, by=coordinator)


def test_what_strangers_could_read_at_once_waits_unless_coordination_wrote_it(
    challenge, member, coordinator
):
    challenge = show_challenge(challenge, is_public=True, by=coordinator)

    assert not answer(challenge, by=member).is_accepted
    assert answer(challenge, by=coordinator).is_accepted


def test_a_closed_challenge_takes_no_answer_until_it_is_open_again(challenge, member):
    close_challenge(challenge, by=member)
    told = _("This challenge is closed meanwhile. It takes no more answers.")
    with pytest.raises(ValidationError, match=told):
        answer(challenge, by=member)

    reopen_challenge(challenge, by=member)

    assert answer(challenge, by=member).pk


def test_of_two_who_close_or_open_at_once_the_second_is_told(challenge, member):
    with pytest.raises(ValidationError, match=_("This is open already.")):
        reopen_challenge(challenge, by=member)
    close_challenge(challenge, by=member)

    with pytest.raises(ValidationError, match=_("Somebody has closed this meanwhile.")):
        close_challenge(challenge, by=member)


def test_what_the_same_form_sends_twice_is_there_once(challenge, member):
    token = uuid.uuid4()

    first, second = (answer(challenge, by=member, token=token) for _n in range(2))

    assert first == second == Answer.objects.get()


@pytest.mark.parametrize("is_public", [False, True])
def test_coordination_and_whoever_asked_hear_of_an_answer(
    challenge, coordinator, member, is_public
):
    show_challenge(challenge, is_public=is_public, by=coordinator)
    given = answer(challenge, guest_link=GuestLinkFactory(group=challenge.group))

    assert told() == sorted([coordinator.email, member.email])
    mails = deliver()
    assert {mail.subject for mail in mails} == {
        _("%(city)s has answered: %(title)s") % {"city": given.city, "title": challenge.title}
    }
    waits = _("Please read it and accept it: until then only your group sees it.")
    assert [waits in " ".join(mail.body.split()) for mail in mails] == [True, True]


def test_whoever_answers_hears_nothing_of_it(challenge, coordinator, member):
    answer(challenge, by=member)
    assert told() == [coordinator.email]

    answer(challenge, by=coordinator)
    assert told() == sorted([coordinator.email, member.email])


def test_whoever_has_left_the_group_hears_of_no_answer(challenge, coordinator, member):
    answer(challenge, by=coordinator)
    Membership.objects.filter(user=member).delete()
    answer(challenge, by=coordinator)

    assert told() == [member.email]
    assert deliver() == []


def test_what_was_removed_is_gone_and_in_the_log(challenge, coordinator):
    given = AnswerFactory(challenge=challenge)
    number = given.pk

    remove_answer(given, by=coordinator)

    assert not Answer.objects.exists()
    assert LogEntry.objects.get(subject_id=str(number)).action == "answers.removed"


@pytest.mark.parametrize(
    ("who", "allowed"), [("author", True), ("editor", False), ("reader", False), ("office", True)]
)
def test_authors_and_coordination_remove_answers(challenge, member, coordinator, who, allowed):
    given = AnswerFactory(challenge=challenge, author=member)
    reader = MembershipFactory(group=challenge.group, role=Membership.Role.READER).user
    editor = MembershipFactory(group=challenge.group).user
    people = {"author": member, "editor": editor, "reader": reader, "office": coordinator}

    assert people[who].has_perm("meetings.remove_answer", given) == allowed


def test_the_demo_has_a_challenge_with_an_answer_and_one_that_waits(group, coordinator, client):
    GuestLinkFactory(group=group)
    assert load_demo(group)
    assert not load_demo(group)

    challenge = Challenge.objects.get()
    assert [given.is_accepted for given in challenge.answers.all()] == [True, False]
    page = client.get(challenge.get_absolute_url()).content.decode()
    assert page.count("Ein erfundenes Beispiel") == 2  # the problem, and what is accepted

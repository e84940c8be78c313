"""Challenges: put by members, answered, linked to practices, shown and closed."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.models import Membership
from in4green.activity.models import LogEntry
from meetings.models import Challenge
from meetings.services.challenges import close_challenge
from tests.factories import (
    AnswerFactory,
    ChallengeFactory,
    CityFactory,
    MembershipFactory,
    PracticeFactory,
    TopicFactory,
)
from tests.meetings.desks import data_of, signed_in

pytestmark = pytest.mark.django_db
LIST = "/praktiken/herausforderungen/"
NEW = f"{LIST}neu/"


@pytest.fixture
def reader(group) -> Client:
    return signed_in(MembershipFactory(group=group, role=Membership.Role.READER).user)


@pytest.fixture
def challenge(group) -> Challenge:
    challenge: Challenge = ChallengeFactory(group=group, title="Wohin mit der Abwärme?")
    return challenge


def of(challenge: Challenge, name: str, *more) -> str:
    return reverse(f"challenges:{name}", args=[challenge.slug, *more])


def titles(client, **choice) -> list[str]:
    return [row.title for row in client.get(LIST, choice).context["challenges"]]


def page_of(client, address) -> str:
    return unescape(client.get(address).content.decode())


# --- Finding and reading


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_many_as_for_one(
    client, group, count, django_assert_num_queries
):
    for _n in range(count):
        AnswerFactory(challenge=ChallengeFactory(group=group, is_public=True))

    with django_assert_num_queries(6):
        response = client.get(LIST)

    assert len(response.context["challenges"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_challenge_asks_as_often_for_many_answers_as_for_one(
    client, group, count, django_assert_num_queries
):
    challenge = ChallengeFactory(group=group, is_public=True)
    for _n in range(count):
        practice = PracticeFactory(published=True)
        answer = AnswerFactory(challenge=challenge, accepted_at=challenge.created_at)
        answer.practices.add(practice)
        challenge.practices.add(practice)

    with django_assert_num_queries(5):
        client.get(challenge.get_absolute_url())


def test_open_ones_come_first_and_can_be_narrowed(client, group, member):
    topic = TopicFactory()
    closed = ChallengeFactory(group=group, is_public=True, title="zu")
    close_challenge(closed, by=member)
    here = ChallengeFactory(group=group, is_public=True, title="hier", city=CityFactory())
    here.topics.add(topic)
    ChallengeFactory(group=group, is_public=True, title="dort", city=CityFactory())

    assert titles(client) == ["dort", "hier", "zu"]
    assert titles(client, state="open") == ["dort", "hier"]
    assert titles(client, state="closed") == ["zu"]
    assert titles(client, topic=topic.slug) == ["hier"]
    assert titles(client, city=here.city.slug) == ["hier"]


def test_strangers_read_accepted_answers_and_published_practices(client, writer, group):
    challenge = ChallengeFactory(group=group, is_public=True)
    shown = AnswerFactory(
        challenge=challenge, text="Gelesen.", accepted_at=challenge.created_at,
        author=MembershipFactory(group=group, user__name="Ina Muster").user,
    )  # fmt: skip
    AnswerFactory(challenge=challenge, text="Wartet noch.")
    shown.practices.add(PracticeFactory(group=group, title="Nur für uns"))
    shown.practices.add(PracticeFactory(group=group, title="Für alle", published=True))

    outside, inside = (page_of(who, challenge.get_absolute_url()) for who in (client, writer))

    words = ["Gelesen.", "Für alle", "Wartet noch.", "Nur für uns", "Ina Muster"]
    assert [word in outside for word in words] == [True, True, False, False, False]
    assert [word in inside for word in words] == [True, True, True, True, True]


def test_an_inner_challenge_is_not_there_for_strangers(client, writer, challenge):
    assert client.get(challenge.get_absolute_url()).status_code == 404
    assert 'content="noindex"' in page_of(writer, challenge.get_absolute_url())
    assert titles(client) == []


def test_a_practice_says_with_which_challenges_it_helps(client, challenge, group):
    practice = PracticeFactory(group=group, published=True)
    challenge.practices.add(practice)
    answered = ChallengeFactory(group=group, is_public=True, title="Beantwortet")
    waits = ChallengeFactory(group=group, is_public=True, title="Wartet noch")
    AnswerFactory(challenge=answered, accepted_at=answered.created_at).practices.add(practice)
    AnswerFactory(challenge=waits).practices.add(practice)

    assert list(client.get(practice.get_absolute_url()).context["challenges"]) == [answered]


# --- Putting one


def test_a_member_puts_a_challenge_to_the_others(writer, member, group):
    assert NEW in page_of(writer, LIST)
    sent = data_of(writer.get(NEW)) | {
        "title": "Wohin mit der Abwärme?", "problem": "Sie geht verloren.", "question": "Wer weiß?"
    }  # fmt: skip

    response = writer.post(NEW, sent)

    challenge = Challenge.objects.get()
    assert response.url == f"{LIST}{group.city.slug}-wohin-mit-der-abwaerme/"
    assert (challenge.group, challenge.city, challenge.created_by) == (group, group.city, member)
    assert not challenge.is_public
    assert LogEntry.objects.about(challenge).get().action == "challenges.entered"


def test_what_is_missing_is_told_and_nothing_typed_is_lost(writer, group):
    sent = data_of(writer.get(NEW)) | {"problem": "Sie geht verloren."}

    response = writer.post(NEW, sent)

    assert set(response.context["form"].errors) == {"title", "question"}
    assert "Sie geht verloren." in response.content.decode()


def test_whoever_saves_second_sees_both_and_loses_nothing(writer, challenge):
    address = of(challenge, "edit")
    mine = data_of(writer.get(address)) | {"problem": "meins"}
    theirs = data_of(writer.get(address)) | {"problem": "ihres", "tried": "Nichts."}
    assert writer.post(address, theirs).status_code == 302

    second = writer.post(address, mine)
    assert "ihres" in second.content.decode()
    assert writer.post(address, data_of(second)).status_code == 302

    challenge.refresh_from_db()
    assert (challenge.problem, challenge.tried) == ("meins", "Nichts.")


def test_readers_put_and_answer_nothing(reader, challenge):
    assert reader.get(NEW).status_code == 403
    assert NEW not in page_of(reader, LIST)
    for name in ("edit", "answer"):
        assert reader.get(of(challenge, name)).status_code == 403
    assert reader.post(of(challenge, "state"), {"state": "closed"}).status_code == 403
    assert of(challenge, "answer") not in page_of(reader, challenge.get_absolute_url())


# --- Showing and closing


def test_coordination_shows_it_and_then_editors_change_it_no_more(
    office, writer, client, challenge
):
    assert writer.post(of(challenge, "show"), {"public": "yes"}).status_code == 403

    office.post(of(challenge, "show"), {"public": "yes"})
    assert client.get(challenge.get_absolute_url()).status_code == 200
    assert writer.get(of(challenge, "edit")).status_code == 403
    assert office.get(of(challenge, "edit")).status_code == 200

    office.post(of(challenge, "show"), {"public": "no"})
    assert client.get(challenge.get_absolute_url()).status_code == 404
    log = LogEntry.objects.about(challenge).order_by("pk").values_list("action", flat=True)
    assert list(log) == ["challenges.shown", "challenges.hidden"]


def test_a_member_closes_a_challenge_and_opens_it_again(writer, member, challenge):
    writer.post(of(challenge, "state"), {"state": "closed"})
    challenge.refresh_from_db()
    assert (challenge.is_closed, challenge.closed_by) == (True, member)
    page = page_of(writer, challenge.get_absolute_url())
    assert of(challenge, "answer") not in page
    assert writer.get(of(challenge, "answer")).url == challenge.get_absolute_url()

    again = writer.post(of(challenge, "state"), {"state": "closed"}, follow=True)
    assert _("Somebody has closed this meanwhile.") in again.content.decode()

    writer.post(of(challenge, "state"), {"state": "open"})
    challenge.refresh_from_db()
    assert not challenge.is_closed

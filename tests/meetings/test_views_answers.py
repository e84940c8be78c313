"""Answers to a challenge and practices that help: given, accepted, removed, linked."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.member_area import of_member, waiting_for
from meetings.models import Answer, Challenge
from meetings.services.challenges import close_challenge
from tests.factories import AnswerFactory, ChallengeFactory, GuestLinkFactory, PracticeFactory
from tests.meetings.desks import data_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(group) -> Challenge:
    challenge: Challenge = ChallengeFactory(group=group, title="Wohin mit der Abwärme?")
    return challenge


def of(challenge: Challenge, name: str, *more) -> str:
    return reverse(f"challenges:{name}", args=[challenge.slug, *more])


def page_of(client, address) -> str:
    return unescape(client.get(address).content.decode())


def test_a_member_answers_with_a_practice(writer, challenge, group):
    practice = PracticeFactory(group=group, published=True)
    address = of(challenge, "answer")
    sent = data_of(writer.get(address)) | {"text": "Ins Bad.", "practices": [practice.pk]}

    responses = [writer.post(address, sent) for _twice in range(2)]

    answer = Answer.objects.get()
    assert {response.url for response in responses} == {answer.get_absolute_url()}
    assert (answer.city, list(answer.practices.all())) == (group.city, [practice])


def test_an_answer_that_comes_too_late_is_not_lost(writer, challenge, member):
    address = of(challenge, "answer")
    sent = data_of(writer.get(address)) | {"text": "Ins Schwimmbad damit."}
    close_challenge(challenge, by=member)

    page = unescape(writer.post(address, sent).content.decode())

    assert _("This challenge is closed meanwhile. It takes no more answers.") in page
    assert "Ins Schwimmbad damit." in page
    assert not Answer.objects.exists()


def test_practices_are_found_by_words_and_ticks_stay(writer, challenge, group):
    ticked = PracticeFactory(group=group, title="Bad")
    for _n in range(12):
        PracticeFactory(group=group, title="Andere")
    wanted = PracticeFactory(group=group, title="Zwischenspeicher")
    address = of(challenge, "answer")
    first = page_of(writer, address)
    sent = {"text": "Schon getippt", "practices": [ticked.pk], "find": "practices"}

    found = unescape(writer.post(address, sent | {"words": "Zwischenspeicher"}).content.decode())

    assert f'value="{wanted.pk}"' not in first
    assert f'value="{wanted.pk}"' in found
    assert f'value="{ticked.pk}"' in found
    assert "Schon getippt" in found
    assert "error-summary" not in found


def test_what_one_may_not_see_can_not_be_linked(writer, challenge):
    foreign = PracticeFactory()
    address = of(challenge, "answer")
    sent = data_of(writer.get(address)) | {"text": "Ins Bad.", "practices": [foreign.pk]}

    response = writer.post(address, sent)

    assert list(response.context["form"].errors) == ["practices"]
    assert foreign.title not in response.content.decode()


def test_coordination_accepts_an_answer_that_waits(office, writer, client, group):
    challenge = ChallengeFactory(group=group, is_public=True)
    answer = AnswerFactory(
        challenge=challenge, text="Ins Bad.", guest_link=GuestLinkFactory(group=group)
    )
    accept = of(challenge, "accept", answer.pk)
    assert writer.post(accept).status_code == 403
    assert office.get(accept).status_code == 405

    office.post(accept)

    assert "Ins Bad." in page_of(client, challenge.get_absolute_url())
    again = office.post(accept, follow=True).content.decode()
    assert _("Somebody has accepted this answer meanwhile.") in again


def test_answers_wait_in_the_queue_and_in_the_area_of_coordination(office, coordinator, group):
    challenge = ChallengeFactory(group=group)
    waits = AnswerFactory(challenge=challenge)
    AnswerFactory(challenge=challenge, accepted_at=challenge.created_at)
    AnswerFactory()
    queue = reverse("practices:queue")

    page = office.get(queue)
    tasks = [task.url for task in waiting_for(coordinator, of_member(coordinator))]

    assert list(page.context["answers"]) == [waits]
    assert waits.get_absolute_url() in page.content.decode()
    assert tasks.count(queue) == 1


def test_an_answer_is_removed_after_one_was_asked(writer, member, challenge):
    own = AnswerFactory(challenge=challenge, author=member, text="Meine Antwort")
    foreign = AnswerFactory(challenge=challenge)
    page = page_of(writer, challenge.get_absolute_url())

    assert of(challenge, "remove_answer", own.pk) in page
    assert of(challenge, "remove_answer", foreign.pk) not in page
    assert writer.post(of(challenge, "remove_answer", foreign.pk)).status_code == 403
    assert "Meine Antwort" in page_of(writer, of(challenge, "remove_answer", own.pk))

    writer.post(of(challenge, "remove_answer", own.pk))

    assert list(Answer.objects.all()) == [foreign]


def test_an_answer_stands_under_its_own_challenge_only(office, challenge):
    answer = AnswerFactory(challenge=challenge)
    other = ChallengeFactory(group=challenge.group)

    assert office.post(of(other, "accept", answer.pk)).status_code == 404


# --- Linking practices


def test_coordination_links_practices_and_nobody_elses_links_are_lost(office, writer, challenge):
    one, two, three = PracticeFactory.create_batch(3, group=challenge.group)
    address = of(challenge, "link")
    assert writer.get(address).status_code == 403
    mine = data_of(office.get(address)) | {"practices": [one.pk]}
    theirs = data_of(office.get(address)) | {"practices": [two.pk]}
    office.post(address, theirs)

    second = office.post(address, mine)

    assert list(challenge.practices.all()) == [two]
    assert two.title in second.content.decode()
    office.post(address, data_of(second) | {"practices": [one.pk, two.pk]})
    assert set(challenge.practices.all()) == {one, two}
    assert three.title not in page_of(writer, challenge.get_absolute_url())

"""What is said to a plan under review: made, corrected, answered."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from actionplan.models import Statement
from actionplan.services import reviewing, statements
from in4green.activity.models import LogEntry
from tests.actionplan.reviews import peer_of, review_of, say
from tests.meetings.mailing import deliver
from tests.plan_factories import SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(plan, coordinator):
    return review_of(plan, by=coordinator)


def test_a_statement_is_an_answer_and_keeps_what_its_section_was_called(review, member):
    section = SectionFactory(plan=review.plan, title="Ausgangslage")
    statement = say(review, member, section=section)
    section.delete()

    statement.refresh_from_db()
    assert (statement.about, statement.section) == ("Ausgangslage", None)
    assert review.requests.get(user=member).answered_at is not None
    assert LogEntry.objects.filter(action="statements.made", actor=member).exists()


def test_a_statement_that_is_sent_twice_is_there_once(review, member):
    token = uuid.uuid4()
    assert say(review, member, token=token) == say(review, member, token=token)


def test_the_token_of_somebody_else_opens_nothing(review, member, reader):
    token = uuid.uuid4()
    say(review, member, token=token)

    with pytest.raises(ValidationError):
        say(review, reader, token=token)


@pytest.mark.parametrize("position", ["against", "neutral"])
def test_only_agreement_needs_no_reasons(review, member, position):
    say(review, member, position="for", reasons="")

    with pytest.raises(ValidationError):
        say(review, member, position=position, reasons="")
    assert Statement.objects.count() == 1


def test_nobody_says_more_than_anybody_has_to_say(review, member, reader, monkeypatch):
    monkeypatch.setattr(statements, "MOST_OF_ONE", 2)
    for _n in range(2):
        say(review, member)

    with pytest.raises(ValidationError):
        say(review, member)
    say(review, reader)


def test_what_was_said_is_corrected_until_the_review_is_closed(review, coordinator, member):
    statement = say(review, member)
    statements.correct(statement, position="for", reasons="Doch.", by=member)
    statement.refresh_from_db()
    assert (statement.position, statement.reasons) == ("for", "Doch.")
    assert statement.changed_at is not None

    reviewing.close(review, by=coordinator)
    with pytest.raises(ValidationError):
        statements.correct(statement, position="against", reasons="Nein.", by=member)
    with pytest.raises(ValidationError):
        say(review, member)


def test_what_is_answered_is_corrected_no_more(review, coordinator, member):
    statement = say(review, member)
    statements.answer(statement, verdict="taken_over", reply="", by=coordinator)

    with pytest.raises(ValidationError):
        statements.correct(statement, position="for", reasons="Doch.", by=member)


def test_an_answer_is_told_to_the_author_also_after_the_review(review, coordinator, member):
    statement = say(review, member)
    reviewing.close(review, by=coordinator)
    statements.answer(
        statement, verdict="not", reply="Der Bahnhof gehört uns nicht.", by=coordinator
    )

    [mail] = deliver()
    assert mail.to == [member.email]
    assert "Der Bahnhof gehört uns nicht." in mail.body
    assert f"#statement-{statement.pk}" in mail.body


@pytest.mark.parametrize("verdict", ["not", "partly"])
def test_what_is_not_taken_over_whole_needs_words(review, coordinator, member, verdict):
    statement = say(review, member)

    with pytest.raises(ValidationError):
        statements.answer(statement, verdict=verdict, reply="", by=coordinator)


def test_who_is_gone_is_a_former_member_and_guests_go_by_name_and_city(review, coordinator, member):
    statement = say(review, member)
    link = peer_of(review, by=coordinator)
    theirs = say(review, link=link, name="Ana Ejemplo")
    member.delete()

    statement = Statement.objects.get(pk=statement.pk)
    assert statement.who == "ehemaliges Mitglied"
    assert theirs.who == f"Ana Ejemplo, {link.city}"

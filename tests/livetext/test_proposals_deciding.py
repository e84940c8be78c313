"""What is accepted comes into the text once, in the name of who proposed it."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from in4green.livetext import services
from in4green.livetext.discussion.anchors import Passage
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextProposal, TextUpdate, TextVersion
from in4green.livetext.owners import Access
from in4green.livetext.proposals import drafting
from in4green.livetext.proposals.deciding import Choice, decide
from tests.livetext.proposing import LINES, Forum, choices, forum, settle, verdicts, waiting
from tests.livetext.talking import begin
from tests.livetext.writing import Content, doc, items, node, p

__all__ = ["forum"]
State = TextProposal.State
LONGER = ("Wir bauen ein großes Netz.", "Es bringt viel Wärme.", "Alle machen gerne mit.")


def test_each_change_is_decided_for_itself(forum: Forum):
    proposal = forum.propose(*LONGER, "Neu.")

    settle(forum, proposal, _0="accepted", _2="accepted")
    settle(forum, proposal, _1="declined")

    assert forum.now() == doc(p(LONGER[0]), p(LINES[1]), p(LINES[2]), p("Neu."))
    assert verdicts(proposal) == ["accepted", "declined", "accepted"]
    proposal.refresh_from_db()
    assert proposal.state == State.DECIDED
    assert proposal.decided_at


def test_declining_all_leaves_the_text_as_it_is(forum: Forum):
    proposal = forum.propose(*LONGER)

    settle(forum, proposal, rest="declined", reason="Zu früh")

    forum.text.refresh_from_db()
    assert forum.text.head_seq == 1
    decision = proposal.decisions.get()
    assert (decision.by, decision.reason) == (forum.anna, "Zu früh")


def test_the_words_are_the_proposers_and_it_is_known_who_accepted_them(forum: Forum):
    settle(forum, forum.propose(*LONGER), rest="accepted")

    update = TextUpdate.objects.filter(text=forum.text).latest("seq")
    assert (update.author, update.accepted_by) == (forum.ben, forum.anna)
    assert update.kind == TextUpdate.Kind.PROPOSAL
    after, before = TextVersion.objects.filter(text=forum.text)
    assert (after.kind, after.author, *after.authors.all()) == ("proposal", forum.anna, forum.ben)
    assert (before.kind, *before.authors.all()) == ("automatic", forum.anna)


def test_words_of_somebody_who_is_gone_are_accepted_all_the_same(forum: Forum):
    proposal = forum.propose(*LONGER)
    TextProposal.objects.update(author=None)

    settle(forum, proposal, rest="accepted")

    assert forum.now() == doc(*map(p, LONGER))


def test_blocks_and_words_that_stay_keep_their_comments(forum: Forum):
    thread = begin(forum.text, forum.anna, passage=Passage("Wärme", "viel ", "."))
    proposal = forum.propose(LONGER[0], "Es bringt sehr viel Wärme.", LINES[2])

    settle(forum, proposal, rest="accepted")

    assert str(thread.pk) in str(forum.now()["content"][1])


def test_accepting_twice_does_nothing_twice(forum: Forum):
    proposal = forum.propose(*LONGER)
    chosen = choices(forum, proposal, _0="accepted")

    decide(proposal, chosen, by=forum.anna)
    head = LiveText.objects.get(pk=forum.text.pk).head_seq
    again = decide(proposal, chosen, by=forum.anna)

    assert (again.late, again.chosen) == ([0], {})
    assert LiveText.objects.get(pk=forum.text.pk).head_seq == head
    assert proposal.decisions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_decides(forum: Forum):
    proposal = forum.propose(*LONGER)
    chosen = choices(forum, proposal, rest="accepted")
    carla = forum.joins("Carla", Access.WRITE)
    outcomes: list[object] = []

    def accept(by):
        try:
            outcomes.append(decide(proposal, chosen, by=by).chosen.keys())
        except ValidationError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    people = [threading.Thread(target=accept, args=[by]) for by in (forum.anna, carla)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(map(str, outcomes)) == ["dict_keys(['accepted'])", "state"]
    assert forum.now() == doc(*map(p, LONGER))
    assert TextUpdate.objects.filter(text=forum.text).count() == 2
    assert proposal.decisions.count() == 1


def test_what_was_not_shown_is_not_accepted(forum: Forum):
    """Somebody wrote between the look at it and the click."""
    proposal = forum.propose(*LONGER)
    chosen = choices(forum, proposal, rest="accepted")
    forum.write("Wir bauen kein Netz.", *LINES[1:])

    decided = decide(proposal, chosen, by=forum.anna)

    assert decided.stale == [0]
    assert [each.row.number for each in decided.of("accepted")] == [1]
    assert forum.now() == doc(p("Wir bauen kein Netz."), p(LINES[1]), p(LONGER[2]))


def test_what_would_vanish_is_never_accepted_with_the_rest(forum: Forum):
    proposal = forum.propose(*LONGER)
    forum.write(*LINES[1:])

    decided = settle(forum, proposal, rest="accepted")

    assert decided.left == [0]
    proposal.refresh_from_db()
    assert (proposal.state, verdicts(proposal)) == (State.SENT, ["", "accepted"])
    settle(forum, proposal, _0="anew")
    assert forum.now() == doc(*map(p, LONGER))


def test_what_would_vanish_in_part_is_accepted_for_itself_alone(forum: Forum):
    def points(*said: str) -> Content:
        return doc(node("bulletList", *items("listItem", *said)))

    def becomes(content: Content) -> None:
        services.edit(forum.text, lambda held: crdt.replace(held, content), by=forum.anna)

    becomes(points("Erster Punkt", "Zweiter Punkt"))
    wanted = points("Erster Punkt ganz", "Zweiter Punkt ganz")
    proposal = drafting.send(forum.draft(wanted), by=forum.ben)
    becomes(points("Erster Punkt"))
    [(number, shown)] = choices(forum, proposal, rest="accepted").items()

    in_bulk = Choice("accepted", shown.key, in_bulk=True)
    assert decide(proposal, {number: in_bulk}, by=forum.anna).left == [number]
    assert forum.now() == points("Erster Punkt")
    assert decide(proposal, {number: shown}, by=forum.anna).left == []
    assert forum.now() == points("Erster Punkt ganz")


def test_what_the_text_says_already_needs_no_decision(forum: Forum):
    proposal = forum.propose(*LONGER)
    forum.write(LONGER[0], *LINES[1:])

    settle(forum, proposal, _1="declined")

    proposal.refresh_from_db()
    assert (proposal.state, verdicts(proposal)) == (State.DECIDED, ["moot", "declined"])


@pytest.mark.parametrize("verdict", ["accepted", "declined"])
def test_only_who_may_write_decides(forum: Forum, verdict: str):
    proposal = forum.propose(*LONGER)
    chosen = choices(forum, proposal, rest=verdict)

    with pytest.raises(PermissionDenied):
        decide(proposal, chosen, by=forum.ben)

    assert forum.now() == doc(*map(p, LINES))
    assert verdicts(proposal) == ["", ""]


def test_a_frozen_text_takes_nothing_and_nothing_is_decided(forum: Forum):
    proposal = forum.propose(*LONGER)
    chosen = choices(forum, proposal, rest="accepted")
    LiveText.objects.update(quarantined_at="2026-01-01T00:00Z")

    with pytest.raises(ValidationError):
        decide(proposal, chosen, by=forum.anna)

    assert verdicts(proposal) == ["", ""]


def test_a_text_that_is_full_takes_nothing_and_nothing_is_decided(forum: Forum, settings):
    proposal = forum.propose(*LINES, "Lang " * 200)
    chosen = choices(forum, proposal, rest="accepted")
    settings.LIVETEXT = {**settings.LIVETEXT, "STATE_BYTES": 300}

    with pytest.raises(ValidationError) as refused:
        decide(proposal, chosen, by=forum.anna)

    assert refused.value.code == "full"
    assert verdicts(proposal) == [""]


def test_an_unknown_number_decides_nothing(forum: Forum):
    proposal = forum.propose(*LONGER)

    decided = decide(proposal, {7: Choice("accepted", "x")}, by=forum.anna)

    assert (decided.chosen, decided.late) == ({}, [7])


def test_a_proposal_for_an_empty_text_begins_it(forum: Forum):
    forum.text = services.create_text("forum")

    settle(forum, forum.propose("Anfang."), rest="accepted")

    assert forum.now() == doc(p("Anfang."))


def test_a_text_can_be_emptied_by_a_proposal(forum: Forum):
    proposal = forum.draft(doc())
    settle(forum, drafting.send(proposal, by=forum.ben), rest="accepted")

    assert forum.now() == doc(p())
    assert waiting(forum, proposal).open == []

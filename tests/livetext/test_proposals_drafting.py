"""A proposal until somebody decides about it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from in4green.activity.models import LogEntry
from in4green.livetext import by_form, services
from in4green.livetext.models import TextProposal
from in4green.livetext.owners import Access
from in4green.livetext.proposals import drafting
from in4green.livetext.tasks import delete_forgotten_proposals
from tests.livetext.proposing import LINES, Forum, forum, settle
from tests.livetext.writing import comment, doc, node, p, text

__all__ = ["forum"]
State = TextProposal.State


def test_a_proposal_is_a_fork_and_leaves_the_text_as_it_is(forum: Forum):
    proposal = forum.propose(*LINES, "Neu.")

    assert proposal.base == forum.now() == doc(*map(p, LINES))
    assert (proposal.base_epoch, proposal.base_seq) == (1, 1)
    assert (proposal.state, proposal.changes.count()) == (State.SENT, 1)
    assert LogEntry.objects.filter(action="proposals.sent", actor=forum.ben).exists()


def test_it_keeps_what_was_begun_with_although_the_text_goes_on(forum: Forum):
    base = by_form.base_of(forum.text)
    forum.write("Ganz anders.")

    begun = drafting.fork(forum.text, base)
    proposal = drafting.begin(forum.text, begun, doc(p("Neu.")), by=forum.ben)

    assert proposal.base == doc(*map(p, LINES))


@pytest.mark.parametrize("base", ["1.99", "7.1", ""])
def test_where_the_state_is_no_longer_kept_it_begins_with_the_present_one(forum: Forum, base):
    begun = drafting.fork(forum.text, by_form.read_base(base))

    assert begun == drafting.Fork(by_form.base_of(forum.text), forum.now())


def test_comments_are_no_part_of_it(forum: Forum):
    proposal = forum.draft(doc(p("Wir ", text("bauen", comment(1)), " viel.")))

    assert proposal.content == doc(p("Wir bauen viel."))


def test_only_who_may_suggest_begins_changes_and_sends(forum: Forum):
    proposal = forum.draft(doc(p("Neu.")))
    forum.rights[forum.ben.pk] = Access.COMMENT

    for act in (
        lambda: forum.draft(doc(p("Mehr."))),
        lambda: drafting.change(proposal, doc(p("Anders.")), note="", by=forum.ben),
        lambda: drafting.send(proposal, by=forum.ben),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert TextProposal.objects.get().content == doc(p("Neu."))


def test_it_is_its_authors_alone_until_it_is_sent(forum: Forum):
    proposal = forum.draft(doc(p("Neu.")))

    for act in (
        lambda: drafting.change(proposal, doc(p("Anders.")), note="", by=forum.anna),
        lambda: drafting.send(proposal, by=forum.anna),
        lambda: drafting.discard(proposal, by=forum.anna),
    ):
        with pytest.raises(ValidationError):
            act()

    seen = forum.text.proposals.visible_to
    assert not seen(forum.anna, reviews=True).exists()
    drafting.send(proposal, by=forum.ben)
    assert seen(forum.anna, reviews=True).get() == proposal
    assert not seen(forum.joins("Cem", Access.SUGGEST), reviews=False).exists()


def test_what_is_sent_changes_no_more(forum: Forum):
    proposal = forum.propose("Neu.")

    with pytest.raises(ValidationError):
        drafting.change(proposal, doc(p("Anders.")), note="", by=forum.ben)
    with pytest.raises(ValidationError):
        drafting.send(proposal, by=forum.ben)
    with pytest.raises(ValidationError):
        drafting.discard(proposal, by=forum.ben)

    assert TextProposal.objects.get().content == doc(p("Neu."))


def test_a_proposal_that_changes_nothing_is_not_sent(forum: Forum):
    with pytest.raises(ValidationError) as refused:
        forum.propose(*LINES)

    assert refused.value.code == "same"


def test_a_proposal_that_nobody_could_review_is_not_sent(forum: Forum, monkeypatch):
    monkeypatch.setattr(drafting, "MOST_CHANGES", 2)

    with pytest.raises(ValidationError) as refused:
        forum.propose(*LINES, "Eins", "Zwei", "Drei")

    assert refused.value.code == "much"


def test_what_was_withdrawn_is_a_draft_again_and_can_be_sent_again(forum: Forum):
    proposal = drafting.withdraw(forum.propose("Neu."), by=forum.ben)

    assert (proposal.state, proposal.changes.count()) == (State.DRAFT, 0)
    drafting.change(proposal, doc(p("Besser.")), note="Weil", by=forum.ben)
    assert drafting.send(proposal, by=forum.ben).changes.count() == 4


def test_what_is_decided_in_part_stays_as_it_was_decided(forum: Forum):
    proposal = forum.propose("Wir bauen ein großes Netz.", LINES[1], "Alle machen gerne mit.")
    settle(forum, proposal, _0="accepted")

    proposal = drafting.withdraw(proposal, by=forum.ben)

    assert (proposal.state, proposal.changes.count()) == (State.WITHDRAWN, 2)
    with pytest.raises(ValidationError):
        settle(forum, proposal, rest="accepted")


def test_nobody_piles_them_up(forum: Forum, monkeypatch):
    monkeypatch.setattr(drafting, "MOST_AT_ONCE", 2)
    forum.draft(doc(p("Eins")))
    forum.propose("Zwei")

    with pytest.raises(ValidationError) as refused:
        forum.draft(doc(p("Drei")))

    assert refused.value.code == "many"


def test_the_limits_of_a_text_hold_for_a_proposal(forum: Forum, settings):
    settings.LIVETEXT = {**settings.LIVETEXT, "STATE_BYTES": 2000}
    deep = p("Tief")
    for _level in range(30):
        deep = node("blockquote", deep)

    for content in (doc(p("Lang " * 1000)), doc(deep), {"type": "doc", "content": [{"type": "b"}]}):
        with pytest.raises(ValidationError):
            forum.draft(content)

    assert not TextProposal.objects.exists()


def test_what_nobody_needs_any_more_goes_after_a_while(forum: Forum, settings):
    kept = forum.draft(doc(p("Mein Entwurf")))
    orphan = forum.draft(doc(p("Niemandes Entwurf")))
    TextProposal.objects.filter(pk=orphan.pk).update(author=None)
    withdrawn = [forum.propose("Alt"), forum.propose("Neu")]
    TextProposal.objects.filter(pk__in=[w.pk for w in withdrawn]).update(state=State.WITHDRAWN)
    old = timezone.now() - settings.LIVETEXT["LOG_KEPT"] - timedelta(days=1)
    TextProposal.objects.filter(pk=withdrawn[0].pk).update(changed_at=old)

    delete_forgotten_proposals()

    assert set(TextProposal.objects.all()) == {kept, withdrawn[1]}


def test_a_new_history_of_the_text_takes_no_proposal_along(forum: Forum):
    proposal = forum.propose(LINES[0], "Es bringt sehr viel Wärme.", LINES[2])
    services.begin_epoch(forum.text)

    settle(forum, proposal, rest="accepted")

    assert forum.now() == doc(p(LINES[0]), p("Es bringt sehr viel Wärme."), p(LINES[2]))

"""Letters about proposals, as they arrive; and those that are no longer due."""

import pytest

from groups.models import User
from in4green.activity import outbox
from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery
from in4green.livetext.models import TextProposal
from in4green.livetext.owners import Access
from in4green.livetext.proposals import drafting, notifications
from tests.livetext.proposing import Forum, forum, settle

__all__ = ["forum"]
LONGER = ("Wir bauen ein großes Netz.", "Es bringt viel Wärme.", "Alle machen gerne mit.")
HOSTILE = '"><img src=x onerror=alert(1)>'


def letters(server, count):
    """What the mail server got, by address: subject, text, HTML."""
    outbox.send_all()
    return {
        received.recipients[0]: (received.subject.strip(), received.text, received.html)
        for received in server.wait_for_messages(count)
    }


def deliveries(kind):
    return list(Delivery.objects.filter(notification__kind=kind))


def is_due(delivery):
    fresh = Delivery.objects.get(pk=delivery.pk)
    return get_kind(fresh.notification.kind).still_due(fresh)


@pytest.mark.django_db(transaction=True)
def test_coordination_hears_of_a_proposal_and_its_author_how_it_was_decided(
    forum: Forum, smtp_server
):
    User.objects.filter(pk=forum.ben.pk).update(name=f"Ben {HOSTILE}")
    forum.ben.refresh_from_db()
    proposal = forum.propose(*LONGER, note=f"Es wird größer. {HOSTILE}")
    sent = letters(smtp_server, 1)["koordination@example.org"]
    settle(forum, proposal, _0="accepted")
    settle(forum, proposal, _1="declined", reason="Nicht alle.")
    subject, plain, html = letters(smtp_server, 2)[forum.ben.email]

    address = f"http://localhost:8000/texte/{forum.text.pk}/vorschlaege/{proposal.pk}/"
    assert sent[0] == f"Ben {HOSTILE} schlägt eine Änderung an „Leitbild“ vor"
    assert "Er ändert 2 Absätze." in sent[1]
    assert "Die Begründung: Es wird größer." in sent[1]
    assert address in sent[1]
    assert subject == "Über Ihren Vorschlag zu „Leitbild“ ist entschieden"
    assert "1 Ihrer Änderungen steht jetzt unter Ihrem Namen im Text." in plain
    assert "1 Ihrer Änderungen wurde abgelehnt." in plain
    assert "Anna Beispiel schreibt dazu: Nicht alle." in plain
    assert address in plain
    assert "<img src=x" not in sent[2] + html


def test_nobody_is_told_what_he_did_himself(forum: Forum):
    proposal = forum.propose(*LONGER, by=forum.anna)

    settle(forum, proposal, rest="accepted")

    assert deliveries(notifications.DECIDED) == []


def test_only_what_still_waits_is_told_to_coordination(forum: Forum):
    proposal = forum.propose(*LONGER)
    [letter] = deliveries(notifications.SENT)
    before = is_due(letter)

    drafting.withdraw(proposal, by=forum.ben)

    assert (before, is_due(letter)) == (True, False)
    TextProposal.objects.all().delete()
    assert not is_due(letter)


def test_only_who_may_still_decide_hears_of_a_proposal(forum: Forum):
    forum.propose(*LONGER)
    [letter] = deliveries(notifications.SENT)
    Delivery.objects.filter(pk=letter.pk).update(user=forum.anna)
    before = is_due(letter)

    forum.rights[forum.anna.pk] = Access.SUGGEST

    assert (before, is_due(letter)) == (True, False)


def test_an_author_who_may_no_longer_read_the_text_is_not_told(forum: Forum):
    settle(forum, forum.propose(*LONGER), rest="accepted")
    [letter] = deliveries(notifications.DECIDED)
    before = is_due(letter)

    forum.rights[forum.ben.pk] = Access.NOTHING

    assert (before, is_due(letter)) == (True, False)


def test_nothing_is_told_before_all_is_decided(forum: Forum):
    settle(forum, forum.propose(*LONGER), _0="accepted")

    assert deliveries(notifications.DECIDED) == []

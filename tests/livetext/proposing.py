"""A text that one person may write and others only make proposals for."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from groups.models import User
from in4green.activity.services import Recipient
from in4green.livetext import by_form, services
from in4green.livetext.content.tree import Content
from in4green.livetext.models import LiveText, ProposedChange, TextProposal
from in4green.livetext.owners import Access, Owner, register, unregister
from in4green.livetext.proposals import drafting
from in4green.livetext.proposals.deciding import Choice, Decided, decide
from in4green.livetext.proposals.reviewing import Review
from tests.factories import UserFactory
from tests.livetext.talking import content_of, write
from tests.livetext.writing import doc, p

KIND = "forum"
TITLE = "Leitbild"
LINES = ("Wir bauen ein Netz.", "Es bringt viel Wärme.", "Alle machen mit.")
Verdict = ProposedChange.Verdict


@dataclass
class Forum:
    text: LiveText
    anna: User  # writes and decides
    ben: User  # makes proposals
    rights: dict[int, Access]

    def propose(self, *lines: str, note: str = "", by: User | None = None) -> TextProposal:
        return drafting.send(self.draft(doc(*map(p, lines)), note=note, by=by), by=by or self.ben)

    def draft(self, content: Content, *, note: str = "", by: User | None = None) -> TextProposal:
        self.text.refresh_from_db()
        begun = drafting.fork(self.text, by_form.base_of(self.text))
        return drafting.begin(self.text, begun, content, note=note, by=by or self.ben)

    def now(self) -> Content:
        return content_of(self.text)

    def write(self, *lines: str) -> None:
        write(self.text, self.anna, *lines)

    def joins(self, name: str, right: Access) -> User:
        user: User = UserFactory(name=name)
        self.rights[user.pk] = right
        return user


@pytest.fixture
def forum(db: None) -> Iterator[Forum]:
    rights: dict[int, Access] = {}
    anna, ben = UserFactory(name="Anna Beispiel"), UserFactory(name="Ben Beispiel")
    rights.update({anna.pk: Access.WRITE, ben.pk: Access.SUGGEST})
    owner = Owner(
        kind=KIND,
        access=lambda user, text: rights.get(user.pk, Access.NOTHING),
        title=lambda text: TITLE,
        url=lambda text: "/",
        members=lambda text: User.objects.filter(pk__in=rights),
        group_id=lambda text: None,
        keepers=lambda text: [Recipient("koordination@example.org", "de")],
    )
    register(owner)
    forum = Forum(services.create_text(KIND), anna, ben, rights)
    forum.write(*LINES)
    yield forum
    unregister(KIND)


def waiting(forum: Forum, proposal: TextProposal) -> Review:
    proposal.refresh_from_db()
    return Review(proposal, forum.now())


def choices(forum: Forum, proposal: TextProposal, **verdicts: str) -> dict[int, Choice]:
    """``_0="accepted"``; those that aren't named are chosen as ``rest`` says."""
    rest = verdicts.pop("rest", None)
    found = {}
    for each in waiting(forum, proposal).open:
        verdict = verdicts.get(f"_{each.row.number}", rest)
        if verdict:
            found[each.row.number] = Choice(verdict, each.key)
    return found


def settle(forum: Forum, proposal: TextProposal, *, reason: str = "", **verdicts: str) -> Decided:
    found = choices(forum, proposal, **verdicts)
    return decide(proposal, found, by=forum.anna, reason=reason)


def verdicts(proposal: TextProposal) -> list[str]:
    return list(proposal.changes.values_list("verdict", flat=True))

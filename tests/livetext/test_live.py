"""People write through the real live process."""

import pytest

from groups.models import Membership
from in4green.livetext.models import TextUpdate
from tests.factories import MembershipFactory, NoteFactory
from tests.livetext.live import Live

pytestmark = pytest.mark.django_db(transaction=True)


def member_of(group, role=Membership.Role.EDITOR):
    return MembershipFactory(group=group, role=role).user


def test_what_one_person_types_is_acknowledged_and_shown_to_the_other(live: Live):
    note = NoteFactory()
    anna = live.join(note.text, member_of(note.group))
    ben = live.join(note.text, member_of(note.group))

    number = anna.type("Grün ist gut.")

    anna.wait_for_ack(number)
    ben.wait_for_text("Grün ist gut.")
    rows = TextUpdate.objects.filter(text=note.text).order_by("seq")
    assert list(rows.values_list("seq", flat=True)) == list(range(1, len(rows) + 1))
    assert {row.author for row in rows} == {anna_user for anna_user in [rows[0].author]}

"""What is written without a live process passes the same doors."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from groups.models import Membership
from in4green.livetext import services
from in4green.livetext.document import crdt
from in4green.livetext.models import TextClient
from tests.factories import MembershipFactory
from tests.livetext.bombs import deleted_tower
from tests.livetext.texts import Person, fresh, note_of, written
from tests.livetext.writing import doc, p

pytestmark = pytest.mark.django_db


def test_nobody_writes_under_somebody_else_s_client_id():
    text, anna = written("Eins")
    thief = Person(text)
    thief.doc = anna.doc
    thief.root = anna.root

    with pytest.raises(ValidationError):
        thief.add("Zwei")

    assert fresh(text).head_seq == 1


def test_a_client_id_stays_whose_it_is_in_a_new_epoch():
    text, anna = written("Eins")

    services.begin_epoch(text)

    owner = TextClient.objects.get(text=text, epoch=2)
    assert (owner.client_id, owner.user) == (anna.doc.client_id, anna.user)
    thief = Person(text)
    thief.doc, thief.root = anna.doc, anna.root
    with pytest.raises(ValidationError):
        thief.add("Zwei")


def test_a_reader_edits_nothing():
    text, _ = written("Eins")
    reader = MembershipFactory(group=note_of(text).group, role=Membership.Role.READER).user

    with pytest.raises(PermissionDenied):
        Person(text, reader).add("Zwei")


def test_what_the_gate_refuses_is_not_written():
    text, anna = written("Eins")

    with pytest.raises(ValidationError):
        services.edit(text, lambda _doc: deleted_tower(100), by=anna.user)

    assert fresh(text).head_seq == 1


def test_an_edit_that_changes_nothing_is_not_written():
    text, anna = written("Eins")

    assert services.edit(text, lambda d: crdt.replace(d, doc(p("Eins"))), by=anna.user) is None

    assert fresh(text).head_seq == 1


def test_a_full_text_takes_nothing_more_and_can_be_made_shorter(settings):
    text, anna = written("Eins " * 200)
    settings.LIVETEXT = {**settings.LIVETEXT, "STATE_BYTES": 1000}

    with pytest.raises(ValidationError, match="zu lang"):
        replace(text, p("Eins " * 201), by=anna.user)
    replace(text, p("Eins " * 100 + "Ende"), by=anna.user)

    assert fresh(text).head_seq == 2


def replace(text, *blocks, by):
    services.edit(text, lambda shared: crdt.replace(shared, doc(*blocks)), by=by)

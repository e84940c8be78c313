"""Beat and a worker tend what people write, with nobody's help."""

import pytest

from in4green.livetext.models import TextVersion
from tests.livetext.live import Live
from tests.livetext.texts import Person, fresh, written
from tests.livetext.writing import doc, p
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.chaos
def test_what_somebody_has_written_becomes_a_version_of_its_own_accord(live: Live, spawn, valkey):
    text, _ = written("Anfang")
    anna = Person(text).user
    writer = live.join(text, anna)
    spawn.environment["LIVE_IDLE"] = "0.5"
    spawn.worker()
    spawn.beat()

    writer.wait_for_ack(writer.type(" und Ende"))

    version = wait_for(lambda: newest(text), timeout=60)
    assert version.snapshot.content_json == doc(p("Anfang und Ende"))
    assert anna in version.authors.all()
    assert fresh(text).attempts == 0
    writer.wait_for(lambda: {"changed": ["versions"]} in writer.controls)


def newest(text):
    """The version of all that was written."""
    return TextVersion.objects.filter(text=text, snapshot__seq=fresh(text).head_seq).first()

"""A snapshot is the whole text, proven before it is kept."""

import pytest

from in4green.livetext import snapshots
from tests.livetext.texts import fresh, replay, written

pytestmark = pytest.mark.django_db


def test_a_snapshot_says_what_the_log_says():
    text, _ = written("Erster Absatz", "Zweiter Absatz")

    snapshot = snapshots.take(text)

    assert snapshot.seq == fresh(text).snapshot_seq == 2
    assert snapshot.content_json == replay(text)
    assert snapshot.plain_text == "Erster Absatz\nZweiter Absatz"
    assert snapshot.checksum == snapshots.checksum(bytes(snapshot.state))

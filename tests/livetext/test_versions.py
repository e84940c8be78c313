"""States that people name, compare and go back to."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from groups.models import Membership
from in4green.livetext.archive import snapshots, versions
from in4green.livetext.content import render
from in4green.livetext.models import LiveText, TextSnapshot, TextUpdate, TextVersion
from in4green.livetext.tasks import tend
from tests.factories import MembershipFactory, NoteFactory
from tests.livetext.live import Live
from tests.livetext.texts import Person, age, fresh, note_of, replay, written
from tests.livetext.writing import doc, p

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
Kind = TextVersion.Kind


def automatic(text):
    """Newest first: the numbers of the automatic versions, each with those who wrote."""
    rows = TextVersion.objects.listed().filter(text=text, kind=Kind.AUTOMATIC)
    return [(row.snapshot.seq, {user.pk for user in row.authors.all()}) for row in rows]


def tend_when_due(text):
    """As beat and a worker do it."""
    for each in LiveText.objects.due().filter(pk=text.pk):
        tend(each)


def test_a_named_version_is_the_text_as_it_is_now():
    text, anna = written("Eins", "Zwei")

    version = versions.save(text, by=anna.user, label="Entwurf")

    anna.add("Drei")
    assert versions.content(version) == doc(p("Eins"), p("Zwei"))
    assert (version.kind, version.label, version.author) == (Kind.NAMED, "Entwurf", anna.user)
    assert version.snapshot.seq == 2


def test_an_empty_text_can_be_named():
    note = NoteFactory()
    anna = MembershipFactory(group=note.group).user

    assert versions.content(versions.save(note.text, by=anna)) == doc()


def test_a_reader_names_nothing():
    text, _ = written("Eins")
    reader = MembershipFactory(group=note_of(text).group, role=Membership.Role.READER).user

    with pytest.raises(PermissionDenied):
        versions.save(text, by=reader)

    assert not TextVersion.objects.exists()


def test_a_change_of_status_makes_a_version_whoever_changes_it():
    text, _ = written("Eins")

    version = versions.save(text, by=None, kind=Kind.STATUS)

    assert (version.kind, version.author) == (Kind.STATUS, None)


def test_a_version_names_those_who_wrote_since_the_one_before():
    text, anna = written("Eins")
    versions.save(text, by=anna.user)
    ben, carla = Person(text), Person(text)
    ben.add("Zwei")
    carla.add("Drei")

    version = versions.save(text, by=anna.user)

    assert set(version.authors.all()) == {ben.user, carla.user}


def test_a_restore_writes_the_old_text_as_an_edit_of_who_restores():
    text, anna = written("Eins", "Zwei")
    version = versions.save(text, by=anna.user)
    anna.add("Drei")
    ben = Person(text)

    update = versions.restore(version, by=ben.user)

    assert (update.seq, update.kind, update.author) == (4, TextUpdate.Kind.RESTORE, ben.user)
    assert replay(text) == doc(p("Eins"), p("Zwei"))


def test_what_stood_there_before_a_restore_is_kept_as_a_version():
    text, anna = written("Eins")
    version = versions.save(text, by=anna.user)
    anna.add("Zwei")

    versions.restore(version, by=anna.user)

    before = TextVersion.objects.get(kind=Kind.RESTORED)
    assert versions.content(before) == doc(p("Eins"), p("Zwei"))
    assert before.author == anna.user
    versions.restore(before, by=anna.user)
    assert replay(text) == doc(p("Eins"), p("Zwei"))


def test_restoring_what_is_there_changes_nothing():
    text, anna = written("Eins")
    version = versions.save(text, by=anna.user)

    assert versions.restore(version, by=anna.user) is None

    assert (fresh(text).head_seq, TextVersion.objects.count()) == (1, 1)


def test_a_reader_restores_nothing_and_leaves_no_trace():
    text, anna = written("Eins")
    version = versions.save(text, by=anna.user)
    anna.add("Zwei")
    reader = MembershipFactory(group=note_of(text).group, role=Membership.Role.READER).user

    with pytest.raises(PermissionDenied):
        versions.restore(version, by=reader)

    assert (fresh(text).head_seq, TextVersion.objects.count()) == (2, 1)


def test_a_restore_that_would_make_the_text_too_long_leaves_no_trace(settings):
    text, anna = written("Eins" * 200)
    version = versions.save(text, by=anna.user)
    anna.commit(lambda root: root.children.__delitem__(0))
    settings.LIVETEXT = {**settings.LIVETEXT, "STATE_BYTES": 600}

    with pytest.raises(ValidationError):
        versions.restore(version, by=anna.user)

    assert (fresh(text).head_seq, TextVersion.objects.count()) == (2, 1)


def test_words_that_stay_keep_their_place_for_who_writes_in_them():
    text, anna = written("Der Park ist grün")
    version = versions.save(text, by=anna.user)
    ben = Person(text)
    ben.catch_up()
    anna.add("Ein Zusatz")
    versions.restore(version, by=anna.user)

    ben.commit(lambda root: root.children[0].children[0].insert(8, " hier"))

    assert replay(text) == doc(p("Der Park hier ist grün"))


@pytest.mark.django_db(transaction=True)
def test_a_restore_while_others_type_loses_none_of_their_words(live: Live):
    text, anna = written("Anfang")
    version = versions.save(text, by=anna.user)
    anna.add("Wird verworfen")
    ben, carla = (live.join(text, Person(text).user) for _ in range(2))

    last = [ben.change(insert_first(f"B{n} ")) for n in range(20)][-1]
    versions.restore(version, by=anna.user)
    late = carla.change(insert_first("Spät "))

    ben.wait_for_ack(last)
    carla.wait_for_ack(late)
    words = snapshots.take(text).plain_text
    assert words == replay_text(text)
    assert "Spät" in words
    assert "Wird verworfen" not in words
    kept = TextVersion.objects.get(kind=Kind.RESTORED)
    assert all(f"B{n} " in words or f"B{n} " in kept.snapshot.plain_text for n in range(20))
    ben.wait_for_text("Spät")


def insert_first(words):
    return lambda root: root.children[0].children[0].insert(0, words)


def replay_text(text):
    return render.to_text(replay(text))


# --- Automatic ones -------------------------------------------------------------------------------


def test_nobody_needs_a_version_while_somebody_has_just_begun_to_write():
    text, _ = written("Eins")

    tend_when_due(text)
    tend(text)

    assert automatic(text) == []


def test_when_somebody_stops_writing_a_version_is_made_with_the_name():
    text, anna = written("Eins", "Zwei")
    age(text, MINUTE)

    tend_when_due(text)
    tend(text)

    assert automatic(text) == [(2, {anna.user.pk})]


def test_a_named_version_needs_no_automatic_one_beside_it():
    text, anna = written("Eins")
    versions.save(text, by=anna.user)
    age(text, MINUTE)

    tend_when_due(text)
    tend(text)

    assert automatic(text) == []


def test_short_pauses_of_one_person_make_one_version_in_ten_minutes():
    text, anna = written("Eins")
    for _pause in range(9):
        age(text, MINUTE)
        tend_when_due(text)
        anna.add("weiter")
    assert automatic(text) == [(1, {anna.user.pk})]

    age(text, 2 * MINUTE)
    tend_when_due(text)

    assert automatic(text) == [(10, {anna.user.pk}), (1, {anna.user.pk})]


def test_another_person_s_writing_is_a_session_of_its_own():
    text, anna = written("Eins")
    age(text, MINUTE)
    tend_when_due(text)
    ben = Person(text)
    ben.add("Zwei")
    age(text, MINUTE)

    tend_when_due(text)

    assert automatic(text) == [(2, {ben.user.pk}), (1, {anna.user.pk})]


def test_who_goes_on_writing_gets_a_version_every_ten_minutes():
    text, anna = written("Eins")
    for _minute in range(25):
        age(text, MINUTE)
        anna.add("weiter")
        tend_when_due(text)

    numbers = [number for number, _ in automatic(text)]

    assert len(numbers) == 2
    assert all(9 <= gap <= 12 for gap in (numbers[0] - numbers[1], numbers[1]))


def test_what_a_large_deletion_takes_is_kept_though_nobody_has_stopped_writing(settings):
    settings.LIVETEXT = {**settings.LIVETEXT, "SNAPSHOT_UPDATES": 1}
    text, anna = written("Bleibt", "Lang " * 500)
    tend_when_due(text)
    assert automatic(text) == []

    anna.commit(lambda root: root.children.__delitem__(1))
    tend_when_due(text)

    assert automatic(text) == [(2, {anna.user.pk})]
    version = TextVersion.objects.get(text=text)
    assert versions.content(version) == doc(p("Bleibt"), p("Lang " * 500))


def test_a_small_deletion_is_nothing_special(settings):
    settings.LIVETEXT = {**settings.LIVETEXT, "SNAPSHOT_UPDATES": 1}
    text, anna = written("Bleibt", "Kurz")
    tend_when_due(text)

    anna.commit(lambda root: root.children.__delitem__(1))
    tend_when_due(text)

    assert automatic(text) == []


def test_a_state_that_has_a_version_needs_no_second_one_when_it_is_deleted(settings):
    settings.LIVETEXT = {**settings.LIVETEXT, "SNAPSHOT_UPDATES": 1}
    text, anna = written("Lang " * 500)
    versions.save(text, by=anna.user)

    anna.commit(lambda root: root.children.__delitem__(0))
    tend_when_due(text)

    assert TextVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_new_version_tells_the_pages_that_list_them(live: Live):
    text, anna = written("Eins")
    page = live.join(text, anna.user)

    versions.save(text, by=anna.user)

    page.wait_for(lambda: {"changed": ["versions"]} in page.controls)


def test_the_list_needs_the_same_queries_for_one_and_for_many(django_assert_num_queries):
    text, anna = written("Eins")
    for count in (1, 3):
        while TextVersion.objects.count() < count:
            anna.add("weiter")
            versions.save(text, by=anna.user)
        with django_assert_num_queries(2):
            rows = list(TextVersion.objects.listed().filter(text=text))
            assert all(row.snapshot.seq and row.author and row.authors.all() for row in rows)


def test_a_text_can_be_deleted_with_its_versions():
    text, anna = written("Eins")
    versions.save(text, by=anna.user)
    note_of(text).delete()

    text.delete()

    assert not TextSnapshot.objects.exists()

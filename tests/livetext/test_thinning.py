"""How long which version is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from in4green.livetext.archive import compaction, snapshots, thinning, versions
from in4green.livetext.models import TextVersion
from tests.livetext.texts import Person, written

pytestmark = pytest.mark.django_db
Kind = TextVersion.Kind
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def noon(days_ago):
    return timezone.localtime().replace(hour=12, minute=0) - days_ago * DAY


def keep(text, *, at, kind=Kind.AUTOMATIC, label=""):
    """A version of the text as it is now, made at that time."""
    version = versions._make(snapshots.take(text), kind, label=label)
    TextVersion.objects.filter(pk=version.pk).update(created_at=at)


def kept(text):
    return list(text.versions.order_by("snapshot__seq").values_list("snapshot__seq", flat=True))


def test_of_the_automatic_versions_of_an_old_day_the_last_one_stays():
    text, anna = written()
    for days_ago in (100, 99):
        for hours in range(3):
            anna.add("weiter")
            keep(text, at=noon(days_ago) + hours * HOUR)

    compaction.compact(text)

    assert kept(text) == [3, 6]
    # Of the others the log begins with one, and of the newest there are two.
    assert list(text.snapshots.order_by("seq").values_list("seq", flat=True)) == [1, 3, 5, 6]


def test_young_versions_all_stay():
    text, anna = written()
    for days_ago in (91, 91, 89, 89):
        anna.add("weiter")
        keep(text, at=noon(days_ago))

    thinning.thin_versions(text)

    assert kept(text) == [2, 3, 4]


def test_midnight_here_parts_the_days(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    text, anna = written()
    midnight = noon(100).replace(hour=0)
    for at in (midnight - HOUR / 2, midnight + HOUR / 2, midnight + HOUR):
        anna.add("weiter")
        keep(text, at=at)

    thinning.thin_versions(text)

    assert kept(text) == [1, 3]


@pytest.mark.parametrize("kind", [Kind.NAMED, Kind.STATUS, Kind.RESTORED, Kind.PROPOSAL])
def test_what_people_have_made_stays_for_ever(kind):
    text, anna = written()
    for _hour in range(3):
        anna.add("weiter")
        keep(text, at=noon(1000), kind=kind)

    thinning.thin_versions(text)

    assert kept(text) == [1, 2, 3]


def test_what_goes_hands_its_writers_on_to_the_next():
    text, anna = written("Annas")
    keep(text, at=noon(100))
    ben, carl = Person(text), Person(text)
    ben.add("Bens")
    keep(text, at=noon(100))
    carl.add("Carls")
    keep(text, at=noon(100))

    thinning.thin_versions(text)

    (version,) = text.versions.all()
    assert set(version.authors.all()) == {anna.user, ben.user, carl.user}


def test_what_a_large_deletion_took_stays():
    text, anna = written("Bleibt", "Lang " * 500)
    keep(text, at=noon(100))
    anna.commit(lambda root: root.children.__delitem__(1))
    keep(text, at=noon(100))
    anna.add("weiter")
    keep(text, at=noon(100))

    thinning.thin_versions(text)

    assert kept(text) == [2, 4]


def test_versions_of_two_histories_are_not_put_together():
    """What was set aside when a text was released from quarantine."""
    text, anna = written("Eins")
    keep(text, at=noon(100))
    anna.add("Zwei")
    keep(text, at=noon(100))
    text.snapshots.filter(seq=1).update(epoch=0)

    thinning.thin_versions(text)

    assert kept(text) == [1, 2]

"""Documents and photos: attached, described, published; seen by whoever may, gone at once."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from in4green.activity.models import LogEntry
from meetings.models import Document, Photo
from meetings.services import files, renditions
from tests.factories import (
    MeetingFactory,
    MembershipFactory,
    PracticeFactory,
    SessionFactory,
    SiteVisitFactory,
)
from tests.meetings.test_rules import INSIDE, OUTSIDE, visitor
from tests.meetings.uploading import DESCRIBED, document_of, photo_of
from tests.support.uploads import pdf, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def refusal(call, *args, **options):
    with pytest.raises(ValidationError) as caught:
        call(*args, **options)
    return caught.value.code


OWNERS = [MeetingFactory, SessionFactory, SiteVisitFactory, PracticeFactory]


@pytest.mark.parametrize("factory", OWNERS)
def test_a_file_belongs_to_its_owner_and_is_kept_under_a_random_name(factory):
    owner = factory()

    document, photo = document_of(owner), photo_of(owner)

    for row in (document, photo):
        assert row.owner == owner
        assert row.group_id == row.place.group_id == getattr(owner, "meeting", owner).group_id
        assert type(row).objects.of_place(row.place).get() == row
        assert default_storage.exists(row.file.name)
    assert (document.title, document.language, document.ending) == ("a", "de", "PDF")
    assert list(LogEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "meetings.document_added",
        "meetings.photo_added",
    ]


def test_a_file_has_exactly_one_owner():
    document, photo, visit = document_of(MeetingFactory()), photo_of(MeetingFactory()), None
    visit = SiteVisitFactory()
    for row in (document, photo):
        for wrong in ({"visit": visit}, {"meeting": None}):
            with pytest.raises(IntegrityError), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(**wrong)


def test_a_scan_may_be_a_picture_and_a_photo_may_not_be_a_document():
    meeting = MeetingFactory()

    scan = files.attach(
        picture("JPEG"), to=meeting, by=None, kind=Document.Kind.ATTENDANCE, title="Unterschriften"
    )

    assert (scan.media_type, scan.title) == ("image/jpeg", "Unterschriften")
    assert refusal(files.attach_photo, pdf(), to=meeting, by=None) == "kind"
    assert isinstance(files.attach_any(pdf(), to=meeting, by=None), Document)
    assert isinstance(files.attach_any(picture(), to=meeting, by=None), Photo)


def test_what_is_refused_leaves_nothing_behind(monkeypatch):
    meeting = MeetingFactory()
    assert refusal(files.attach, pdf(before=b"x"), to=meeting, by=None) == "content"
    monkeypatch.setattr(files, "MOST_PER_OWNER", 0)
    assert refusal(files.attach, pdf(), to=meeting, by=None) == "many"
    monkeypatch.undo()
    with pytest.raises(ValidationError):
        files.attach(pdf(), to=meeting, by=None, kind="nonsense")

    assert not Document.objects.exists()
    assert not default_storage.exists("meetings")


@pytest.mark.parametrize("missing", DESCRIBED)
def test_the_database_itself_publishes_no_photo_that_lacks_something(missing):
    photo = photo_of(MeetingFactory(), **{missing: False if missing == "people_listed" else ""})

    with pytest.raises(ValidationError):
        files.publish_photo(photo, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(state=Photo.State.PUBLISHED)


def test_publishing_waits_for_the_sizes_and_for_everybody_in_the_picture():
    meeting = MeetingFactory()
    waiting = photo_of(meeting, state=Photo.State.UPLOADED)
    asked = photo_of(meeting, agreed=[True, False])
    fine = photo_of(meeting, agreed=[True])

    assert refusal(files.publish_photo, waiting, by=None) == "waiting"
    assert refusal(files.publish_photo, asked, by=None) == "consent"
    files.publish_photo(fine, by=None)

    fine.refresh_from_db()
    assert (fine.state, fine.version) == (Photo.State.PUBLISHED, 2)
    files.take_down_photo(fine, by=None)
    fine.refresh_from_db()
    assert fine.state == Photo.State.READY


def test_signatures_are_never_public():
    document = document_of(MeetingFactory(), kind=Document.Kind.CONSENT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(is_public=True)


def agreement(row, user):
    """What list and permission say alike."""
    listed = type(row).objects.visible_to(user).contains(row)
    assert listed == user.has_perm(f"meetings.view_{row._meta.model_name}", row)
    return listed


PLACES = {
    "internal meeting": lambda: MeetingFactory(),
    "public meeting": lambda: MeetingFactory(is_public=True),
    "visit": lambda: SiteVisitFactory(meeting__is_public=True),
    "session": lambda: SessionFactory(meeting__is_public=True),
    "draft": lambda: PracticeFactory(),
    "practice": lambda: PracticeFactory(published=True),
}
INTERNAL = {"internal meeting", "draft"}


@pytest.mark.parametrize("place", PLACES)
def test_who_sees_a_photo(place):
    photo = photo_of(PLACES[place](), agreed=[True])
    group = photo.place.group
    people = {who: visitor(who, group) for who in OUTSIDE + INSIDE}

    def seen_by():
        return {who for who, user in people.items() if agreement(photo, user)}

    assert seen_by() == set(INSIDE)
    Photo.objects.update(state=Photo.State.PUBLISHED)
    photo.refresh_from_db()
    assert seen_by() == (set(INSIDE) if place in INTERNAL else set(people))
    files.withdraw_consent(photo.people.get(), by=None)
    assert seen_by() == {"coordinator", "superuser"}


@pytest.mark.parametrize("kind", [Document.Kind.MATERIAL, Document.Kind.ATTENDANCE])
def test_who_sees_a_document(kind):
    document = document_of(SiteVisitFactory(meeting__is_public=True), kind=kind)
    people = {who: visitor(who, document.place.group) for who in OUTSIDE + INSIDE}
    signed = kind == Document.Kind.ATTENDANCE

    seen = {who for who, user in people.items() if agreement(document, user)}
    assert seen == ({"coordinator", "superuser"} if signed else set(INSIDE))
    if not signed:
        Document.objects.update(is_public=True)
        document.refresh_from_db()
        assert all(agreement(document, user) for user in people.values())


def test_who_may_change_and_publish():
    photo = photo_of(MeetingFactory(is_public=True), agreed=[True])
    group = photo.place.group
    reader, editor = visitor("reader", group), MembershipFactory(group=group).user
    coordinator = visitor("coordinator", group)

    def may(verb):
        users = {"reader": reader, "editor": editor, "coordinator": coordinator}
        return [who for who, user in users.items() if user.has_perm(f"meetings.{verb}", photo)]

    assert may("add_files") == may("change_photo") == ["editor", "coordinator"]
    assert may("publish_files") == ["coordinator"]
    files.publish_photo(photo, by=coordinator)
    photo.refresh_from_db()
    assert may("change_photo") == ["coordinator"]
    files.take_down_photo(photo, by=coordinator)
    photo.refresh_from_db()
    assert may("change_photo") == ["editor", "coordinator"]
    files.withdraw_consent(photo.people.get(), by=coordinator)
    assert may("change_photo") == ["coordinator"]


def test_consent_is_withdrawn_once_and_logged_without_a_name():
    photo = photo_of(MeetingFactory(), agreed=[True])
    person = photo.people.get()

    files.withdraw_consent(person, by=None)
    person.refresh_from_db()
    first = person.withdrawn_at
    files.withdraw_consent(person, by=None)
    person.refresh_from_db()

    assert not person.agrees
    assert person.withdrawn_at == first
    [entry] = LogEntry.objects.filter(action="meetings.consent_withdrawn")
    assert person.name not in str(entry.data)


def test_deleting_takes_every_size_from_the_disk(django_capture_on_commit_callbacks):
    photo = photo_of(MeetingFactory(), state=Photo.State.UPLOADED)
    renditions.prepare(photo.pk)
    names = [photo.file.name, *photo.renditions.values_list("file", flat=True)]
    assert len(names) > 2

    with django_capture_on_commit_callbacks(execute=True):
        files.delete(photo, by=None)

    assert not [name for name in names if default_storage.exists(name)]
    assert not Photo.objects.exists()


@pytest.mark.parametrize("factory", [SessionFactory, SiteVisitFactory])
def test_what_belonged_to_a_removed_part_stays_with_the_meeting(factory):
    part = factory()
    document, photo = document_of(part), photo_of(part)

    files.keep_with_meeting(part)
    part.delete()

    assert Document.objects.get().owner == Photo.objects.get().owner == part.meeting
    assert (document.pk, photo.pk) == (Document.objects.get().pk, Photo.objects.get().pk)

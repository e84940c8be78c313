"""The page on which files are uploaded, and how documents are given out."""

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.models import Membership
from meetings.forms import files as forms
from meetings.models import Document, Photo
from tests.factories import (
    MeetingFactory,
    MembershipFactory,
    PracticeFactory,
    SessionFactory,
    SiteVisitFactory,
)
from tests.meetings.desks import signed_in
from tests.meetings.uploading import document_of, photo_of, sized
from tests.support.uploads import SECRET, docx, huge, pdf, picture, positioned, upload

pytestmark = pytest.mark.django_db
SCRIPT = {"headers": {"accept": "application/json"}}


@pytest.fixture
def meeting(group):
    return MeetingFactory(group=group, is_public=True)


@pytest.fixture
def desk_of_member(client, member):
    client.force_login(member)
    return client


def files_page(place):
    name = "practice" if hasattr(place, "lessons") else "meeting"
    return reverse(f"files:of_{name}", args=[place.slug])


def send(client, place, *chosen, to=None, **more):
    to = to or place
    body = {"to": f"{to._meta.model_name}-{to.pk}", "kind": "any", "chosen": list(chosen)}
    options = SCRIPT if more.pop("by_script", False) else {}
    return client.post(files_page(place), body | more, **options)


def text(response):
    return response.content.decode()


# --- Uploading ---


@pytest.mark.parametrize("factory", [MeetingFactory, PracticeFactory])
def test_several_files_are_kept_at_once_and_shown_on_the_page(desk_of_member, group, factory):
    place = factory(group=group)

    response = send(desk_of_member, place, picture("JPEG"), docx(name="Programm.docx"), pdf())

    assert response.url == files_page(place)
    photo = Photo.objects.get()
    assert [row.title for row in Document.objects.of_place(place)] == ["Programm", "a"]
    assert (photo.place, photo.state) == (place, Photo.State.UPLOADED)
    page = text(desk_of_member.get(place.get_absolute_url()))
    assert _("The picture is being prepared.") in page
    assert "Programm</a>" in page
    assert _("Describe the picture") in page


@pytest.mark.parametrize("factory", [SessionFactory, SiteVisitFactory])
def test_files_belong_to_the_part_of_the_meeting_that_was_chosen(desk_of_member, meeting, factory):
    part = factory(meeting=meeting)

    send(desk_of_member, meeting, picture(), to=part)

    assert Photo.objects.get().owner == part
    chosen = f"{part._meta.model_name}-{part.pk}"
    asked = desk_of_member.get(files_page(meeting), {"to": chosen})
    assert f'value="{chosen}" selected' in text(asked)
    if factory is SiteVisitFactory:
        page = text(desk_of_member.get(meeting.get_absolute_url()))
        assert f"{files_page(meeting)}?to={chosen}" in page


def test_a_part_of_another_meeting_takes_no_file(desk_of_member, meeting):
    foreign = SiteVisitFactory()

    response = send(desk_of_member, meeting, pdf(), to=foreign)

    assert (response.status_code, Document.objects.count()) == (200, 0)
    assert "to" in response.context["form"].errors


BAD = {
    "bomb": (huge, "The picture has more than 50 million pixels."),
    "page": (
        lambda: upload("b.png", b"<html><script>alert(1)</script></html>", "image/png"),
        "This is not a whole PNG, JPEG or WebP picture, or not the one that its name says.",
    ),
    "vector": (
        lambda: upload("b.svg", b"<svg/>", "image/svg+xml"),
        "Files of this kind are not taken. Please choose PDF, Word, Excel, PowerPoint,"
        " OpenDocument, PNG, JPEG or WebP.",
    ),
    "empty": (lambda: upload("b.pdf", b"", "application/pdf"), "The file is empty."),
}


@pytest.mark.parametrize("bad", BAD)
def test_one_bad_file_among_good_ones_is_named_and_loses_nothing(desk_of_member, meeting, bad):
    make, sentence = BAD[bad]
    wrong = make()

    response = send(desk_of_member, meeting, pdf(name="eins.pdf"), wrong, pdf(name="zwei.pdf"))

    assert [row.title for row in Document.objects.all()] == ["eins", "zwei"]
    assert not Photo.objects.exists()
    assert list(response.context["refused"]) == [(wrong.name, _(sentence))]
    assert _("These files were not kept") in text(response)


def test_a_script_hears_of_each_file_by_itself(desk_of_member, meeting):
    kept = send(desk_of_member, meeting, pdf(), by_script=True)
    refused = send(desk_of_member, meeting, huge(), by_script=True)
    without = desk_of_member.post(files_page(meeting), {}, **SCRIPT)

    assert (kept.status_code, kept.json()) == (201, {"errors": []})
    assert refused.status_code == without.status_code == 400
    assert refused.json() == {"errors": [_("The picture has more than 50 million pixels.")]}
    assert _("Please choose at least one file.") in without.json()["errors"]


def test_nothing_chosen_and_too_many_at_once_are_said_and_keep_nothing(
    desk_of_member, meeting, monkeypatch
):
    nothing = send(desk_of_member, meeting)
    monkeypatch.setattr(forms, "MOST_AT_ONCE", 1)
    many = send(desk_of_member, meeting, pdf(), pdf())

    assert _("Please choose at least one file.") in text(nothing)
    assert _("Please choose at most 20 files at a time.") in text(many)
    assert not Document.objects.exists()


def test_the_place_in_a_photograph_is_on_no_disk(desk_of_member, meeting):
    file = positioned()
    assert SECRET in file.read()
    file.seek(0)

    send(desk_of_member, meeting, file)

    with Photo.objects.get().file.open() as kept:
        assert SECRET not in kept.read()


def test_more_than_a_request_may_hold_is_answered_with_what_is_safe(desk_of_member, meeting):
    def sent(megabytes):
        return send(desk_of_member, meeting, upload("a.pdf", bytes(int(megabytes * 2**20))))

    assert sent(16.1).status_code == 413
    large = sent(15.5)

    assert list(large.context["refused"]) == [("a.pdf", _("The file is larger than 15 MB."))]
    assert not Document.objects.exists()


def test_a_form_from_elsewhere_uploads_nothing(meeting, member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)

    assert send(client, meeting, pdf()).status_code == 403
    assert not Document.objects.exists()


# --- Who may ---


def test_only_who_writes_in_the_group_uploads(client, group, meeting):
    hidden = MeetingFactory(group=group)
    reader = MembershipFactory(group=group, role=Membership.Role.READER).user
    foreign = MembershipFactory().user

    def answers(client):
        calls = (client.get(files_page(meeting)), send(client, meeting, pdf()))
        return [call.status_code for call in (*calls, send(client, hidden, pdf()))]

    assert answers(client) == [302, 302, 302]
    assert answers(signed_in(reader)) == [403, 403, 403]
    assert answers(signed_in(foreign)) == [403, 403, 404]
    assert not Document.objects.exists()


def test_a_document_goes_to_whoever_may_see_it_and_is_saved_not_opened(
    client, group, meeting, member
):
    row = document_of(meeting, title="Führung & Überblick")
    url = row.get_absolute_url()

    assert client.get(url).status_code == 302
    assert signed_in(MembershipFactory().user).get(url).status_code == 404
    inside = signed_in(member).get(url)
    Document.objects.update(is_public=True)
    public = client.get(url)
    meeting.is_public = False
    meeting.save()

    assert client.get(url).status_code == 302
    assert b"".join(inside) == b"".join(public) == pdf().read()
    assert inside["Cache-Control"] == "no-store"
    assert public["Cache-Control"] == "no-cache"
    for response in (inside, public):
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'attachment; filename="fuhrung-uberblick.pdf"'
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"


def test_an_editor_describes_a_document_and_coordination_publishes_it(
    client, desk_of_member, coordinator, meeting
):
    row = document_of(meeting)
    edit = reverse("files:edit", args=[row.uid])
    said = {"title": "Neuer Titel", "kind": "programme", "language": "en", "is_public": "on"}

    def save(client):
        form = client.get(edit).context["form"]
        hidden = {"pk": row.pk, "version": row.version, "base": form["base"].value()}
        return client.post(edit, said | hidden)

    assert save(desk_of_member).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.language, row.is_public) == ("Neuer Titel", "en", False)
    assert save(signed_in(coordinator)).status_code == 302
    row.refresh_from_db()
    assert row.is_public
    for address in (edit, reverse("files:delete", args=[row.uid])):
        answers = desk_of_member.get(address), desk_of_member.post(address, said)
        assert [answer.status_code for answer in answers] == [403, 403]
    assert edit not in text(desk_of_member.get(files_page(meeting)))
    assert Document.objects.get().is_public


def test_deleting_asks_first(desk_of_member, meeting, django_capture_on_commit_callbacks):
    row = document_of(meeting)
    address = reverse("files:delete", args=[row.uid])

    asked = desk_of_member.get(address)
    assert Document.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        done = desk_of_member.post(address)

    assert (asked.status_code, done.url) == (200, files_page(meeting))
    assert not Document.objects.exists()
    assert not default_storage.exists(row.file.name)


@pytest.mark.parametrize("verb", ["edit", "delete"])
def test_a_document_of_another_group_is_not_there(desk_of_member, verb):
    row = document_of(MeetingFactory(is_public=True))
    address = reverse(f"files:{verb}", args=[row.uid])

    assert desk_of_member.get(address).status_code == 404
    assert desk_of_member.post(address, {"title": "x"}).status_code == 404
    assert Document.objects.get().title == "a"


# --- What people have signed ---


def test_the_scan_of_a_signed_sheet_is_coordinations_alone(client, desk, member, meeting):
    people = reverse("attendance:people", args=[meeting.slug])
    upload_page = f"{files_page(meeting)}?kind=attendance"
    assert upload_page in text(desk.get(people))
    assert 'value="attendance" selected' in text(desk.get(upload_page))

    send(desk, meeting, picture("JPEG", name="Unterschriften.jpg"), kind="attendance")

    row = Document.objects.get()
    assert (row.kind, row.media_type) == (Document.Kind.ATTENDANCE, "image/jpeg")
    assert not Photo.objects.exists()
    assert [scan.pk for scan in desk.get(people).context["scans"]] == [row.pk]
    assert b"".join(desk.get(row.get_absolute_url())).startswith(b"\xff\xd8")
    inside = signed_in(member)
    assert inside.get(row.get_absolute_url()).status_code == 404
    assert row.title not in text(inside.get(meeting.get_absolute_url()))


def test_an_editor_can_not_hide_what_is_uploaded(desk_of_member, meeting):
    assert "kind" not in desk_of_member.get(files_page(meeting)).context["form"].fields

    send(desk_of_member, meeting, pdf(), kind="attendance")

    assert Document.objects.get().kind == Document.Kind.MATERIAL


# --- The pages that show them ---


@pytest.mark.parametrize("factory", [MeetingFactory, PracticeFactory])
def test_a_stranger_reads_of_no_files_until_one_is_public(client, group, factory):
    place = factory(group=group, published=True)
    document, photo = document_of(place, title="Innenansicht"), sized(photo_of(place))
    heading = 'id="files"'

    before = text(client.get(place.get_absolute_url()))
    Photo.objects.update(state=Photo.State.PUBLISHED)
    after = text(client.get(place.get_absolute_url()))

    assert not [word for word in (heading, "Innenansicht", photo.alt) if word in before]
    assert [word in after for word in (heading, "Innenansicht", photo.alt)] == [True, False, True]
    assert f'srcset="/dateien/{photo.uid}/40.jpg 40w"' in after
    assert "CC0" in after
    assert str(document.uid) not in after


def test_a_reader_is_told_what_is_for_the_group_alone(group, meeting):
    sized(photo_of(meeting))
    document_of(meeting)
    reader = signed_in(MembershipFactory(group=group, role=Membership.Role.READER).user)

    page = text(reader.get(meeting.get_absolute_url()))

    assert page.count(_("Only for the group")) == page.count(_("only for the group")) == 1
    assert files_page(meeting) not in page


def test_queries_do_not_grow_with_the_files(member, group):
    meeting = MeetingFactory(group=group, published=True)
    practice = PracticeFactory(group=group, published=True)
    inside, outside = signed_in(member), Client()

    def add(count):
        for place in (SiteVisitFactory(meeting=meeting), practice):
            again(document_of(place, is_public=True), count - 1)
            photo = photo_of(place, state=Photo.State.PUBLISHED, agreed=[True])
            for one in (photo, *again(photo, count - 1)):
                one.renditions.create(form="jpg", width=40, height=20, file="meetings/a.jpg")

    def asked():
        both = (meeting.get_absolute_url(), practice.get_absolute_url())
        inner = [queries(inside, page) for page in (*both, files_page(meeting))]
        return [*inner, queries(outside, both[0])]

    add(1)
    asked()  # the first answer of a process also reads what is then kept
    few = asked()
    add(30)

    assert asked() == few
    assert len(outside.get(meeting.get_absolute_url()).context["files"].photos) == 31


def again(row, count):
    """The same row as often as that."""
    own = {"id", "uid"}
    fields = [field.attname for field in row._meta.concrete_fields if field.name not in own]
    same = {name: getattr(row, name) for name in fields}
    return type(row).objects.bulk_create(type(row)(**same) for _n in range(count))


def queries(client, page):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(page).status_code == 200
    return len(caught)

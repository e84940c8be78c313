"""Minutes and reports as files: asked for by people, made by a worker, fetched by readers."""

import io
import os
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from in4green.common.documents.word import pandoc
from in4green.common.health import find_problems
from in4green.common.making import queue
from in4green.livetext.content.html_in import from_html
from in4green.livetext.images import take_in
from in4green.livetext.models import LiveText
from meetings.models import Meeting, MeetingText, Printout
from meetings.services import minutes, orphans, printouts
from meetings.tasks import make_printouts
from tests.common.test_documents import streams, tags
from tests.factories import MeetingFactory, MembershipFactory
from tests.livetext.people import editor_of, reader_of
from tests.support.uploads import picture

pytestmark = pytest.mark.django_db
HTML = (
    "<h2>Eins</h2><h4>Tief</h4><p>#read(&quot;/etc/passwd&quot;) $x$ "
    '<a href="https://example.org/">Link</a> <span lang="en">words</span></p>'
    '<ul><li><input type="checkbox" checked> fertig</li></ul>'
    "<table><tr><th>Kopf</th><th>Noch</th></tr><tr><td>Zelle</td></tr></table>"
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def editor(group):
    return editor_of(group)


@pytest.fixture
def row(group, editor) -> MeetingText:
    meeting = MeetingFactory(group=group, title="Werkstatt", status="held")
    row = minutes.begin_minutes(meeting, by=editor)
    minutes.write(row.text, from_html(HTML), by=editor)
    return fresh(row)


def fresh(row) -> MeetingText:
    found: MeetingText = MeetingText.objects.select_related("text", "meeting__group").get(pk=row.pk)
    return found


def made(row, kind) -> bytes:
    printout = printouts.ask(row, kind)
    printouts.make(printout.pk)
    printout.refresh_from_db()
    with printout.file.open("rb") as file:
        content: bytes = file.read()
    return content


def status(response) -> int:
    if response.streaming:
        b"".join(response.streaming_content)  # closes the file
    code: int = response.status_code
    return code


def address(row, *args) -> str:
    name = "reports:printout" if args else "reports:printouts"
    return reverse(name, args=[row.meeting.slug, row.pk, *args])


def test_a_pdf_is_tagged_names_its_state_and_runs_nothing_that_was_typed(row):
    document = pikepdf.open(io.BytesIO(made(row, "pdf")))

    with document.open_metadata() as metadata:
        assert (metadata["dc:title"], metadata["pdfuaid:part"]) == ("Protokoll: Werkstatt", "1")
    found = tags(document)
    assert {"H1", "H2", "L", "THead", "TH", "TD", "Link"} <= set(found)
    assert "H3" not in found  # the level that was skipped
    assert b"/Lang(en)" in streams(document)


def test_a_word_file_reads_back_as_people_wrote_it(row):
    text = pandoc(made(row, "docx"), "--from=docx", "--to=html").decode()

    assert "#read(&quot;/etc/passwd&quot;) $x$" in text.replace('"', "&quot;")
    assert '<a href="https://example.org/">Link</a>' in text
    assert "<th>Kopf</th>" in text.replace("\n", "").replace(' style="text-align: left;"', "")
    assert "<h1" in text
    assert "Stand:</strong> wird geschrieben" in text


def test_an_english_record_gives_an_english_document(row):
    Meeting.objects.update(written_in="en")

    document = pikepdf.open(io.BytesIO(made(fresh(row), "pdf")))

    assert document.Root.Lang == "en"
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Minutes: Werkstatt"


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_pictures_come_along_with_their_words(row, editor, kind):
    image = take_in(row.text, picture(size=(1200, 900)), by=editor)
    shown = f'<img src="{image.get_absolute_url()}" alt="Ein Ofen"><img src="/weg/" alt="Verloren">'
    minutes.write(row.text, from_html(shown), by=editor)

    content = made(fresh(row), kind)

    if kind == "pdf":
        assert tags(pikepdf.open(io.BytesIO(content))).count("Figure") == 2  # one is the flag
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if name.endswith(".jpg")]
            document = archive.read("word/document.xml").decode()
            assert Image.open(io.BytesIO(archive.read(names[0]))).size == (1200, 900)
        assert 'descr="Ein Ofen"' in document
        assert "Verloren" in document


def test_the_same_state_is_made_once_and_an_older_one_goes_with_its_file(
    row, editor, django_capture_on_commit_callbacks
):
    first = printouts.ask(row, "pdf")
    make_printouts.apply()
    printouts.make(first.pk)
    assert printouts.ask(row, "pdf") == first
    first.refresh_from_db()
    name = first.file.name
    minutes.write(row.text, from_html("<p>Neu</p>"), by=editor)
    second = printouts.ask(fresh(row), "pdf")
    with django_capture_on_commit_callbacks(execute=True):
        printouts.make(second.pk)

    assert list(Printout.objects.values_list("pk", "state")) == [(second.pk, "made")]
    assert not first.file.storage.exists(name)


def test_a_printout_shows_what_stood_there_when_it_was_asked_for(row, editor):
    printout = printouts.ask(row, "docx")
    minutes.write(row.text, from_html("<p>Später</p>"), by=editor)
    printouts.make(printout.pk)

    printout.refresh_from_db()
    with printout.file.open("rb") as file:
        text = pandoc(file.read(), "--from=docx", "--to=plain").decode()
    assert "fertig" in text
    assert "Später" not in text


def test_what_cannot_be_made_says_so_and_can_be_asked_for_again(client, row, editor):
    printout = printouts.ask(row, "pdf")
    LiveText.objects.update(quarantined_at=timezone.now())
    printouts.make(printout.pk)
    client.force_login(editor)

    page = client.get(address(row))
    client.post(address(row), {"format": "pdf"})

    assert "Die Datei konnte nicht erstellt werden" in page.content.decode()
    assert "data-awaited" not in page.content.decode()
    assert Printout.objects.get().state == "waiting"


def test_whoever_dies_of_a_printout_three_times_is_not_asked_again(row):
    printout = printouts.ask(row, "pdf")
    for _n in range(3):
        assert queue.claim(Printout.objects, printout.pk)
        assert printouts.printouts_to_make() == []  # somebody is at it
        Printout.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))

    printouts.make(printout.pk)

    assert Printout.objects.get().state == "failed"


def test_the_page_says_whether_the_file_is_there(client, row, editor):
    client.force_login(editor)
    assert client.post(address(row), {"format": "pdf"}).url == address(row)
    waiting = client.get(address(row))
    printouts.make(Printout.objects.get().pk)
    ready = client.get(address(row))

    assert "data-awaited" in waiting.content.decode()
    assert "data-awaited" not in ready.content.decode()
    assert address(row, Printout.objects.get().pk) in ready.content.decode()


def test_a_file_is_fetched_by_the_group_alone_until_it_is_public(client, row, editor):
    made(row, "pdf")
    page = address(row, Printout.objects.get().pk)
    answers = []
    for who in (None, MembershipFactory().user, reader_of(row.meeting.group)):
        if who:
            client.force_login(who)
        answers.append(status(client.get(page)))
    client.logout()

    assert answers == [404, 404, 200]
    assert client.get(address(row)).status_code == 302


def test_everybody_fetches_what_was_approved_and_published_and_nothing_earlier(client, row, editor):
    made(row, "pdf")
    earlier = Printout.objects.get()
    minutes.write(row.text, from_html("<p>Freigegeben</p>"), by=editor)
    minutes.approve(fresh(row), by=editor)
    Meeting.objects.update(status="published", is_public=True)
    approved = Printout.objects.exclude(pk=earlier.pk).get(format="pdf")
    before = client.get(row.get_absolute_url()).content.decode()
    printouts.make(approved.pk)

    file = client.get(address(row, approved.pk))
    page = client.get(row.get_absolute_url()).content.decode()

    assert "Freigegeben" in page
    assert address(row, approved.pk) in page
    assert address(row, approved.pk) not in before
    assert file.headers["Content-Type"] == "application/pdf"
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert status(client.get(address(row, earlier.pk))) == 404


def test_a_file_that_a_meeting_left_behind_goes_and_one_in_use_stays(row):
    made(row, "pdf")
    kept = Printout.objects.get().file.name
    lost = default_storage.save("printouts/lost.pdf", ContentFile(b"%PDF"))
    for name in (kept, lost):
        os.utime(default_storage.path(name), (0, 0))

    assert orphans.delete_files_without_a_row(however_many=True) == 1
    assert default_storage.exists(kept)


def test_readiness_says_when_nobody_makes_what_was_asked_for(row):
    printouts.ask(row, "pdf")
    assert "printouts_waiting" not in find_problems()

    Printout.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    assert "printouts_waiting" in find_problems()


def test_only_the_group_asks_for_a_file_even_of_a_public_text(client, row, editor):
    minutes.approve(row, by=editor)
    Meeting.objects.update(status="published", is_public=True)
    client.force_login(MembershipFactory().user)

    assert client.get(row.get_absolute_url()).status_code == 200
    assert client.post(address(row), {"format": "pdf"}).status_code == 403

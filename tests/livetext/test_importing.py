"""Word and OpenDocument files: read within limits, by a worker that survives them."""

import base64
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from groups.models import Membership
from in4green.common.documents import word
from in4green.common.health import find_problems
from in4green.livetext.content.plain import to_text
from in4green.livetext.importing import queue, telling
from in4green.livetext.importing import reading as file_reading
from in4green.livetext.importing.reading import images_in
from in4green.livetext.models import TextImage, TextImport
from in4green.livetext.tasks import delete_old_files, read_files
from tests.factories import NoteFactory
from tests.livetext.people import editor_of, reader_of
from tests.livetext.word_files import changed, paragraph, raw, written
from tests.support.uploads import archive, huge, pdf, picture, upload

pytestmark = pytest.mark.django_db
Problem = TextImport.Problem
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def note():
    return NoteFactory()


@pytest.fixture
def anna(note):
    return editor_of(note.group)


@pytest.fixture
def bring(note, anna):
    def bring(file):
        row = queue.upload(note.text, file, by=anna)
        queue.read_next(row.pk)
        row.refresh_from_db()
        return row

    return bring


def data(file):
    return f"data:{file.content_type};base64,{base64.b64encode(file.read()).decode()}"


def kinds(row):
    return [block["type"] for block in row.content["content"]]


def left_out(row):
    return row.report["left_out"]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_what_a_text_can_hold_comes_out_of_a_file(bring, kind):
    html = (
        "<h1>Ziele</h1><p>Ein <b>fetter</b> <a href='https://example.org/'>Verweis</a>, 5 m"
        "<sup>2</sup></p><ul><li>eins</li></ul><table><tr><th>Kopf</th></tr><tr><td>Zelle</td></tr></table>"
    )
    row = bring(written(html, kind, name=f"Mein_Konzept.{kind}"))

    assert (row.state, row.name, row.format) == ("ready", "Mein Konzept", kind)
    assert kinds(row) == ["heading", "paragraph", "bulletList", "table"]
    marks = [
        mark["type"]
        for part in row.content["content"][1]["content"]
        for mark in part.get("marks", [])
    ]
    assert marks == ["bold", "link"]
    assert "5 m²" in to_text(row.content)
    assert row.report["fits"] == row.report["paragraphs"] == 5


def test_a_file_is_gone_as_soon_as_it_has_been_read(note, anna, django_capture_on_commit_callbacks):
    row = queue.upload(note.text, written("<p>a</p>"), by=anna)
    path = Path(row.file.path)
    assert path.exists()

    with django_capture_on_commit_callbacks(execute=True):
        queue.read_next(row.pk)

    row.refresh_from_db()
    assert (row.state, row.file.name, path.exists()) == ("ready", "", False)


def test_a_title_and_footnotes_keep_their_words(bring):
    source = b"---\ntitle: Leitbild\n---\n\nWort[^1] danach\n\n[^1]: Die Quelle\n"
    file = upload("a.docx", word.pandoc(source, "--from=markdown", "--to=docx"))

    row = bring(file)

    assert to_text(row.content).split("\n") == ["Leitbild", "Wort [1] danach", "1. Die Quelle"]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_pictures_are_made_anew_and_without_words_they_wait_for_some(bring, note, anna, kind):
    html = f'<p><img src="{data(picture())}" alt="Ein Ofen"></p>'
    html += f'<p><img src="{data(picture("JPEG"))}"></p>'
    file = written(html, kind)
    if kind == "odt":
        said = (
            '<draw:image xlink:href="Pictures/0.png"',
            "<svg:title>Ofen</svg:title><svg:desc>Ein Ofen</svg:desc>",
        )
        file = changed(file, ("content.xml", said[0], said[1] + said[0]))

    row = bring(file)

    shown = [node["attrs"] for node in images_in(row.content)]
    assert [one["alt"] for one in shown] == ["Ein Ofen", ""]
    kept = TextImage.objects.filter(text=note.text, uploaded_by=anna)
    assert {one["src"] for one in shown} == {image.get_absolute_url() for image in kept}


def test_what_a_text_cannot_hold_is_counted_and_said(bring):
    box = "<w:r><mc:AlternateContent>{}</mc:AlternateContent></w:r>".format(
        "".join(
            f"<mc:{way}><w:txbxContent>{paragraph('Kasten')}</w:txbxContent></mc:{way}>"
            for way in ("Choice", "Fallback")
        )
    )
    body = (
        f"{paragraph('Hallo')}<w:p>{box}<w:r><w:commentReference w:id='1'/></w:r><w:del w:id='2'>"
        "<w:r><w:delText>weg</w:delText></w:r></w:del><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
        "<w:r><c:chart/></w:r></w:p>"
    )
    row = bring(raw(body, ("word/header1.xml", "<w:hdr/>")))

    assert left_out(row) == {
        "boxes": 1, "comments": 1, "changes": 1, "formulas": 1, "objects": 1, "margins": 1,
    }  # fmt: skip
    sentences = telling.sentences(left_out(row))
    assert len(sentences) == 6
    assert all(sentence.endswith(".") for sentence in sentences)
    assert "weg" not in to_text(row.content)


def test_every_reason_to_leave_something_out_has_a_sentence():
    for name in ("pictures_large", "pictures_kind", "pictures_many", "pictures_elsewhere"):
        for n in (1, 3):
            [sentence] = telling.sentences({name: n})
            assert str(n) in sentence
    assert telling.sentences({}) == []


def with_picture(content):
    file = written(f'<p>davor <img src="{data(picture())}" alt="Ein Ofen"> danach</p>')
    return changed(file, ("word/media/rId9.png", "", content))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda: huge().read(), "pictures_large"),
        (lambda: os.urandom(13_000_000), "pictures_large"),
        (lambda: b"<svg/>", "pictures_kind"),
    ],
    ids=["bomb", "13 MB", "no picture"],
)
def test_a_picture_that_is_not_taken_leaves_its_words(bring, note, content, reason):
    row = bring(with_picture(content()))

    assert row.state == "ready"
    assert left_out(row)[reason] == 1
    assert to_text(row.content) == "davor Ein Ofen danach"
    assert not note.text.images.exists()


def test_pictures_that_are_not_in_the_file_are_counted(bring):
    linked = raw(f"{paragraph('a')}<w:p><w:r><a:blip r:link='x'/></w:r></w:p>")
    place = "Pictures/0.png", "../../anderswo.png"
    moved = changed(
        written(f'<p>a <img src="{data(picture())}"></p>', "odt"), ("content.xml", *place)
    )

    assert left_out(bring(linked))["pictures_elsewhere"] == 1
    assert left_out(bring(moved))["pictures_elsewhere"] == 1


@pytest.mark.chaos
def test_a_text_of_ten_thousand_paragraphs_is_not_cut_off(bring):
    row = bring(raw("".join(paragraph(f"Absatz {n}") for n in range(10_000))))

    assert (row.state, row.report["paragraphs"], row.report["fits"]) == ("ready", 10_000, 6666)
    assert len(row.content["content"]) == 10_000


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (lambda: raw("", name="a.docm"), "macros"),
        (lambda: raw("", ("word/vbaProject.bin", b"x")), "macros"),
        (lambda: raw("<w:p>"), "content"),
        (lambda: pdf(name="a.docx"), "content"),
        (lambda: pdf(), "kind"),
        (lambda: upload("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "password"),
        (lambda: raw("", ("word/x.xml", bytes(30_000_000))), "bomb"),
        (lambda: upload("a.docx", archive([("a", "b")])), "content"),
        (lambda: upload("a.odt", b""), "empty"),
    ],
    ids=["docm", "macros", "xml", "pdf", "other", "locked", "bomb", "zip", "empty"],
)
def test_a_file_that_cannot_be_right_is_refused_with_a_sentence(note, anna, file, code):
    with pytest.raises(ValidationError) as caught:
        queue.upload(note.text, file(), by=anna)

    assert caught.value.code == code
    assert caught.value.messages[0].endswith(".")
    assert not TextImport.objects.exists()


def test_what_breaks_only_when_it_is_read_is_said(bring):
    tables = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    deep = tables[0] * 30 + paragraph("x") + tables[1] * 30

    assert bring(raw(deep)).problem == Problem.DEEP
    assert bring(raw("")).problem == Problem.EMPTY
    assert bring(written("<p>a</p>", "odt")).state == "ready"
    assert bring(changed(written("<p>a</p>", "odt"), ("styles.xml", "", b"<a>"))).problem == (
        Problem.UNREADABLE
    )


def test_a_file_that_takes_too_long_is_given_up(bring, monkeypatch):
    monkeypatch.setattr(file_reading, "PATIENCE", 0.001)

    row = bring(raw(paragraph("a")))

    assert (row.state, row.problem, row.file.name) == ("failed", Problem.LONG, "")


def test_scripts_and_fields_of_a_file_are_only_words(bring):
    field = '<w:p><w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText></w:r></w:p>'
    row = bring(raw(field + paragraph(SCRIPT.replace("<", "&lt;"))))

    assert to_text(row.content) == SCRIPT


def test_a_reader_brings_no_file_and_who_lost_the_right_gets_no_picture(note, anna):
    with pytest.raises(PermissionDenied):
        queue.upload(note.text, written("<p>a</p>"), by=reader_of(note.group))
    row = queue.upload(note.text, with_picture(picture().read()), by=anna)
    Membership.objects.filter(user=anna).update(role=Membership.Role.READER)

    queue.read_next(row.pk)

    row.refresh_from_db()
    assert row.problem == Problem.RIGHT


def test_a_new_file_takes_the_place_of_the_one_before(bring, note):
    bring(with_picture(picture().read()))
    assert note.text.images.count() == 1

    row = bring(written("<p>zweite</p>"))

    assert TextImport.objects.get() == row
    assert not note.text.images.exists()


def test_a_file_at_which_the_worker_ended_three_times_is_given_up(note, anna):
    row = queue.upload(note.text, written("<p>a</p>"), by=anna)
    TextImport.objects.update(attempts=queue.MOST_ATTEMPTS)

    queue.read_next(row.pk)

    row.refresh_from_db()
    assert (row.state, row.problem) == ("failed", Problem.LONG)


def test_a_file_is_read_by_one_worker_at_a_time(note, anna):
    row = queue.upload(note.text, written("<p>a</p>"), by=anna)
    TextImport.objects.update(next_attempt_at=timezone.now() + queue.LEASE)

    queue.read_next(row.pk)
    assert (queue.files_to_read(), TextImport.objects.get().state) == ([], "waiting")
    TextImport.objects.update(next_attempt_at=timezone.now())
    read_files.apply()

    assert queue.files_to_read() == [row.pk]


def test_what_nobody_came_back_to_is_deleted_with_all_that_belongs_to_it(
    bring, note, anna, django_capture_on_commit_callbacks
):
    bring(with_picture(picture().read()))
    TextImport.objects.update(created_at=timezone.now() - queue.KEPT - timedelta(hours=1))
    kept = queue.upload(NoteFactory(group=note.group).text, written("<p>a</p>"), by=anna)
    lost = default_storage.save("imports/lost.docx", ContentFile(b"x"))
    for name in (lost, kept.file.name):
        then = (timezone.now() - queue.KEPT - timedelta(hours=1)).timestamp()
        os.utime(default_storage.path(name), (then, then))

    with django_capture_on_commit_callbacks(execute=True):
        delete_old_files.apply()

    assert list(TextImport.objects.all()) == [kept]
    assert not note.text.images.exists()
    assert default_storage.listdir("texts")[1] == []
    assert default_storage.exists(kept.file.name)
    assert not default_storage.exists(lost)


def test_monitoring_hears_of_files_that_nobody_reads(note, anna):
    queue.upload(note.text, written("<p>a</p>"), by=anna)
    assert "imports_waiting" not in find_problems()

    TextImport.objects.update(created_at=timezone.now() - timedelta(minutes=16))

    assert "imports_waiting" in find_problems()

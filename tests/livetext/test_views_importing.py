"""Bringing a file into a text: choose, look, take or discard, without JavaScript."""

import base64

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _

from in4green.livetext import by_form, services
from in4green.livetext.archive import reading
from in4green.livetext.content.plain import to_text
from in4green.livetext.document import crdt
from in4green.livetext.importing import queue, taking
from in4green.livetext.models import LiveText, TextImport, TextUpdate, TextVersion
from tests.factories import MembershipFactory, NoteFactory
from tests.livetext.people import editor_of, reader_of
from tests.livetext.talking import content_of, write
from tests.livetext.word_files import paragraph, raw, written
from tests.support.uploads import pdf, picture

pytestmark = pytest.mark.django_db
NAMES = ("import", "import_take", "import_discard")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def note():
    return NoteFactory(title="Ziele")


@pytest.fixture
def anna(note, client):
    user = editor_of(note.group)
    client.force_login(user)
    return user


def address(note, name="import"):
    return reverse(f"text:{name}", args=[note.text_id])


def read_in(client, note, file):
    answer = client.post(address(note), {"file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    row = TextImport.objects.get()
    queue.read_next(row.pk)
    row.refresh_from_db()
    return row


def said(note):
    return to_text(content_of(note.text))


def pictured(alt=""):
    source = base64.b64encode(picture().read()).decode()
    return written(f'<p>Davor</p><p><img src="data:image/png;base64,{source}" alt="{alt}"></p>')


def test_a_file_is_shown_first_and_then_appended(client, note, anna):
    write(note.text, anna, "Was hier stand")
    row = read_in(client, note, written("<h2>Neues</h2><p>aus <b>Word</b></p>"))

    page = client.get(address(note))
    assert "<p>aus <strong>Word</strong></p>" in page.content.decode()
    assert said(note) == "Was hier stand"

    answer = client.post(address(note, "import_take"), {"how": "append"})

    assert answer.url == note.get_absolute_url()
    assert said(note).split("\n") == ["Was hier stand", "Neues", "aus Word"]
    update = TextUpdate.objects.order_by("seq").last()
    assert (update.kind, update.author) == ("import", anna)
    assert not TextImport.objects.filter(pk=row.pk).exists()


def test_a_text_that_nobody_has_begun_is_the_file(client, note, anna):
    read_in(client, note, written("<p>Anfang</p>"))
    assert 'value="replace"' not in client.get(address(note)).content.decode()

    client.post(address(note, "import_take"), {"how": "append"})

    assert content_of(note.text)["content"] == [
        {"type": "paragraph", "content": [{"type": "text", "text": "Anfang"}]}
    ]


def test_what_is_replaced_stays_as_a_version_and_equal_blocks_are_not_touched(client, note, anna):
    write(note.text, anna, "Bleibt stehen", "Geht weg")
    doc = reading.document(LiveText.objects.get(pk=note.text_id))
    row = read_in(client, note, written("<p>Bleibt stehen</p><p>Kommt dazu</p>"))

    client.post(address(note, "import_take"), {"how": "replace"})

    assert said(note).split("\n") == ["Bleibt stehen", "Kommt dazu"]
    version = TextVersion.objects.get()
    assert version.label == _("Before “%(file)s” was taken over") % {"file": row.name}
    assert to_text(version.snapshot.content_json).split("\n") == ["Bleibt stehen", "Geht weg"]
    payload = bytes(TextUpdate.objects.order_by("seq").last().payload)
    assert b"Bleibt" not in payload
    assert crdt.content_json(crdt.load([crdt.state(doc), payload])) == content_of(note.text)


def test_a_file_that_says_the_same_changes_nothing(client, note, anna):
    write(note.text, anna, "Gleich")
    head = LiveText.objects.get().head_seq
    read_in(client, note, written("<p>Gleich</p>"))

    client.post(address(note, "import_take"), {"how": "replace"})

    assert LiveText.objects.get().head_seq == head
    assert not TextImport.objects.exists()


def test_a_picture_without_words_is_asked_about(client, note, anna):
    read_in(client, note, pictured())

    page = client.post(address(note, "import_take"), {"how": "append"})

    assert page.status_code == 200
    assert list(page.context["words"].errors) == ["words_0"]
    assert not LiveText.objects.get().head_seq
    client.post(address(note, "import_take"), {"how": "append", "words_0": " Ein Ofen "})
    assert said(note) == "Davor\nEin Ofen"
    assert note.text.images.count() == 1


def test_a_picture_can_be_left_out(client, note, anna):
    read_in(client, note, pictured())

    client.post(address(note, "import_take"), {"how": "append", "without_0": "on"})

    assert said(note) == "Davor"
    assert not note.text.images.exists()


def test_a_picture_with_words_needs_no_answer(client, note, anna):
    read_in(client, note, pictured("Ein Ofen"))

    client.post(address(note, "import_take"), {"how": "append"})

    assert said(note) == "Davor\nEin Ofen"


def test_cells_and_items_that_held_only_a_picture_stay_valid():
    image = {"type": "image", "attrs": {"src": "/a", "alt": "", "lang": None}}
    cell = {"type": "tableCell", "content": [image]}
    table = {"type": "table", "content": [{"type": "tableRow", "content": [cell]}]}

    found = taking.described({"type": "doc", "content": [table, image]}, {"/a": None})

    assert crdt.from_json(found)
    assert image["type"] == "image"


def test_taking_twice_happens_once(client, note, anna):
    row = read_in(client, note, written("<p>einmal</p>"))
    taking.take(row, "append", {}, by=anna)

    with pytest.raises(taking.ValidationError) as caught:
        taking.take(row, "append", {}, by=anna)
    assert caught.value.code == "gone"
    answer = client.post(address(note, "import_take"), {"how": "append"}, follow=True)

    assert said(note) == "einmal"
    assert _("This file has been taken over or discarded already.") in answer.content.decode()


def test_a_file_that_is_too_long_says_how_much_fits_and_is_not_taken(client, note, anna, settings):
    settings.LIVETEXT = {**settings.LIVETEXT, "UPLOAD_STRUCTS": 30}
    row = read_in(client, note, raw("".join(paragraph(f"Absatz {n}") for n in range(30))))

    page = client.get(address(note)).content.decode()
    assert row.report["fits"] == 10
    assert "import_take" not in page
    assert address(note, "import_take") not in page
    assert " 30 " in page
    assert " 10 " in page
    client.post(address(note, "import_take"), {"how": "append"})
    assert not LiveText.objects.get().head_seq


def test_a_text_that_would_become_too_long_keeps_the_file_for_later(client, note, anna, settings):
    write(note.text, anna, "x" * 3000)
    read_in(client, note, written(f"<p>{'y' * 3000}</p>"))
    settings.LIVETEXT = {**settings.LIVETEXT, "STATE_BYTES": 5000}

    page = client.post(address(note, "import_take"), {"how": "append"}, follow=True)

    assert _("The text would become too long.") in page.content.decode()
    assert TextImport.objects.get().is_ready


def test_discarding_leaves_nothing(client, note, anna, django_capture_on_commit_callbacks):
    read_in(client, note, pictured())

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(note, "import_discard"))

    assert not TextImport.objects.exists()
    assert not note.text.images.exists()
    assert default_storage.listdir("texts")[1] == []
    assert client.post(address(note, "import_discard")).status_code == 302


def test_while_a_file_is_read_there_is_a_link_to_look(client, note, anna):
    client.post(address(note), {"file": written("<p>a</p>")})

    page = client.get(address(note)).content.decode()

    assert "data-awaited" in page
    assert f'href="{address(note)}"' in page


def test_a_refused_file_is_explained_beside_the_field(client, note, anna):
    page = client.post(address(note), {"file": pdf(name="a.docx")})

    assert page.status_code == 200
    assert page.context["form"].errors["file"][0] in page.content.decode()
    assert client.post(address(note)).context["form"].errors["file"] == [_("Please choose a file.")]


def test_a_file_that_could_not_be_read_says_why(client, note, anna):
    read_in(client, note, raw(""))

    assert _("There is no text in the file.") in client.get(address(note)).content.decode()


def test_hostile_words_and_names_are_only_words(client, note, anna):
    script = "<script>alert(1)</script>"
    file = raw(paragraph(script.replace("<", "&lt;")), name=f"{script}.docx")
    read_in(client, note, file)

    page = client.get(address(note)).content.decode()

    assert script not in page
    assert "&lt;script&gt;alert(1)" in page


def test_ones_file_is_seen_by_oneself_alone(client, note, anna):
    read_in(client, note, written("<p>meins</p>"))
    client.force_login(editor_of(note.group))

    assert "meins" not in client.get(address(note)).content.decode()
    client.post(address(note, "import_take"), {"how": "append"})
    client.post(address(note, "import_discard"))

    assert TextImport.objects.get().by == anna
    assert said(note) == ""


@pytest.mark.parametrize("name", NAMES)
def test_who_may_not_write_brings_nothing(client, note, name):
    assert reverse("account_login") in client.post(address(note, name)).url
    client.force_login(MembershipFactory().user)
    assert client.post(address(note, name)).status_code == 404
    client.force_login(reader_of(note.group))
    assert client.post(address(note, name)).status_code == 403


def test_a_right_that_was_lost_between_looking_and_taking_counts(client, note, anna):
    row = read_in(client, note, written("<p>a</p>"))
    anna.memberships.update(role="reader")

    with pytest.raises(services.PermissionDenied):
        taking.take(row, "append", {}, by=anna)
    assert by_form.base_of(LiveText.objects.get()).seq == 0


def test_the_page_asks_as_many_queries_for_one_picture_as_for_three(
    client, note, anna, django_assert_num_queries
):
    source = base64.b64encode(picture().read()).decode()
    image = f'<p><img src="data:image/png;base64,{source}"></p>'
    read_in(client, note, written(image))
    with django_assert_num_queries(9):
        client.get(address(note))
    read_in(client, note, written(image * 3))

    with django_assert_num_queries(9):
        client.get(address(note))

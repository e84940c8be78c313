"""A text edited by a form, alone and while others write."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from in4green.livetext import by_form, services
from in4green.livetext.content import markup
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextUpdate
from tests.factories import MembershipFactory, NoteFactory
from tests.livetext.people import editor_of, reader_of
from tests.livetext.talking import begin, content_of, write
from tests.livetext.writing import comment, doc, p, table, text

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def note():
    return NoteFactory(title="Ziele")


@pytest.fixture
def anna(note):
    return editor_of(note.group)


@pytest.fixture
def ben(note):
    return editor_of(note.group)


def address(note):
    return reverse("text:edit", args=[note.text_id])


def opened(client, note):
    """What the form holds."""
    page = client.get(address(note)).content.decode()
    [lines] = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    [base] = re.findall(r'name="base" value="([^"]*)"', page)
    return {"lines": unescape(lines), "base": base}


def put(target: LiveText, by, content):
    services.edit(target, lambda shared: crdt.replace(shared, content), by=by)
    target.refresh_from_db()


def test_what_was_typed_is_saved_and_its_author_is_known(client, note, anna):
    write(note.text, anna, "eins", "zwei")
    client.force_login(anna)
    form = opened(client, note)

    answer = client.post(address(note), {**form, "lines": "eins\r\n\r\nzwei und drei"}, follow=True)

    assert content_of(note.text) == doc(p("eins"), p("zwei und drei"))
    assert _("Your change is saved.") in answer.content.decode()
    last = TextUpdate.objects.filter(text=note.text).latest("seq")
    assert (last.author, last.kind) == (anna, TextUpdate.Kind.FORM)


def test_a_form_sent_unchanged_writes_nothing(client, note, anna):
    put(note.text, anna, doc(p(text("fett", "bold")), table(["a", "b"])))
    client.force_login(anna)

    client.post(address(note), opened(client, note))

    assert TextUpdate.objects.filter(text=note.text).count() == 1


def test_an_empty_text_can_be_begun_and_emptied_again(client, note, anna):
    client.force_login(anna)

    client.post(address(note), {**opened(client, note), "lines": "Anfang"})
    begun = content_of(note.text)
    client.post(address(note), {**opened(client, note), "lines": ""})

    assert (begun, content_of(note.text)) == (doc(p("Anfang")), doc(p()))


def test_who_was_slower_sees_what_came_in_and_saves_both(client, note, anna, ben):
    write(note.text, anna, "eins", "zwei", "drei")
    client.force_login(anna)
    form = opened(client, note)
    write(note.text, ben, "EINS", "zwei", "drei")
    mine = {**form, "lines": "eins\n\nzwei\n\nDREI"}

    preview = client.post(address(note), mine)
    before = content_of(note.text)
    client.post(address(note), {**mine, "confirmed": "yes"})

    page = preview.content.decode()
    assert _("Somebody else was faster") in page
    assert "<ins>" in page
    assert "EINS" in page
    assert before == doc(p("EINS"), p("zwei"), p("drei"))  # a preview writes nothing
    assert content_of(note.text) == doc(p("EINS"), p("zwei"), p("DREI"))


def test_what_was_typed_is_still_in_the_preview_and_can_be_edited_on(client, note, anna, ben):
    write(note.text, anna, "eins")
    client.force_login(anna)
    form = opened(client, note)
    write(note.text, ben, "zwei")
    mine = {**form, "lines": f"eins {SCRIPT}"}

    preview = client.post(address(note), mine).content.decode()
    again = client.post(address(note), {**mine, "again": "yes"}).content.decode()

    for page in (preview, again):
        assert f"{mine['lines']}</textarea>" in unescape(page)
        assert f'value="{form["base"]}"' in page
        assert SCRIPT not in page


def test_what_vanished_with_a_paragraph_is_shown_before_it_is_saved(client, note, anna, ben):
    write(note.text, anna, "bleibt", "geht bald")
    client.force_login(anna)
    form = opened(client, note)
    write(note.text, ben, "bleibt")

    page = client.post(address(note), {**form, "lines": "bleibt\n\ngeht bald, sagte ich"})

    removed = re.findall(r"<del>(.*?)</del>", page.content.decode(), re.DOTALL)
    assert "sagte ich" in "".join(removed)
    assert content_of(note.text) == doc(p("bleibt"))


def test_a_comment_meanwhile_is_no_reason_to_ask(client, note, anna, ben):
    """Its mark moves the number, not the words."""
    write(note.text, anna, "Wir nutzen Abwärme gemeinsam.")
    client.force_login(anna)
    form = opened(client, note)
    thread = begin(note.text, ben)

    client.post(address(note), {**form, "lines": "Wir nutzen alle Abwärme gemeinsam."})

    marked = markup.write(content_of(note.text))
    assert marked == "Wir nutzen alle Abwärme gemeinsam."
    assert str(thread.pk) in str(content_of(note.text))


def test_formatting_tables_and_comments_outside_the_change_survive_it(client, note, anna):
    before = doc(p("Wir ", text("nutzen", "bold"), " ", text("viel", comment(1))), table(["a"]))
    put(note.text, anna, before)
    client.force_login(anna)
    form = opened(client, note)

    client.post(address(note), {**form, "lines": form["lines"].replace("Wir", "Alle")})

    assert content_of(note.text) == doc(
        p("Alle ", text("nutzen", "bold"), " ", text("viel", comment(1))), table(["a"])
    )


def test_a_form_from_another_history_replaces_only_after_it_was_shown(client, note, anna):
    write(note.text, anna, "eins")
    client.force_login(anna)
    form = opened(client, note)
    services.begin_epoch(note.text)
    mine = {**form, "lines": "eins und zwei"}

    shown = client.post(address(note), mine)
    client.post(address(note), {**mine, "confirmed": "yes"})

    assert shown.context["is_merged"] is False
    assert content_of(note.text) == doc(p("eins und zwei"))


@pytest.mark.parametrize("base", ["", "x", "1", "99.99", "1.999999999999999999", "-1.2"])
def test_a_forged_base_loses_nothing(client, note, anna, base):
    write(note.text, anna, "eins")
    client.force_login(anna)

    page = client.post(address(note), {"lines": "zwei", "base": base})

    assert page.status_code == 200
    assert content_of(note.text) == doc(p("eins"))
    assert "zwei" in page.content.decode()


def test_a_line_that_stands_for_nothing_is_named_and_the_text_stays_in_the_form(client, note, anna):
    client.force_login(anna)
    form = opened(client, note)

    page = client.post(address(note), {**form, "lines": "Mein Text\n\n[[9: x]]"}).content.decode()

    assert "Mein Text" in page
    assert _("Error:") in page.partition("</title>")[0]
    assert content_of(note.text) == doc(p())


def test_a_frozen_text_says_so_and_gives_back_what_was_typed(client, note, anna):
    client.force_login(anna)
    form = opened(client, note)
    LiveText.objects.filter(pk=note.text_id).update(quarantined_at="2026-01-01T00:00Z")

    page = client.post(address(note), {**form, "lines": "Mein Text"}).content.decode()

    assert _("This text can only be read at the moment.") in unescape(page)
    assert "Mein Text" in page


@pytest.mark.chaos
def test_a_text_of_half_a_million_letters_fits_into_the_form(client, note, anna):
    client.force_login(anna)
    long = "\n\n".join(f"{number} {'über Wärme und Öfen ' * 17}".strip() for number in range(1500))

    answer = client.post(address(note), {**opened(client, note), "lines": long})

    assert answer.status_code == 302
    assert len(long) > 480_000
    assert markup.write(content_of(note.text)) == long


def test_only_who_may_write_edits_and_only_who_may_read_learns_of_it(client, note):
    client.force_login(reader_of(note.group))
    assert client.get(address(note)).status_code == 403
    assert client.post(address(note), {"lines": "x", "base": "1.0"}).status_code == 403

    client.force_login(MembershipFactory().user)
    assert client.get(address(note)).status_code == 404
    assert client.post(address(note), {"lines": "x", "base": "1.0"}).status_code == 404

    client.logout()
    assert reverse("account_login") in client.get(address(note)).url
    assert reverse("account_login") in client.get(reverse("text:edit", args=[2**60])).url


def test_markup_shows_scripts_as_words(client, note, anna):
    write(note.text, anna, SCRIPT, "</textarea><b>")
    client.force_login(anna)

    page = client.get(address(note)).content.decode()

    assert SCRIPT not in page
    assert "</textarea><b>" not in page
    assert opened(client, note)["lines"] == f"{SCRIPT}\n\n</textarea><b>"


def test_a_change_is_merged_into_what_stands_there_without_a_form_too(note, anna, ben):
    write(note.text, anna, "eins", "zwei")
    base = by_form.base_of(note.text)
    write(note.text, ben, "null", "eins", "zwei")

    by_form.save(note.text, base, "eins\n\nzwei!", by=anna)

    assert content_of(note.text) == doc(p("null"), p("eins"), p("zwei!"))

"""Versions: listed, named, looked at, compared and gone back to, without JavaScript."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from in4green.livetext.archive import versions
from in4green.livetext.models import LiveText, TextUpdate, TextVersion
from tests.factories import MembershipFactory, NoteFactory
from tests.livetext.people import editor_of, reader_of
from tests.livetext.talking import content_of, write
from tests.livetext.writing import doc, p

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def note():
    return NoteFactory(title="Ziele")


@pytest.fixture
def anna(note):
    return editor_of(note.group)


def address(name, note, *more):
    return reverse(f"text:{name}", args=[note.text_id, *more])


def kept(note, by, words, label="Stand"):
    write(note.text, by, *words)
    return versions.save(note.text, by=by, label=label)


def text_of(answer):
    return unescape(re.sub(r"<[^>]+>|\s+", " ", answer.content.decode()))


def test_the_list_tells_what_each_version_is_and_who_wrote(client, note, anna):
    ben = editor_of(note.group)
    kept(note, anna, ["eins"], "Nach dem Treffen")
    kept(note, ben, ["eins", "zwei"], "")
    TextVersion.objects.filter(label="").update(kind=TextVersion.Kind.AUTOMATIC, author=None)
    client.force_login(reader_of(note.group))

    page = client.get(address("versions", note))

    assert [version.title for version in page.context["page_obj"]] == [
        _("Kept automatically"),
        "Nach dem Treffen",
    ]
    assert f"{_('written by:')} {ben}" in text_of(page)
    assert _("kept by %(name)s") % {"name": anna} in text_of(page)


@pytest.mark.parametrize("kind", TextVersion.Kind.values)
def test_every_kind_of_version_without_a_name_has_a_title(kind):
    assert len(TextVersion(kind=kind).title) > 5


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_queries_for_any_number_of_versions(
    client, note, anna, count, django_assert_num_queries
):
    for number in range(count):
        kept(note, anna, [f"Absatz {number}"])
    client.force_login(anna)

    with django_assert_num_queries(13):
        page = client.get(address("versions", note))

    assert page.content.decode().count('name="old"') == count + 1


def test_a_text_without_versions_says_what_will_be_there(client, note, anna):
    client.force_login(anna)

    page = client.get(address("versions", note))

    assert "radio" not in page.content.decode()
    assert _("Keep the present state") in text_of(page)


def test_the_state_of_this_moment_gets_a_name(client, note, anna):
    write(note.text, anna, "eins")
    client.force_login(anna)

    answer = client.post(address("versions", note), {"label": " Nach \n dem Treffen "})

    version = note.text.versions.get()
    assert answer.status_code == 302
    assert (version.label, version.author) == ("Nach dem Treffen", anna)
    assert version.snapshot.plain_text == "eins"


@pytest.mark.parametrize("label", ["", "\u202e", "x" * 121])
def test_a_name_that_is_none_is_asked_for_again(client, note, anna, label):
    client.force_login(anna)

    page = client.post(address("versions", note), {"label": label})

    assert _("Error:") in page.content.decode().partition("</title>")[0]
    assert not note.text.versions.exists()


def test_a_frozen_text_gets_no_version_and_says_why(client, note, anna):
    LiveText.objects.filter(pk=note.text_id).update(quarantined_at="2026-01-01T00:00Z")
    client.force_login(anna)

    page = client.post(address("versions", note), {"label": "Stand"})

    assert _("This text can only be read at the moment.") in text_of(page)


def test_a_version_is_shown_as_it_was(client, note, anna):
    version = kept(note, anna, ["damals"])
    write(note.text, anna, "heute")
    client.force_login(reader_of(note.group))

    page = text_of(client.get(address("version", note, version.pk)))

    assert "damals" in page
    assert "heute" not in page
    assert _("Go back to this state") not in page


def test_any_two_are_compared_the_older_one_first(client, note, anna):
    first = kept(note, anna, ["eins zwei"])
    second = kept(note, anna, ["eins drei"])
    write(note.text, anna, "eins vier")
    client.force_login(anna)

    def pieces(old, new):
        answer = client.get(address("compare", note), {"old": old, "new": new})
        page = answer.content.decode()
        return [re.findall(f"<{tag}>.*?</{tag}>", page, re.DOTALL) for tag in ("del", "ins")]

    def words(found):
        return ["".join(re.findall(r"zwei|drei|vier", " ".join(part))) for part in found]

    assert words(pieces(first.pk, second.pk)) == ["zwei", "drei"]
    assert words(pieces(second.pk, first.pk)) == ["zwei", "drei"]
    assert words(pieces("now", first.pk)) == ["zwei", "vier"]
    assert words(pieces("now", "now")) == ["", ""]


@pytest.mark.parametrize("key", ["x", "-1", "0", "9" * 30, "1e3", "٣"])
def test_a_version_that_is_none_is_not_found(client, note, anna, key):
    client.force_login(anna)

    assert client.get(address("compare", note), {"old": key, "new": "now"}).status_code == 404


def test_a_version_of_another_text_is_not_found(client, note, anna):
    other = NoteFactory(group=note.group)
    foreign = kept(other, anna, ["fremd"])
    client.force_login(anna)

    assert client.get(address("version", note, foreign.pk)).status_code == 404
    assert client.get(address("restore", note, foreign.pk)).status_code == 404
    assert client.post(address("restore", note, foreign.pk)).status_code == 404
    assert client.get(address("compare", note), {"old": foreign.pk}).status_code == 404


def test_going_back_is_shown_first_and_keeps_what_was_there(client, note, anna):
    version = kept(note, anna, ["damals"])
    write(note.text, anna, "heute")
    client.force_login(anna)

    shown = client.get(address("restore", note, version.pk))
    unchanged = content_of(note.text)
    client.post(address("restore", note, version.pk))

    assert "damals" in text_of(shown)
    assert "heute" in text_of(shown)
    assert unchanged == doc(p("heute"))
    assert content_of(note.text) == doc(p("damals"))
    newest = note.text.versions.first()
    assert (newest.kind, newest.snapshot.plain_text) == (TextVersion.Kind.RESTORED, "heute")
    assert note.text.updates.latest("seq").kind == TextUpdate.Kind.RESTORE


def test_going_back_to_what_stands_there_says_so_and_writes_nothing(client, note, anna):
    version = kept(note, anna, ["damals"])
    client.force_login(anna)

    shown = client.get(address("restore", note, version.pk))
    answer = client.post(address("restore", note, version.pk), follow=True)

    assert "<button" not in shown.content.decode().partition("<main")[2].partition("</main>")[0]
    assert _("The text says the same already.") in text_of(answer)
    assert note.text.updates.count() == 1


def test_a_frozen_text_is_not_gone_back_to_and_says_why(client, note, anna):
    version = kept(note, anna, ["damals"])
    write(note.text, anna, "heute")
    LiveText.objects.filter(pk=note.text_id).update(quarantined_at="2026-01-01T00:00Z")
    client.force_login(anna)

    page = client.post(address("restore", note, version.pk), follow=True)

    assert _("This text can only be read at the moment.") in text_of(page)


def test_who_only_reads_names_nothing_and_goes_back_to_nothing(client, note, anna):
    version = kept(note, anna, ["damals"])
    client.force_login(reader_of(note.group))

    assert client.post(address("versions", note), {"label": "x"}).status_code == 403
    assert client.get(address("restore", note, version.pk)).status_code == 403
    assert client.post(address("restore", note, version.pk)).status_code == 403


@pytest.mark.parametrize("name", ["versions", "compare"])
def test_who_sees_no_note_sees_no_version(client, note, anna, name):
    version = kept(note, anna, ["damals"])

    assert reverse("account_login") in client.get(address(name, note)).url
    client.force_login(MembershipFactory().user)
    assert client.get(address(name, note)).status_code == 404
    assert client.get(address("version", note, version.pk)).status_code == 404


def test_scripts_in_text_and_name_are_only_words(client, note, anna):
    version = kept(note, anna, [SCRIPT], SCRIPT)
    write(note.text, anna, "heute")
    client.force_login(anna)

    for page in (
        client.get(address("versions", note)),
        client.get(address("version", note, version.pk)),
        client.get(address("restore", note, version.pk)),
        client.get(address("compare", note), {"old": version.pk, "new": "now"}),
    ):
        assert SCRIPT not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()

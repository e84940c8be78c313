import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.models import Membership, Note
from in4green.livetext.archive import snapshots
from in4green.livetext.discussion.anchors import Passage
from in4green.livetext.models import CommentThread, LiveText
from in4green.livetext.owners import Access, access
from tests.factories import MembershipFactory, NoteFactory, UserFactory, coordinator_of
from tests.groups.signing_in import sign_in_staff
from tests.livetext.people import editor_of, reader_of
from tests.livetext.talking import begin, write
from tests.livetext.texts import break_log

pytestmark = pytest.mark.django_db
WORD = Passage("Wort")
SCRIPT = "<script>alert(1)</script>"
WHO = ["coordinator", "beginner", "editor", "reader", "stranger", "superuser"]
# What each may do with a note that somebody else of the group has begun, but for the beginner.
VERBS = {
    "coordinator": {"view", "change", "close"},
    "beginner": {"view", "change", "close"},
    "editor": {"view", "change"},
    "reader": {"view"},
    "stranger": set(),
    "superuser": {"view", "change", "close"},
}


def person(who, note):
    if who == "coordinator":
        return coordinator_of(note.group)
    if who == "beginner":
        return note.created_by
    if who == "superuser":
        return UserFactory(is_superuser=True)
    if who == "stranger":
        return MembershipFactory(role=Membership.Role.EDITOR).user
    return {"editor": editor_of, "reader": reader_of}[who](note.group)


def sign_in(client, user):
    (sign_in_staff if user.is_staff else lambda c, u: c.force_login(u))(client, user)


@pytest.fixture
def note():
    group = MembershipFactory().group
    return NoteFactory(group=group, title="Ziele", created_by=editor_of(group))


@pytest.mark.parametrize("who", WHO)
def test_every_address_of_a_note_is_open_to_whom_the_matrix_names(client, note, who):
    sign_in(client, person(who, note))
    verbs = {"view": "note", "change": "rename", "close": "close"}
    unseen = "view" not in VERBS[who]

    for verb, name in verbs.items():
        method = client.post if verb == "close" else client.get
        status = method(reverse(f"notebook:{name}", args=[note.pk])).status_code
        refused = 404 if unseen else 403
        assert status == (refused if verb not in VERBS[who] else 302 if verb == "close" else 200)


@pytest.mark.parametrize("who", WHO)
def test_the_list_the_permission_and_the_owner_agree_on_who_sees_a_note(note, who):
    user = person(who, note)

    seen = Note.objects.visible_to(user).contains(note)

    assert seen == user.has_perm("groups.view_note", note)
    assert seen == (access(user, note.text) >= Access.READ)
    assert user.has_perm("groups.change_note", note) == (access(user, note.text) >= Access.WRITE)


def test_a_stranger_and_somebody_locked_out_see_no_note(note):
    locked = editor_of(note.group)
    locked.is_active = False

    for user in (AnonymousUser(), locked):
        assert not Note.objects.visible_to(user).exists()
        assert not user.has_perm("groups.view_note", note)


def test_whoever_only_begins_and_then_reads_can_close_no_more(note):
    note.created_by.memberships.update(role=Membership.Role.READER)

    assert not note.created_by.has_perm("groups.close_note", note)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_queries_for_any_number_of_notes(
    client, note, count, django_assert_num_queries
):
    editor = editor_of(note.group)
    for number in range(count - 1):
        NoteFactory(group=note.group, title=f"Notiz {number}")
    for each in Note.objects.all():
        write(each.text, editor, "Wort")
        begin(each.text, editor, passage=WORD)
    client.force_login(editor)

    with django_assert_num_queries(5):
        page = client.get(reverse("notebook:list"))

    assert page.content.decode().count("notes__title") == count
    assert str(editor) in page.content.decode()


def test_a_row_tells_who_was_last_and_how_much_is_open(client, note):
    anna, ben = editor_of(note.group), editor_of(note.group)
    write(note.text, anna, "Erst")
    write(note.text, ben, "Erst Wort")
    begin(note.text, ben, passage=WORD)
    thread = begin(note.text, ben, passage=WORD)
    CommentThread.objects.filter(pk=thread.pk).update(resolved_at="2026-01-01T00:00Z")

    [found] = Note.objects.visible_to(anna).with_activity()

    assert (found.changed_by, found.open_threads) == (ben.name, 1)


def test_closed_notes_stand_below_the_open_ones(client, note):
    client.force_login(note.created_by)
    client.post(reverse("notebook:close", args=[note.pk]))

    [(group, still_open, closed)] = client.get(reverse("notebook:list")).context["shelves"]

    assert (group, still_open, closed) == (note.group, [], [note])


def test_a_note_is_begun_and_opens_for_writing(client, note):
    client.force_login(note.created_by)
    form = client.get(reverse("notebook:begin"))

    answer = client.post(
        reverse("notebook:begin"), {"title": " Wärme \r\n", "group": note.group.pk}, follow=True
    )

    begun = Note.objects.get(title="Wärme")
    assert 'type="hidden"' in form.content.decode()  # there is only one group to choose
    assert answer.redirect_chain[-1][0] == begun.get_absolute_url()
    assert 'data-editor="text-' in answer.content.decode()


def test_nobody_begins_a_note_in_a_group_where_he_only_reads(client, note):
    client.force_login(reader_of(note.group))

    assert client.get(reverse("notebook:begin")).status_code == 403

    client.force_login(MembershipFactory().user)
    sent = {"title": "Fremd", "group": note.group.pk}
    assert client.post(reverse("notebook:begin"), sent).status_code == 200
    assert not Note.objects.filter(title="Fremd").exists()


def test_a_title_without_letters_is_asked_for_again_and_nothing_else_happens(client, note):
    client.force_login(note.created_by)

    page = client.post(reverse("notebook:rename", args=[note.pk]), {"title": "\u202e \x00"})

    note.refresh_from_db()
    assert (page.status_code, note.title) == (200, "Ziele")
    assert _("Error:") in page.content.decode().partition("</title>")[0]


def test_a_reader_reads_and_is_offered_nothing_that_he_may_not_do(client, note):
    write(note.text, note.created_by, "Alles gut")
    client.force_login(reader_of(note.group))

    page = client.get(note.get_absolute_url()).content.decode()

    assert "<p>Alles gut</p>" in page
    assert "data-editor" not in page
    for name in ("rename", "close"):
        assert reverse(f"notebook:{name}", args=[note.pk]) not in page
    assert reverse("text:edit", args=[note.text_id]) not in page


def test_a_closed_note_says_so_and_can_be_opened_again(client, note):
    client.force_login(note.created_by)
    client.post(reverse("notebook:close", args=[note.pk]))

    closed = client.get(note.get_absolute_url()).content.decode()
    client.post(reverse("notebook:reopen", args=[note.pk]))

    assert "data-editor" not in closed
    assert "data-editor" in client.get(note.get_absolute_url()).content.decode()


def test_closing_twice_is_told_and_harmless(client, note):
    client.force_login(note.created_by)
    address = reverse("notebook:close", args=[note.pk])
    client.post(address)

    page = client.post(address, follow=True)

    assert _("This note is closed already.") in page.content.decode()


def test_a_script_in_title_or_text_is_only_words(client, note):
    Note.objects.filter(pk=note.pk).update(title=SCRIPT)
    write(note.text, note.created_by, SCRIPT)
    client.force_login(note.created_by)

    for address in (
        reverse("notebook:list"),
        note.get_absolute_url(),
        reverse("notebook:rename", args=[note.pk]),
        reverse("member:home"),
    ):
        page = client.get(address).content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


def test_what_is_new_names_the_note_and_who_wrote(client, note):
    write(note.text, note.created_by, "Wort")
    client.force_login(note.created_by)

    page = client.get(reverse("member:home")).content.decode()

    assert note.get_absolute_url() in page
    assert (
        _("%(name)s was the last to write in “%(title)s”.")
        % {
            "name": note.created_by,
            "title": "Ziele",
        }
        in page
    )


def test_a_note_of_another_group_is_no_news(client, note):
    write(note.text, note.created_by, "Wort")
    client.force_login(MembershipFactory().user)

    assert "Ziele" not in client.get(reverse("member:home")).content.decode()


def test_a_text_that_cannot_be_built_is_shown_as_its_last_good_state_says(client, note):
    write(note.text, note.created_by, "Guter Stand")
    snapshots.take(note.text)
    break_log(note.text, b"no update at all")
    LiveText.objects.filter(pk=note.text_id).update(quarantined_at="2026-01-01T00:00Z")
    client.force_login(note.created_by)

    page = client.get(note.get_absolute_url()).content.decode()

    assert "<p>Guter Stand</p>" in page
    assert _("This text can only be read at the moment.") in page
    assert "data-editor" not in page


@pytest.mark.parametrize("who", [editor_of, reader_of])
def test_who_writes_in_a_long_text_is_told_in_time(client, note, settings, who):
    write(note.text, editor_of(note.group), "Lang. " * 100)
    snapshots.take(note.text)
    settings.LIVETEXT = {**settings.LIVETEXT, "STATE_BYTES": 1500}
    client.force_login(who(note.group))

    html = client.get(note.get_absolute_url()).content.decode()

    assert (_("This text has become long") in html) == (who is editor_of)

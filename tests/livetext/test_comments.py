"""Talk beside a text: who may take part, what it leaves in the text, who hears of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from groups.models import User
from in4green.activity.models import Delivery, LogEntry
from in4green.livetext import owners, services
from in4green.livetext.discussion import anchors, comments
from in4green.livetext.discussion.anchors import Passage
from in4green.livetext.document import crdt
from in4green.livetext.models import Comment, CommentThread, TextUpdate
from in4green.livetext.owners import owner_of
from in4green.livetext.rules import may_comment, may_read_comments
from tests.factories import UserFactory
from tests.livetext.people import editor_of, reader_of
from tests.livetext.talking import (
    anna,
    begin,
    ben,
    commenting,
    content_of,
    member,
    note,
    text,
    write,
)
from tests.livetext.writing import doc, p

__all__ = ["anna", "ben", "commenting", "note", "text"]

pytestmark = pytest.mark.django_db


def marked(text, thread):
    """The words that carry the thread's mark."""
    return "".join(_marked(content_of(text), str(thread.pk)))


def _marked(part, thread):
    for mark in part.get("marks", []):
        if mark["type"] == "comment" and mark["attrs"]["thread"] == thread:
            yield part["text"]
    for child in part.get("content", []):
        yield from _marked(child, thread)


def told():
    """Whom the outbox writes to, and about what."""
    rows = Delivery.objects.values_list("notification__kind", "address")
    return sorted(rows)


def kept(text):
    return CommentThread.objects.filter(text=text)


def test_a_thread_begins_with_a_comment_and_a_mark_on_its_words(text, anna):
    thread = begin(text, anna)

    assert marked(text, thread) == "Abwärme"
    assert (thread.quote, thread.prefix, thread.suffix) == (
        "Abwärme",
        "Wir nutzen ",
        " gemeinsam.",
    )
    assert [(c.author, c.body) for c in thread.comments.all()] == [(anna, "Stimmt das?")]
    update = text.updates.latest("seq")
    assert (update.kind, update.author) == (TextUpdate.Kind.COMMENT, anna)


def test_a_thread_whose_words_are_not_there_is_kept_without_a_place(text, anna):
    before = text.head_seq

    opened = comments.open_thread(text, by=anna, passage=Passage("Neue Wörter"), body="?")

    text.refresh_from_db()
    assert opened == (kept(text).get(), False)
    assert text.head_seq == before


def test_who_may_only_comment_marks_the_text_but_cannot_write_it(commenting):
    text = services.create_text("talk")
    person = UserFactory()
    writer = UserFactory()
    content = crdt.from_json(doc(p("Wir nutzen Abwärme gemeinsam.")))
    services._append(text, content, by=writer, kind=TextUpdate.Kind.IMPORT)
    commenting.append(person)

    thread = begin(text, person)

    assert marked(text, thread) == "Abwärme"
    with pytest.raises(PermissionDenied):
        write(text, person, "Anders.")


@pytest.mark.parametrize(
    "act",
    [
        lambda thread, by: begin(thread.text, by),
        lambda thread, by: comments.reply(thread, by=by, body="Ja."),
        lambda thread, by: comments.resolve(thread, by=by),
        lambda thread, by: comments.reopen(thread, by=by),
        lambda thread, by: comments.edit_comment(thread.comments.get(), by=by, body="Nein."),
        lambda thread, by: comments.delete_comment(thread.comments.get(), by=by),
    ],
)
def test_readers_and_strangers_change_nothing(text, note, anna, act):
    thread = begin(text, anna)
    log = LogEntry.objects.count()

    for person in (reader_of(note.group), UserFactory()):
        with pytest.raises(PermissionDenied):
            act(thread, person)

    thread.refresh_from_db()
    assert thread.resolved_at is None
    assert [c.body for c in thread.comments.all()] == ["Stimmt das?"]
    assert LogEntry.objects.count() == log


@pytest.mark.parametrize(
    "act",
    [
        lambda comment, by: comments.edit_comment(comment, by=by, body="Nein."),
        lambda comment, by: comments.delete_comment(comment, by=by),
    ],
)
def test_nobody_changes_what_another_has_said(text, anna, ben, act):
    comment = begin(text, anna).comments.get()

    with pytest.raises(PermissionDenied):
        act(comment, ben)

    comment.refresh_from_db()
    assert comment.body == "Stimmt das?"


def test_who_has_lost_the_right_to_comment_cannot_change_own_comments(text, note, anna):
    comment = begin(text, anna).comments.get()
    anna.memberships.update(role="reader")

    with pytest.raises(PermissionDenied):
        comments.edit_comment(comment, by=anna, body="Nein.")


def test_a_closed_note_can_be_read_with_its_comments_and_nothing_more(text, note, anna):
    note.closed_at = timezone.now()
    note.save()

    assert may_read_comments(anna, text)
    assert not may_comment(anna, text)


def test_talk_is_not_for_everybody_who_may_read_the_text(commenting):
    text = services.create_text("talk")
    stranger, person = UserFactory(), UserFactory()
    commenting.append(person)

    assert (may_read_comments(person, text), may_read_comments(stranger, text)) == (True, False)


@pytest.mark.parametrize("body", ["", "  \n ", "\u202e", "x" * 4001])
def test_words_that_cannot_be_taken_leave_nothing_behind(text, anna, body):
    before = text.head_seq

    with pytest.raises(ValidationError):
        begin(text, anna, body)

    text.refresh_from_db()
    assert (kept(text).count(), text.head_seq) == (0, before)
    assert not told()


def test_a_comment_on_nothing_is_refused(text, anna):
    with pytest.raises(ValidationError):
        comments.open_thread(text, by=anna, passage=Passage(" \n"), body="Was?")


def test_a_long_passage_is_kept_as_its_beginning(text, anna):
    passage = Passage("Abwärme " * 100, "v" * 150 + "\0", "n" * 150)

    thread, _ = comments.open_thread(text, by=anna, passage=passage, body="Lang.")

    thread.refresh_from_db()
    assert (len(thread.quote), len(thread.prefix), len(thread.suffix)) == (500, 99, 100)


def test_what_is_typed_is_made_harmless(text, anna):
    thread = begin(text, anna, "  Eins\r\n\x00zwei\u202e  ")

    assert thread.comments.get().body == "Eins\nzwei"


def test_a_frozen_text_takes_no_comment(text, anna):
    text.quarantined_at = timezone.now()
    text.save()

    with pytest.raises(ValidationError):
        begin(text, anna)

    assert not kept(text).exists()


def test_an_answer_opens_a_resolved_thread_again(text, anna, ben):
    thread = begin(text, anna)
    comments.resolve(thread, by=anna)

    comments.reply(thread, by=ben, body="Noch nicht.")

    thread.refresh_from_db()
    assert (thread.resolved_at, thread.resolved_by) == (None, None)
    assert [c.body for c in thread.comments.all()] == ["Stimmt das?", "Noch nicht."]


def test_resolving_twice_is_resolving_once(text, anna, ben):
    thread = begin(text, anna)
    comments.resolve(thread, by=anna)
    first = CommentThread.objects.get().resolved_at

    comments.resolve(thread, by=ben)

    thread.refresh_from_db()
    assert (thread.resolved_at, thread.resolved_by) == (first, anna)


def test_a_resolved_thread_keeps_its_mark_for_the_day_when_it_is_reopened(text, anna):
    thread = begin(text, anna)
    comments.resolve(thread, by=anna)
    assert marked(text, thread) == "Abwärme"

    comments.reopen(thread, by=anna)

    assert kept(text).open().get() == thread


def test_a_thread_goes_with_its_only_comment_and_leaves_no_mark(text, anna):
    before = content_of(text)
    thread = begin(text, anna)

    comments.delete_comment(thread.comments.get(), by=anna)

    assert not kept(text).exists()
    assert content_of(text) == before


def test_a_thread_stays_while_somebody_else_has_spoken(text, anna, ben):
    thread = begin(text, anna)
    comments.reply(thread, by=ben, body="Ja.")

    comments.delete_comment(thread.comments.get(author=anna), by=anna)

    assert [c.body for c in kept(text).get().comments.all()] == ["Ja."]
    assert marked(text, thread) == "Abwärme"


def test_an_edited_comment_says_when(text, anna):
    comment = begin(text, anna).comments.get()
    assert comments.edit_comment(comment, by=anna, body="Stimmt das?").edited_at is None

    comments.edit_comment(comment, by=anna, body="Stimmt es?")

    comment.refresh_from_db()
    assert comment.body == "Stimmt es?"
    assert comment.edited_at > comment.created_at


def test_everything_is_in_the_log_but_not_what_was_said(text, anna, ben):
    thread = begin(text, anna)
    comments.reply(thread, by=ben, body="Ja.")
    comments.edit_comment(thread.comments.get(author=ben), by=ben, body="Nein.")
    comments.resolve(thread, by=ben)
    comments.reopen(thread, by=anna)
    comments.delete_comment(thread.comments.get(author=ben), by=ben)

    entries = LogEntry.objects.filter(action__startswith="comments.").order_by("pk")
    assert [(entry.action, entry.actor, entry.subject_id, entry.data) for entry in entries] == [
        (f"comments.{action}", actor, str(thread.pk), {})
        for action, actor in [
            ("opened", anna),
            ("replied", ben),
            ("edited", ben),
            ("resolved", ben),
            ("reopened", anna),
            ("deleted", ben),
        ]
    ]


def test_a_mark_survives_words_that_are_written_around_it(text, anna):
    thread = begin(text, anna)

    write(text, anna, "Heute nutzen wir die Abwärme wieder gemeinsam.", "Und morgen?")

    assert marked(text, thread) == "Abwärme"
    assert anchors.threads(content_of(text)) == [str(thread.pk)]


class TestWhoIsTold:
    def test_a_member_who_is_named_or_chosen_gets_one_mail(self, text, anna, ben):
        cem = member(text.note.group, "Cem Beispiel")

        begin(
            text,
            anna,
            "@Ben Beispiel und nochmals @ben  beispiel: stimmt das?",
            mentions=[ben, cem],
        )

        assert told() == [("comments.mentioned", ben.email), ("comments.mentioned", cem.email)]
        assert set(Comment.objects.get().mentions.all()) == {ben, cem}

    def test_nobody_is_told_of_the_own_words(self, text, anna):
        begin(text, anna, "@Anna Beispiel, denk daran.", mentions=[anna])

        assert told() == []

    def test_nobody_without_access_is_told(self, text, anna):
        stranger = UserFactory(name="Fremde Person")
        former = member(text.note.group, "Frühere Person")
        yesterday = timezone.localdate() - timedelta(days=1)
        former.memberships.update(starts_on=yesterday, ends_on=yesterday)
        locked = member(text.note.group, "Gesperrte Person")
        type(locked).objects.filter(pk=locked.pk).update(is_active=False)

        names = "@Fremde Person @Frühere Person @Gesperrte Person"
        begin(text, anna, names, mentions=[stranger, former, locked])

        assert told() == []
        assert not Comment.objects.get().mentions.exists()

    def test_a_member_who_may_not_read_this_text_is_not_told(self, text, anna, monkeypatch):
        """Of a room that lets some of its members read alone."""
        stranger = UserFactory(name="Fremde Person")
        everybody = replace(owner_of(text), members=lambda text: User.objects.all())
        monkeypatch.setitem(owners._owners, text.kind, everybody)

        begin(text, anna, "@Fremde Person", mentions=[stranger])

        assert told() == []

    def test_those_who_take_part_hear_of_an_answer_once(self, text, anna, ben):
        cem = member(text.note.group, "Cem Beispiel")
        member(text.note.group, "Dana Beispiel")
        thread = begin(text, anna, mentions=[cem])
        comments.reply(thread, by=ben, body="Ja.")
        Delivery.objects.all().delete()

        comments.reply(thread, by=ben, body="@Anna Beispiel: doch nicht.")

        assert told() == [("comments.mentioned", anna.email), ("comments.replied", cem.email)]

    def test_who_has_left_hears_of_no_answer(self, text, anna, ben):
        thread = begin(text, ben)
        ben.memberships.all().delete()

        comments.reply(thread, by=anna, body="Ja.")

        assert told() == []

    def test_an_edit_tells_only_who_is_named_anew(self, text, anna, ben):
        cem = member(text.note.group, "Cem Beispiel")
        comment = begin(text, anna, "@Ben Beispiel?").comments.get()

        comments.edit_comment(comment, by=anna, body="@Ben Beispiel und @Cem Beispiel?")

        assert told() == [("comments.mentioned", ben.email), ("comments.mentioned", cem.email)]

    def test_a_reader_of_the_group_can_be_told(self, text, anna, note):
        reader = reader_of(note.group)

        begin(text, anna, mentions=[reader])

        assert told() == [("comments.mentioned", reader.email)]


def test_the_comments_of_who_leaves_stay_without_a_name(text, anna):
    guest = editor_of(text.note.group)
    comment = begin(text, guest).comments.get()

    guest.delete()

    comment.refresh_from_db()
    assert (comment.author, comment.body) == (None, "Stimmt das?")

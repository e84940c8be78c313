"""Letters about comments, as they arrive; and those that are no longer due."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groups.models import Note, User
from in4green.activity import outbox
from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery
from in4green.livetext import notifications
from in4green.livetext.discussion import comments
from in4green.livetext.discussion.anchors import Passage
from in4green.livetext.models import Comment
from tests.livetext.talking import anna, begin, ben, member, note, text, write

__all__ = ["anna", "ben", "note", "text"]
KINDS = [notifications.MENTIONED, notifications.REPLIED]
HOSTILE = '"><img src=x onerror=alert(1)>'


def letters(server, count):
    """What the mail server got, by address: subject, text, HTML."""
    outbox.send_all()
    return {
        received.recipients[0]: (received.subject.strip(), received.text, received.html)
        for received in server.wait_for_messages(count)
    }


@pytest.mark.django_db(transaction=True)
def test_letters_say_who_where_and_what_and_lead_to_the_thread(text, anna, ben, smtp_server):
    thread = begin(text, anna, "@Ben Beispiel, stimmt das?\n\nIch glaube, ja.")
    comments.reply(thread, by=ben, body="Es stimmt.")

    found = letters(smtp_server, 2)

    subject, plain, html = found[ben.email]
    assert subject == "Anna Beispiel hat Sie in „Ziele“ erwähnt"
    assert "Anna Beispiel hat Sie in einem Kommentar zu „Ziele“ erwähnt." in plain
    assert "Die Stelle: „Abwärme“" in plain
    assert "@Ben Beispiel, stimmt das?\n\nIch glaube, ja." in plain
    assert "weil Sie in einem Kommentar erwähnt wurden" in " ".join(plain.split())
    address = f"/texte/{text.pk}/kommentare/?thread={thread.pk}#thread-{thread.pk}"
    assert f"http://localhost:8000{address}\n" in plain
    assert f'href="http://localhost:8000{address}"' in html
    assert "Ich glaube, ja." in html
    subject, plain, _ = found[anna.email]
    assert subject == "Ben Beispiel hat in „Ziele“ geantwortet"
    assert "Es stimmt." in plain


@pytest.mark.django_db(transaction=True)
def test_letters_are_in_the_language_of_who_reads_them(text, anna, ben, smtp_server):
    User.objects.filter(pk=ben.pk).update(language="en")
    thread = begin(text, anna, mentions=[ben])

    subject, plain, _ = letters(smtp_server, 1)[ben.email]

    assert subject == "Anna Beispiel mentioned you in “Ziele”"
    assert f"/en/texts/{text.pk}/comments/?thread={thread.pk}" in plain


@pytest.mark.django_db(transaction=True)
def test_nothing_that_people_typed_is_markup_or_a_header(note, text, ben, smtp_server):
    person = member(note.group, f"Anna {HOSTILE}")
    Note.objects.update(title=f"Ziele\r\nBcc: all@example.org{HOSTILE}")
    write(text, person, f"Wir {HOSTILE} sagen. " + "Lang " * 100)
    begin(text, person, HOSTILE, Passage(f"{HOSTILE} sagen. " + "Lang " * 90), mentions=[ben])

    subject, plain, html = letters(smtp_server, 1)[ben.email]

    assert subject.endswith(f"in „Ziele Bcc: all@example.org{HOSTILE}“ erwähnt")
    assert "<img src=x" not in html
    assert HOSTILE in plain
    assert "Lang " * 40 not in plain.replace("\n", " ")


@pytest.mark.django_db
class TestWhatIsStillDue:
    def due(self):
        (delivery,) = Delivery.objects.all()
        return get_kind(delivery.notification.kind).still_due(delivery)

    @pytest.fixture
    def mentioned(self, text, anna, ben):
        comment: Comment = begin(text, anna, mentions=[ben]).comments.get()
        assert self.due()
        return comment

    def test_not_a_comment_that_is_gone(self, mentioned, anna):
        comments.delete_comment(mentioned, by=anna)

        assert not self.due()

    def test_not_one_in_a_resolved_thread(self, mentioned, anna):
        comments.resolve(mentioned.thread, by=anna)

        assert not self.due()

    def test_nothing_for_who_has_left_the_group(self, mentioned, ben):
        yesterday = timezone.localdate() - timedelta(days=1)
        ben.memberships.update(starts_on=yesterday, ends_on=yesterday)

        assert not self.due()

    def test_nothing_for_a_locked_account(self, mentioned, ben):
        User.objects.filter(pk=ben.pk).update(is_active=False)

        assert not self.due()

    def test_a_changed_comment_is_told_as_it_is_now(self, mentioned, anna):
        comments.edit_comment(mentioned, by=anna, body="Stimmt es doch?")
        (delivery,) = Delivery.objects.all()

        letter = get_kind(delivery.notification.kind).write(delivery)

        assert "Stimmt es doch?" in letter.paragraphs

    def test_who_has_left_is_a_former_member(self, mentioned, anna):
        anna.delete()
        (delivery,) = Delivery.objects.all()

        letter = get_kind(delivery.notification.kind).write(delivery)

        assert letter.subject == "Ein ehemaliges Mitglied hat Sie in „Ziele“ erwähnt"


@pytest.mark.parametrize("kind", KINDS)
def test_the_letters_have_titles_and_their_words_are_for_their_readers_alone(kind):
    assert str(get_kind(kind).title)
    assert get_kind(kind).subjects is None

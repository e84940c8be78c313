"""The page of a text's comments, its list for the editor's margin, and what is done there."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Note
from in4green.livetext.discussion import comments
from in4green.livetext.discussion.anchors import Passage
from in4green.livetext.document import crdt
from in4green.livetext.models import CommentThread, TextUpdate
from in4green.livetext.services import _append, create_text
from tests.factories import MembershipFactory, NoteFactory, UserFactory, WorkingGroupFactory
from tests.livetext.people import reader_of
from tests.livetext.talking import (
    SENTENCE,
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
SCRIPT = "<script>alert(1)</script>"
FETCH = {"X-Requested-With": "fetch"}
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def portal(settings):
    WorkingGroupFactory(slug=settings.DEFAULT_GROUP)


def at(name, text, *args):
    return reverse(f"text:{name}", args=[text.pk, *args])


def as_(user):
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def page(user, text, **query):
    return as_(user).get(at("comments", text), query)


def listed(answer):
    """Quotes of the threads, in their order."""
    return [row.thread.quote for row in answer.context["talk"].rows]


def test_the_page_shows_the_text_its_passages_and_what_was_said(text, anna, ben):
    thread = begin(text, anna, "Stimmt das?\nWirklich?")
    comments.reply(thread, by=ben, body="Ja.")

    html = page(anna, text).content.decode()

    assert f'<mark id="comment-{thread.pk}-1" data-thread="{thread.pk}">Abwärme</mark>' in html
    assert f'href="#thread-{thread.pk}"' in html
    assert f'href="#comment-{thread.pk}-1"' in html
    assert "Stimmt das?<br>Wirklich?" in html
    assert html.index("Anna Beispiel") < html.index("Ben Beispiel")


def test_threads_stand_in_the_order_of_the_text_lost_ones_last(text, anna):
    write(text, anna, "Eins und zwei.", "Drei.")
    for word in ("Drei", "zwei", "weg", "Eins"):
        begin(text, anna, passage=Passage(word))

    answer = page(anna, text)

    assert listed(answer) == ["Eins", "zwei", "Drei", "weg"]
    gone = [row.is_gone for row in answer.context["talk"].rows]
    assert gone == [False, False, False, True]
    assert answer.content.decode().count("Diese Stelle steht nicht mehr im Text.") == 1


def test_a_thread_whose_passage_goes_stays_listed_with_its_quote(text, anna):
    thread = begin(text, anna)
    write(text, anna, "Etwas anderes.")

    html = page(anna, text).content.decode()

    assert "<q>Abwärme</q>" in html
    assert "Diese Stelle steht nicht mehr im Text." in html
    assert f"#comment-{thread.pk}-1" not in html


def test_resolved_threads_are_a_list_of_their_own_without_marks_in_the_open_one(text, anna):
    thread = begin(text, anna)
    comments.resolve(thread, by=anna)

    opened, resolved = page(anna, text), page(anna, text, show="resolved")

    assert (listed(opened), listed(resolved)) == ([], ["Abwärme"])
    assert "<mark" not in opened.content.decode()
    assert f'data-thread="{thread.pk}"' in resolved.content.decode()
    assert "Erledigt von Anna Beispiel" in resolved.content.decode()


def test_a_thread_that_is_asked_for_is_listed_even_when_it_is_resolved(text, anna):
    """Links in mails lead there, and whoever has just resolved it stays where he is."""
    thread = begin(text, anna)
    comments.resolve(thread, by=anna)

    assert listed(page(anna, text, thread=thread.pk)) == ["Abwärme"]
    assert listed(page(anna, text, thread="nonsense")) == []
    assert listed(page(anna, text, thread=uuid.uuid4())) == []


def test_comments_of_who_has_left_say_so(text, anna, ben):
    thread = begin(text, ben)
    comments.resolve(thread, by=ben)
    ben.delete()

    html = page(anna, text, show="resolved").content.decode()

    assert "Ehemaliges Mitglied" in html
    assert "Erledigt von einem ehemaligen Mitglied" in html


def test_what_people_type_is_never_markup(note, text):
    person = member(note.group, SCRIPT)
    other = member(note.group, f"B{SCRIPT}")
    Note.objects.update(title=SCRIPT)
    write(text, person, f"Wir {SCRIPT} sagen.")
    thread = begin(text, person, SCRIPT, Passage(SCRIPT), mentions=[other])
    comments.reply(thread, by=other, body=f'"><img src=x onerror=alert(1)>{SCRIPT}')
    comments.resolve(thread, by=person)

    shown = [
        page(other, text, show="resolved").content.decode(),
        as_(other).get(at("new_comment", text)).content.decode(),
        as_(other).get(at("comment_list", text), {"show": "resolved"}).content.decode(),
    ]

    for html in shown:
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown[0]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["comments", "comment_list"])
def test_the_number_of_queries_does_not_grow(
    text, note, anna, ben, name, count, django_assert_num_queries
):
    for _ in range(count):
        thread = begin(text, anna, mentions=[ben])
        comments.reply(thread, by=ben, body="Ja.")
    for _ in range(count):
        MembershipFactory(group=note.group)
    client = as_(anna)

    with django_assert_num_queries({"comments": 22, "comment_list": 20}[name]):
        answer = client.get(at(name, text))

    assert len(answer.context["talk"].rows) == count


GET = ["comments", "comment_list", "new_comment"]


@pytest.mark.parametrize("name", GET)
def test_nobody_else_learns_that_there_are_comments(text, anna, name):
    begin(text, anna)
    address = at(name, text)

    assert as_(MembershipFactory().user).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert as_(anna).get(at(name, text).replace(str(text.pk), "999999")).status_code == 404


def test_who_may_read_the_text_alone_is_shown_no_talk_about_it(commenting):
    public, person, stranger = create_text("talk"), UserFactory(), UserFactory()
    commenting.append(person)

    assert page(person, public).status_code == 200
    for name in GET:
        assert as_(stranger).get(at(name, public)).status_code == 404
        assert Client().get(at(name, public)).status_code == 404


def test_who_may_only_comment_has_all_that_it_takes(commenting):
    public, person = create_text("talk"), UserFactory()
    commenting.append(person)
    content = crdt.from_json(doc(p(SENTENCE)))
    _append(public, content, by=UserFactory(), kind=TextUpdate.Kind.IMPORT)

    answer = as_(person).post(
        at("comment", public), {"quote": "Abwärme", "body": "Gut."}, headers=JSON
    )

    assert answer.json()["marked"]
    assert "<textarea" in page(person, public).content.decode()


def test_a_reader_sees_the_talk_and_no_form(text, note, anna):
    begin(text, anna)

    html = page(reader_of(note.group), text).content.decode()

    assert "Stimmt das?" in html
    assert "<textarea" not in html
    assert "<form" not in html.partition("<main")[2].partition("</main>")[0]


def test_what_a_reader_may_not_do_is_refused(text, note, anna):
    thread = begin(text, anna)
    said = thread.comments.get()
    client = as_(reader_of(note.group))

    answers = [
        client.post(at("comment", text), {"quote": "Abwärme", "body": "?"}),
        client.post(at("reply", text, thread.pk), {"body": "?"}),
        client.post(at("resolve", text, thread.pk)),
        client.post(at("reopen", text, thread.pk)),
        client.post(at("edit_comment", text, said.pk), {"body": "?"}),
        client.post(at("delete_comment", text, said.pk)),
        client.get(at("new_comment", text)),
    ]

    assert {answer.status_code for answer in answers} == {403}


def test_a_thread_of_another_text_is_not_found(text, anna, note):
    other = MembershipFactory().user
    thread = begin(text, anna)
    foreign = NoteFactory(group=other.memberships.get().group).text
    client = as_(other)

    for name in ("reply", "resolve", "reopen"):
        assert client.post(at(name, foreign, thread.pk), {"body": "?"}).status_code == 404
    for name in ("edit_comment", "delete_comment"):
        said = thread.comments.get()
        assert client.post(at(name, foreign, said.pk), {"body": "?"}).status_code == 404


@pytest.mark.parametrize("name", ["comment", "reply", "resolve", "reopen"])
def test_nothing_is_done_by_a_link(text, anna, name):
    thread = begin(text, anna)
    args = [] if name == "comment" else [thread.pk]

    assert as_(anna).get(at(name, text, *args)).status_code == 405


def test_a_form_without_a_token_is_refused(text, anna):
    thread = begin(text, anna)
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)

    assert client.post(at("resolve", text, thread.pk)).status_code == 403


def there(text, thread):
    return f"{at('comments', text)}?thread={thread.pk}#thread-{thread.pk}"


def test_every_action_leads_back_to_its_thread(text, anna):
    thread = begin(text, anna)
    said = thread.comments.get()
    client = as_(anna)

    for address, data in [
        (at("reply", text, thread.pk), {"body": "Ja."}),
        (at("edit_comment", text, said.pk), {"body": "Stimmt es?"}),
        (at("resolve", text, thread.pk), {}),
        (at("reopen", text, thread.pk), {}),
        (at("delete_comment", text, said.pk), {}),
    ]:
        assert client.post(address, data).url == there(text, thread)

    assert [c.body for c in thread.comments.all()] == ["Ja."]


def test_the_last_comment_leads_back_to_the_list(text, anna):
    thread = begin(text, anna)

    answer = as_(anna).post(at("delete_comment", text, thread.comments.get().pk))

    assert answer.url == f"{at('comments', text)}#comments"
    assert not CommentThread.objects.exists()


def test_an_answer_can_tell_a_member(text, anna, ben):
    thread = begin(text, anna)

    as_(anna).post(at("reply", text, thread.pk), {"body": "Siehe oben.", "mention": ben.pk})

    assert list(thread.comments.last().mentions.all()) == [ben]


def test_who_is_no_member_cannot_be_told(text, anna):
    thread = begin(text, anna)
    answer = as_(anna).post(
        at("reply", text, thread.pk), {"body": "Nein.", "mention": UserFactory().pk}
    )

    assert answer.status_code == 422
    assert thread.comments.count() == 1


def test_words_that_cannot_be_taken_stand_in_their_form_again(text, anna):
    thread, other = begin(text, anna), begin(text, anna)

    answer = as_(anna).post(at("reply", text, thread.pk), {"body": "x" * 4001})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count("x" * 4001) == 1
    assert f'href="#commentthread-{thread.pk}-body"' in html
    assert re.search(rf'<details open>\s*<summary id="answer-{thread.pk}"', html)
    assert not re.search(rf'<details open>\s*<summary id="answer-{other.pk}"', html)
    assert "<title>Fehler:" in html


def test_a_change_that_cannot_be_taken_stands_in_its_form_again(text, anna):
    said = begin(text, anna).comments.get()

    answer = as_(anna).post(at("edit_comment", text, said.pk), {"body": " "})

    assert answer.status_code == 422
    assert f'href="#comment-{said.pk}-body"' in answer.content.decode()


def test_a_script_that_asks_gets_the_list_alone(text, anna):
    thread = begin(text, anna)
    client = as_(anna)

    answer = client.post(at("resolve", text, thread.pk), headers=FETCH)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in html
    assert f'id="thread-{thread.pk}"' in html
    assert f'data-talk="{at("comment_list", text)}?thread={thread.pk}"' in html
    refused = client.post(at("reply", text, thread.pk), {"body": ""}, headers=FETCH)
    assert (refused.status_code, b"<html" in refused.content) == (422, False)
    gone = client.post(at("delete_comment", text, thread.comments.get().pk), headers=FETCH)
    assert (gone.status_code, b"thread-" in gone.content) == (200, False)


class TestFromTheEditor:
    def post(self, user, text, headers=JSON, **data):
        passage = {"quote": "Abwärme", "prefix": "Wir nutzen ", "suffix": " gemeinsam."}
        return as_(user).post(
            at("comment", text), {**passage, "body": "Stimmt das?", **data}, headers=headers
        )

    def test_a_thread_is_opened_and_its_passage_marked(self, text, anna, ben):
        answer = self.post(anna, text, mention=ben.pk)

        thread = CommentThread.objects.get()
        assert answer.status_code == 201
        assert answer.json() == {"thread": str(thread.pk), "marked": True}
        assert list(thread.comments.get().mentions.all()) == [ben]
        marked = content_of(text)["content"][0]["content"][1]
        assert (marked["text"], marked["marks"][0]["attrs"]) == (
            "Abwärme",
            {"thread": str(thread.pk)},
        )

    def test_a_passage_that_is_not_saved_yet_is_left_to_the_editor(self, text, anna):
        answer = self.post(anna, text, quote="Gerade getippt")

        assert (answer.status_code, answer.json()["marked"]) == (201, False)

    def test_line_ends_are_those_of_the_text(self, text, anna):
        """A browser sends every line end as two characters."""
        write(text, anna, "Eins", "Zwei")

        answer = self.post(anna, text, quote="Eins\r\nZwei", prefix="", suffix="")

        assert answer.json()["marked"]

    @pytest.mark.parametrize("wrong", [{"body": ""}, {"quote": " "}, {"body": "x" * 4001}])
    def test_what_is_wrong_is_said_in_words(self, text, anna, wrong):
        answer = self.post(anna, text, **wrong)

        assert answer.status_code == 422
        assert answer.json()["error"].endswith(".")
        assert not CommentThread.objects.exists()

    def test_a_form_that_was_sent_again_after_signing_in_leads_to_the_thread(self, text, anna):
        answer = self.post(anna, text, headers={"Accept": "text/html"})

        assert answer.url == there(text, CommentThread.objects.get())


class TestWithoutJavaScript:
    def test_a_block_is_chosen_from_the_text(self, text, anna):
        write(text, anna, "Eins.", "", SENTENCE)
        client = as_(anna)
        form = client.get(at("new_comment", text)).context["form"]
        keys = {label: key for key, label in form.fields["block"].choices}
        assert list(keys) == ["Eins.", SENTENCE]

        answer = client.post(at("new_comment", text), {"block": keys[SENTENCE], "body": "Gut."})

        thread = CommentThread.objects.get()
        assert answer.url == there(text, thread)
        assert thread.quote == SENTENCE
        assert content_of(text)["content"][2]["content"][0]["marks"]

    def test_of_equal_blocks_the_chosen_one_is_marked(self, text, anna):
        write(text, anna, "Gut.", "Eins.", "Gut.", "Zwei.")
        client = as_(anna)
        form = client.get(at("new_comment", text)).context["form"]
        key = form.fields["block"].choices[2][0]

        client.post(at("new_comment", text), {"block": key, "body": "Wirklich?"})

        marks = ["marks" in block["content"][0] for block in content_of(text)["content"]]
        assert marks == [False, False, True, False]

    def test_a_block_that_has_changed_meanwhile_is_asked_for_again(self, text, anna):
        client = as_(anna)
        form = client.get(at("new_comment", text)).context["form"]
        key = form.fields["block"].choices[0][0]
        write(text, anna, "Etwas anderes.")

        answer = client.post(at("new_comment", text), {"block": key, "body": "Mein Satz."})

        assert "Diese Stelle hat sich inzwischen geändert" in answer.content.decode()
        assert "Mein Satz." in answer.content.decode()
        assert not CommentThread.objects.exists()

    def test_an_empty_text_says_that_there_is_nothing_to_comment_on(self, text, anna):
        write(text, anna)

        assert "der Text ist leer" in as_(anna).get(at("new_comment", text)).content.decode()

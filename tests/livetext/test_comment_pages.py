"""The page of a text's comments and its list for the editor's margin: who sees what."""

import uuid

import pytest
from django.test import Client

from groups.models import Note
from in4green.livetext.discussion import comments
from in4green.livetext.discussion.anchors import Passage
from in4green.livetext.document import crdt
from in4green.livetext.models import TextUpdate
from in4green.livetext.services import _append, create_text
from tests.factories import MembershipFactory, NoteFactory, UserFactory
from tests.livetext.people import reader_of
from tests.livetext.talking import (
    JSON,
    SCRIPT,
    SENTENCE,
    anna,
    as_,
    at,
    begin,
    ben,
    commenting,
    listed,
    member,
    note,
    page,
    portal,
    text,
    write,
)
from tests.livetext.writing import doc, p

__all__ = ["anna", "ben", "commenting", "note", "portal", "text"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]


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

    with django_assert_num_queries({"comments": 21, "comment_list": 19}[name]):
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

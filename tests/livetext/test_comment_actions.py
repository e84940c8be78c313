"""What is done beside a text: each action leads back to its thread, and loses no words."""

import re

import pytest

from in4green.livetext.models import CommentThread
from tests.factories import UserFactory
from tests.livetext.talking import (
    FETCH,
    JSON,
    SENTENCE,
    anna,
    as_,
    at,
    begin,
    ben,
    commenting,
    content_of,
    note,
    portal,
    text,
    write,
)

__all__ = ["anna", "ben", "commenting", "note", "portal", "text"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]


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

"""A text as a browser sends it."""

import json

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given

from in4green.livetext.models import TextProposal
from in4green.livetext.owners import Access
from in4green.livetext.proposals.received import read_content
from tests.livetext.proposing import LINES, Forum, forum
from tests.livetext.talking import SCRIPT, as_, at
from tests.livetext.writing import comment, contents, doc, p, text

__all__ = ["forum"]


@given(contents(comments=True))
def test_what_an_editor_has_is_read_as_it_is(content):
    assert read_content(json.dumps(content)) == content


@pytest.mark.parametrize(
    "written",
    [
        "",
        "undefined",
        "[]",
        "{}",
        '{"type": "paragraph"}',
        '{"type": "doc"}',
        '{"type": "doc", "content": [1]}',
        '{"type": "doc", "content": {"a": 1}}',
        '{"type": "doc", "content": [{"type": ["p"]}]}',
        '{"type": "doc", "content": [{"type": "script"}]}',
        '{"type": "doc", "content": [{"type": "paragraph", "attrs": [1]}]}',
        '{"type": "doc", "content": [{"type": "paragraph", "attrs": {"onclick": "x"}}]}',
        '{"type": "doc", "content": [{"type": "paragraph", "marks": 1}]}',
        '{"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text"}]}]}',
        json.dumps({"type": "doc", "content": [p({"type": "text", "text": "a", "marks": ["x"]})]}),
        '{"type": "doc", "content": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"type":"doc","content":['
        + '{"type":"blockquote","content":[' * 9000
        + "]}" * 9000
        + "]}",
    ],
)
def test_what_is_no_text_is_refused(written):
    with pytest.raises(ValidationError):
        read_content(written)


def keep(forum, user, content):
    return as_(user).post(at("keep_proposal", forum.text), {"content": json.dumps(content)})


def test_what_an_editor_may_no_longer_save_is_kept_as_a_draft(forum: Forum):
    mine = doc(*map(p, LINES), p(text(f"Noch dies. {SCRIPT}", comment(1))))

    answer = keep(forum, forum.ben, mine)

    proposal = TextProposal.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {"url": at("proposal", forum.text, proposal.pk)}
    assert (proposal.author, proposal.state) == (forum.ben, TextProposal.State.DRAFT)
    assert proposal.content == doc(*map(p, LINES), p(f"Noch dies. {SCRIPT}"))
    assert proposal.base == forum.now()


def test_what_can_not_be_kept_is_answered_with_a_sentence(forum: Forum, settings):
    settings.LIVETEXT = {**settings.LIVETEXT, "STATE_BYTES": 2000}

    answers = [keep(forum, forum.ben, doc(p("Lang " * 900))), keep(forum, forum.ben, "x")]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all(answer.json()["error"].endswith(".") for answer in answers)
    assert not TextProposal.objects.exists()


def test_only_who_may_suggest_keeps_a_draft(forum: Forum):
    rita, fremd = forum.joins("Rita", Access.COMMENT), forum.joins("Fremd", Access.NOTHING)

    answers = [keep(forum, user, doc(p("Mein"))).status_code for user in (rita, fremd)]

    assert answers == [403, 404]

import base64
import json

from hypothesis import given

from in4green.livetext.content import tree
from tests.livetext.browser_editor import GOLDEN
from tests.livetext.writing import comment, contents, doc, items, node, p, text


def test_a_comment_is_named_as_a_browser_names_it():
    pair = json.loads((GOLDEN / "content-everything.json").read_text())
    thread = {"thread": "11111111-0000-4000-8000-000000000000"}

    key = tree.mark_key("comment", thread)

    assert key.startswith("comment--")
    assert key.encode() in base64.b64decode(pair["update"])


def test_a_mark_is_found_by_its_key():
    key = tree.mark_key("comment", comment(1)["attrs"])

    assert tree.mark_name(key) == "comment"
    assert tree.overlaps(key)
    assert tree.mark_name("bold") == "bold"
    assert not tree.overlaps("bold")


@given(contents(comments=True))
def test_a_tree_is_the_content_it_was_made_of(content):
    assert tree.to_json(tree.from_json(content)) == content


def test_texts_alike_are_joined_and_empty_ones_left_out():
    loose = {"type": "doc", "content": [p("a", "", "b", text("c", "bold"), text("d", "bold"))]}

    assert tree.to_json(tree.from_json(loose)) == {
        "type": "doc",
        "content": [p("ab", text("cd", "bold"))],
    }


def test_marks_are_sorted_and_attributes_named():
    loose = {
        "type": "doc",
        "content": [
            {"type": "heading", "content": [text("a", comment(2), comment(1), "italic", "bold")]}
        ],
    }

    assert tree.to_json(tree.from_json(loose))["content"] == [
        node("heading", text("a", "bold", "italic", comment(1), comment(2)), level=2)
    ]


def test_pruning_goes_from_the_leaves_up():
    hollow = node("blockquote", node("bulletList", node("listItem", node("heading", "a"))))
    root = tree.from_json(
        {"type": "doc", "content": [hollow, p("bleibt"), *items("listItem", "b")]}
    )

    assert tree.to_json(tree.prune(root)) == doc(p("bleibt"))


def test_a_tree_deeper_than_the_stack_is_read_and_written():
    inner = p("tief")
    for _ in range(5000):
        inner = {"type": "blockquote", "content": [inner]}
    content = {"type": "doc", "content": [inner]}

    again = tree.to_json(tree.prune(tree.from_json(content)))

    for _ in range(5001):
        again = again["content"][0]
    assert again == p("tief")

import pytest
from hypothesis import given
from pycrdt import XmlElement, XmlFragment, XmlText

from in4green.livetext.content import tree
from in4green.livetext.document import crdt, replacing
from tests.livetext.writing import (
    comment,
    contents,
    doc,
    items,
    node,
    p,
    table,
    text,
    thread,
    words_of,
)


def fresh(content):
    return crdt.load([crdt.from_json(content)])


def copy(shared):
    return crdt.load([crdt.state(shared)])


def top(shared):
    return list(shared.get("prosemirror", type=XmlFragment).children)


def without_comments(content):
    """The one form again: passages that only a comment had parted are one."""

    def strip(part):
        marks = [mark for mark in part.get("marks", []) if mark["type"] != "comment"]
        inside = [strip(child) for child in part.get("content", [])]
        bare = {k: v for k, v in part.items() if k not in ("marks", "content")}
        return {
            **bare,
            **({"marks": marks} if marks else {}),
            **({"content": inside} if inside else {}),
        }

    return doc(*strip(content)["content"])


def commented(content, number):
    """The words that carry a comment."""
    return "".join(runs(content, number))


def runs(content, number):
    mine = comment(number)["attrs"]
    if any(mark.get("attrs") == mine for mark in content.get("marks", [])):
        yield content["text"]
    for child in content.get("content", []):
        yield from runs(child, number)


@given(contents(comments=True), contents())
def test_any_text_becomes_any_other_and_a_second_time_changes_nothing(old, new):
    shared = fresh(old)

    crdt.replace(shared, new)

    assert without_comments(crdt.content_json(shared)) == new
    assert crdt.replace(shared, new) is None
    assert crdt.replace(shared, crdt.content_json(shared)) is None


@given(contents(comments=True), contents(comments=True))
def test_comments_that_a_text_brings_are_taken_over(old, new):
    shared = fresh(old)

    crdt.replace(shared, new)

    result = crdt.content_json(shared)
    for number in (1, 2):
        # What the old text's comments were on may stand right before and behind.
        for run in runs(new, number):
            assert all(word in commented(result, number) for word in run.split())


@given(contents(comments=True), contents())
def test_whoever_gets_the_update_sees_the_same(old, new):
    shared = fresh(old)
    other = copy(shared)

    update = crdt.replace(shared, new)
    if update is not None:
        other.apply_update(update)

    assert crdt.content_json(other) == crdt.content_json(shared)
    assert crdt.state_vector(other) == crdt.state_vector(shared)


@given(contents(), contents(), contents())
def test_two_replacements_at_once_merge_into_a_text_that_an_editor_can_build(old, one, other):
    first = fresh(old)
    second = copy(first)

    updates = [crdt.replace(first, one), crdt.replace(second, other)]
    first.apply_update(updates[1] or b"\x00\x00")
    second.apply_update(updates[0] or b"\x00\x00")

    assert crdt.content_json(first) == crdt.content_json(second)
    assert tree.to_json(tree.prune(tree.from_json(crdt.content_json(first)))) == (
        crdt.content_json(first)
    )


def test_the_same_text_gives_no_update():
    content = doc(p("eins ", text("zwei", "bold")), p())

    assert crdt.replace(fresh(content), content) is None
    assert crdt.replace(crdt.load([]), doc(p())) is None


def test_a_text_that_two_people_began_is_not_touched_when_nothing_changes():
    shared = fresh(doc(p()))
    children = top(shared)[0].children
    for words in ("eins ", "zwei", ""):
        children.append(XmlText(words))

    assert crdt.content_json(shared) == doc(p("eins zwei"))
    assert crdt.replace(shared, doc(p("eins zwei"))) is None


def test_a_changed_word_is_all_that_an_update_changes():
    shared = fresh(doc(*(p(f"Absatz {number} ist lang und bleibt.") for number in range(200))))
    before = [*(f"Absatz {number} ist lang und bleibt." for number in range(200))]
    before[100] = "Absatz 100 ist lang und geht."

    update = crdt.replace(shared, doc(*map(p, before)))

    assert len(update) < 60


def test_blocks_and_words_that_stay_keep_their_identity():
    shared = fresh(
        doc(p("eins"), p("Das Haus ist alt."), node("bulletList", *items("listItem", "a", "b")))
    )
    one, house, points = top(shared)
    second_point = list(points.children)[1]

    crdt.replace(
        shared,
        doc(
            p("neu"),
            p("eins"),
            p("Das Haus ist neu."),
            node("bulletList", *items("listItem", "b", "c")),
        ),
    )

    after = top(shared)
    assert after[1:] == [one, house, points]
    assert next(iter(after[3].children)) == second_point


def test_what_another_person_types_at_once_stays():
    shared = fresh(doc(p("Das Haus ist alt."), p("Ende")))
    other = copy(shared)
    top(other)[0].children[0].insert(8, " am Park")

    update = crdt.replace(shared, doc(p("Das Haus ist neu."), p("Schluss")))
    other.apply_update(update)

    assert crdt.content_json(other) == doc(p("Das Haus am Park ist neu."), p("Schluss"))


def test_a_comment_stays_on_words_that_stay():
    shared = fresh(doc(p("Der ", text("kleine Park", comment(1)), " ist schön.")))

    crdt.replace(shared, doc(p("Ja, der kleine Park war sehr schön.")))

    assert crdt.content_json(shared) == doc(
        p("Ja, der ", text("kleine Park", comment(1)), " war sehr schön.")
    )


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        ("Der kleine grüne Park ist schön.", "kleine grüne Park"),  # put between
        ("Der große Park ist schön.", "große Park"),  # exchanged
        ("Der kleine Parkplatz ist schön.", "kleine Park"),  # a longer word is another
        ("Der alte kleine Park ist schön.", "kleine Park"),  # put before
        ("Der kleine Park hier ist schön.", "kleine Park"),  # put behind
        ("Der Park ist schön.", "Park"),
        ("Der ist schön.", ""),
    ],
)
def test_a_comment_grows_and_shrinks_with_its_passage(new, kept):
    shared = fresh(doc(p("Der ", text("kleine Park", comment(1)), " ist schön.")))

    crdt.replace(shared, doc(p(new)))

    assert words_of(crdt.content_json(shared)) == new
    assert commented(crdt.content_json(shared), 1) == kept


def test_a_comment_on_part_of_what_is_exchanged_does_not_spread():
    shared = fresh(doc(p(text("eins", comment(1)), text("zwei", "bold"))))

    crdt.replace(shared, doc(p("drei")))

    assert commented(crdt.content_json(shared), 1) == ""


def test_formatting_alone_touches_no_word():
    shared = fresh(doc(p("eins ", text("zwei", "bold"), " drei")))

    crdt.replace(shared, doc(p(text("eins", "italic"), " zwei drei")))

    assert crdt.content_json(shared) == doc(p(text("eins", "italic"), " zwei drei"))


def test_attributes_alone_touch_no_text():
    shared = fresh(
        doc(
            node("heading", "Ziele", level=2),
            node("taskList", node("taskItem", p("tun"), checked=False)),
            node("image", src="/a.png", alt="A", lang="de"),
        )
    )
    heading = top(shared)[0]
    new = doc(
        node("heading", "Ziele", level=3),
        node("taskList", node("taskItem", p("tun"), checked=True)),
        node("image", src="/a.png", alt="B"),
    )

    update = crdt.replace(shared, new)

    assert crdt.content_json(shared) == new
    assert top(shared)[0] == heading
    assert b"Ziele" not in update


def test_a_cell_of_a_table_changes_alone():
    shared = fresh(doc(table(["a", "b"], ["c", "d"], ["e", "f"])))
    rows = list(top(shared)[0].children)
    second = list(rows[1].children)

    update = crdt.replace(shared, doc(table(["a", "b"], ["c", "neu"], ["e", "f"])))

    assert list(top(shared)[0].children) == rows
    assert list(rows[1].children) == second
    assert len(update) < 80


def test_a_row_put_into_a_table_leaves_the_others():
    shared = fresh(doc(table(["a", "b"], ["e", "f"])))
    rows = list(top(shared)[0].children)

    crdt.replace(shared, doc(table(["a", "b"], ["c", "d"], ["e", "f"])))

    after = list(top(shared)[0].children)
    assert [after[0], after[2]] == rows


def test_many_changed_blocks_keep_their_identity():
    old = [f"Absatz {number} über Bäume, Bänke und Brunnen im Park" for number in range(80)]
    old += [f"Ein Satz mit eigenem Ende {number}" for number in range(80)]
    new = [line.replace("Bänke", "Stühle").replace("Ein", "Der") for line in old]
    shared = fresh(doc(*map(p, old)))
    blocks = top(shared)

    crdt.replace(shared, doc(p("Ganz neu"), *map(p, new)))

    assert top(shared)[1:] == blocks
    assert crdt.content_json(shared) == doc(p("Ganz neu"), *map(p, new))


def test_what_an_editor_cannot_see_is_no_hindrance():
    shared = fresh(doc(p("a"), p("b"), p("c")))
    root = shared.get("prosemirror", type=XmlFragment)
    root.children.insert(1, XmlElement("bulletList"))
    root.children.append(XmlElement("bulletList"))

    for new in (doc(p("neu"), p("c"), p("d")), doc(p("x")), doc(p("x"), p("y"), p("z"))):
        crdt.replace(shared, new)
        assert crdt.content_json(shared) == new


def test_line_breaks_come_and_go():
    for old, new in [
        (p("a", node("hardBreak"), "b"), p("ab")),
        (p("ab"), p("a", node("hardBreak"), "b")),
        (p(node("hardBreak"), "b"), p("b", node("hardBreak"))),
    ]:
        shared = fresh(doc(old))
        crdt.replace(shared, doc(new))
        assert crdt.content_json(shared) == doc(new)


def test_a_comment_without_a_hash_in_its_name_is_the_same_comment():
    shared = fresh(doc(p("eins zwei")))
    top(shared)[0].children[0].format(0, 4, {"comment": {"thread": thread(1)}})

    assert crdt.content_json(shared) == doc(p(text("eins", comment(1)), " zwei"))
    assert crdt.replace(shared, doc(p(text("eins", comment(1)), " zwei"))) is None


@given(contents(comments=True))
def test_a_text_is_planned_onto_itself_without_an_edit(content):
    shared = fresh(content)

    assert replacing.plan(crdt.read(shared), tree.from_json(content)) == []

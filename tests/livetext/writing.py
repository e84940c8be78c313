"""Texts to test with: short ways to write ProseMirror's JSON, and arbitrary valid ones."""

from typing import Any

from hypothesis import strategies as st

from in4green.livetext.content import live_tables, tree

Content = dict[str, Any]

# What a room above has registered, for all tests that write texts.
TABLES = {"costs": "Kosten & <b>Geld</b>", "times": "Zeiten"}
live_tables.register(TABLES)


def doc(*blocks: Content) -> Content:
    """In the one form that everything reads and writes: all attributes named, texts joined."""
    return tree.to_json(tree.from_json({"type": "doc", "content": list(blocks)}))


def node(name: str, *content: Content | str, **attributes: Any) -> Content:
    children = [text(part) if isinstance(part, str) else part for part in content]
    return {
        "type": name,
        **({"attrs": attributes} if attributes else {}),
        **({"content": children} if children else {}),
    }


def p(*content: Content | str) -> Content:
    return node("paragraph", *content)


def text(words: str, *marks: Content | str) -> Content:
    named = [{"type": mark} if isinstance(mark, str) else mark for mark in marks]
    return {"type": "text", "text": words, **({"marks": named} if named else {})}


def link(href: str) -> Content:
    return {"type": "link", "attrs": {"href": href}}


def language(lang: str) -> Content:
    return {"type": "language", "attrs": {"lang": lang}}


def thread(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def comment(number: int) -> Content:
    return {"type": "comment", "attrs": {"thread": thread(number)}}


def items(kind: str, *texts: str) -> list[Content]:
    return [node(kind, p(words)) for words in texts]


def table(*rows: list[str], head: bool = True) -> Content:
    def cell(words: str, place: int) -> Content:
        name = "tableHeader" if head and place == 0 else "tableCell"
        return node(name, p(words) if words else p())

    return node(
        "table", *(node("tableRow", *(cell(w, at) for w in row)) for at, row in enumerate(rows))
    )


def live_table(slug: str) -> Content:
    return node(live_tables.NODE, table=slug)


def words_of(content: Content) -> str:
    """All its text in one row."""
    inside = "".join(words_of(child) for child in content.get("content", []))
    return str(content.get("text", "")) + inside


_WORDS = st.lists(
    st.sampled_from(
        ["Haus", "Häuser", "der", "die", "Baum", " ", " ", ". ", "😀", "é", "<b>", "&", "1.000,5"]
    ),
    min_size=1,
    max_size=6,
).map("".join)
_MARKS = st.lists(
    st.sampled_from(
        [
            "bold",
            "italic",
            "strike",
            link("https://a.example/"),
            link("mailto:b@a.example"),
            language("en"),
        ]
    ),
    max_size=2,
    unique_by=lambda mark: mark if isinstance(mark, str) else mark["type"],
)
_COMMENTS = st.sampled_from([[], [], [comment(1)], [comment(2)], [comment(1), comment(2)]])


def _inline(comments: bool) -> Any:
    remarks = _COMMENTS if comments else st.just([])
    texts = st.builds(
        lambda words, marks, more: text(words, *marks, *more), _WORDS, _MARKS, remarks
    )
    return st.lists(st.one_of(texts, texts, st.just(node("hardBreak"))), max_size=4)


def _nested(blocks: Any) -> Any:
    some = st.lists(blocks, min_size=1, max_size=3)
    item = st.builds(
        lambda first, rest: [p(*first), *rest], _inline(False), st.lists(blocks, max_size=1)
    )
    listed = st.lists(item, min_size=1, max_size=3)
    kinds = st.sampled_from(["tableCell", "tableHeader"])
    cells = st.lists(st.tuples(kinds, some), min_size=2, max_size=2)
    return st.one_of(
        some.map(lambda inside: node("blockquote", *inside)),
        listed.map(lambda found: node("bulletList", *(node("listItem", *i) for i in found))),
        st.builds(
            lambda found, start: node(
                "orderedList", *(node("listItem", *i) for i in found), start=start
            ),
            listed,
            st.integers(0, 9),
        ),
        st.builds(
            lambda found, checked: node(
                "taskList", *(node("taskItem", *i, checked=checked) for i in found)
            ),
            listed,
            st.booleans(),
        ),
        st.lists(cells, min_size=1, max_size=2).map(
            lambda rows: node(
                "table",
                *(node("tableRow", *(node(k, *inside) for k, inside in row)) for row in rows),
            )
        ),
    )


def contents(*, comments: bool = False) -> Any:
    """Any text that the schema allows, of a few blocks."""
    leaves = st.one_of(
        _inline(comments).map(lambda inside: p(*inside)),
        st.builds(
            lambda inside, level: node("heading", *inside, level=level),
            _inline(comments),
            st.integers(2, 4),
        ),
        st.sampled_from(["Ein Platz", 'Ein "Bild" <b>']).map(
            lambda alt: node("image", src="/a.png", alt=alt)
        ),
        st.sampled_from(sorted(TABLES)).map(live_table),
    )
    blocks = st.recursive(leaves, _nested, max_leaves=6)
    return st.lists(blocks, min_size=1, max_size=5).map(lambda found: doc(*found))

"""A text for people: HTML and plain text, made from ProseMirror's JSON.

Everything is escaped, attributes are typed again (``attributes``): what was stored is somebody
else's writing. Unknown nodes and marks vanish, their text stays. Nothing here recurses.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from in4green.livetext.content import live_tables, nodes
from in4green.livetext.content.attributes import clean
from in4green.livetext.content.plain import to_text as to_text
from in4green.livetext.content.tree import Content

# Marks from the outside in: a link stays one link although a word in it is bold.
_ORDER = ("link", "language", "comment", "bold", "italic", "strike")
_MARK_TAGS = {"bold": "strong", "italic": "em", "strike": "s"}


class _Comments:
    """The marks of some threads, and the numbers that lead from a block to its threads."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.numbers = numbers
        self.counted: Counter[str] = Counter()
        self.begun: list[str] = []

    def mark(self, thread: str) -> tuple[str, str]:
        self.counted[thread] += 1
        if self.counted[thread] == 1:
            self.begun.append(thread)
        place = f"comment-{thread}-{self.counted[thread]}"
        return f'<mark id="{place}" data-thread="{thread}">', "</mark>"

    def signs(self) -> str:
        """At a block's end, where they interrupt no sentence and stand within no other link."""
        word = escape(_("Comment"))
        signs = [
            f'<a class="comment-sign" href="#thread-{thread}">'
            f'<span class="visually-hidden">{word} </span>{self.numbers[thread]}</a>'
            for thread in self.begun
        ]
        self.begun.clear()
        return "".join(f"\N{NO-BREAK SPACE}{sign}" for sign in signs)


def to_html(
    content: Content,
    *,
    threads: Mapping[str, int] | None = None,
    tables: Mapping[str, SafeString] | None = None,
) -> SafeString:
    """Headings, lists and tables as HTML; passages of the given threads are marked.

    ``tables``: finished HTML of live tables by slug; the others are named.

    A mark carries ``data-thread`` and the id ``comment-<thread>-<n>``, n counting from 1; the
    block in which a thread begins ends with a link to ``#thread-<thread>``, called by its number.
    """
    parts: list[str] = []
    waiting: list[Content | str] = [content]
    comments = _Comments(threads or {})
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            parts.append(part)
            continue
        opening, closing = _tags(part)
        parts.append(opening)
        waiting.append(closing)
        waiting.extend(reversed(list(_children(part, comments, tables or {}))))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped where it is made


def _children(
    node: Content, comments: _Comments, tables: Mapping[str, SafeString]
) -> Iterator[Content | str]:
    """Child nodes to render and finished HTML of texts, in order."""
    open_marks: list[tuple[str, str]] = []  # attributes-aware identity and closing tag
    for child in _placed(node):
        if child.get("type") in nodes.members("inline"):
            yield _inline(child, open_marks, comments)
            continue
        yield _close(open_marks, 0)
        yield _live_table(child, tables) if child.get("type") == live_tables.NODE else child
    yield _close(open_marks, 0)
    yield comments.signs()


def _placed(node: Content) -> Iterator[Content]:
    """The children; a cell of a table learns where it stands, for its scope."""
    for place, child in enumerate(node.get("content", [])):
        if child.get("type") == "tableRow":
            yield {**child, "first": place == 0}
        elif child.get("type") == "tableHeader":
            yield {**child, "scope": "col" if node.get("first") else "row"}
        else:
            yield child


def _live_table(node: Content, tables: Mapping[str, SafeString]) -> str:
    slug = clean(nodes.specification(live_tables.NODE), node.get("attrs") or {})["table"]
    said = tables.get(slug) or f"<p>{escape(_('Table'))}: {escape(live_tables.name(slug))}</p>"
    return f'<div class="live-table" data-live-table="{escape(slug or "")}">{said}</div>'


def _inline(child: Content, open_marks: list[tuple[str, str]], comments: _Comments) -> str:
    wanted = [(str(mark), *mark) for mark in _marks(child, comments.numbers)]
    same = 0
    while same < min(len(open_marks), len(wanted)) and open_marks[same][0] == wanted[same][0]:
        same += 1
    html = [_close(open_marks, same)]
    for key, name, attributes in wanted[same:]:
        opening, closing = _mark_tags(name, attributes, comments)
        html.append(opening)
        open_marks.append((key, closing))
    html.append("<br>" if child["type"] == "hardBreak" else escape(str(child.get("text", ""))))
    return "".join(html)


def _close(open_marks: list[tuple[str, str]], keep: int) -> str:
    closing = "".join(tag for _, tag in reversed(open_marks[keep:]))
    del open_marks[keep:]
    return closing


def _marks(child: Content, threads: Mapping[str, int]) -> list[tuple[str, dict[str, Any]]]:
    """Known ones with typed attributes, from the outside in."""
    found = [
        (mark["type"], clean(nodes.mark(mark["type"]), mark.get("attrs") or {}))
        for mark in child.get("marks", [])
        if mark.get("type") in _ORDER
    ]
    kept = (
        (name, attributes)
        for name, attributes in found
        if None not in attributes.values()
        and (name != "comment" or attributes["thread"] in threads)
    )
    return sorted(kept, key=lambda mark: (_ORDER.index(mark[0]), str(mark[1])))


def _mark_tags(name: str, attributes: dict[str, Any], comments: _Comments) -> tuple[str, str]:
    if name == "link":
        return f'<a href="{escape(attributes["href"])}" rel="noopener noreferrer nofollow">', "</a>"
    if name == "language":
        return f'<span lang="{escape(attributes["lang"])}">', "</span>"
    if name == "comment":
        return comments.mark(escape(attributes["thread"]))
    return f"<{_MARK_TAGS[name]}>", f"</{_MARK_TAGS[name]}>"


def _tags(node: Content) -> tuple[str, str]:
    name = node.get("type", "")
    if name not in _BLOCKS:
        return "", ""
    return _BLOCKS[name](node, clean(nodes.specification(name), node.get("attrs") or {}))


_Tags = tuple[str, str]


def _simple(tag: str) -> Callable[[Content, dict[str, Any]], _Tags]:
    return lambda _node, _attributes: (f"<{tag}>", f"</{tag}>")


def _heading(_node: Content, attributes: dict[str, Any]) -> _Tags:
    return f"<h{attributes['level']}>", f"</h{attributes['level']}>"


def _ordered(_node: Content, attributes: dict[str, Any]) -> _Tags:
    start = "" if attributes["start"] == 1 else f' start="{attributes["start"]}"'
    return f"<ol{start}>", "</ol>"


def _task(_node: Content, attributes: dict[str, Any]) -> _Tags:
    """The box as a sign for the eye and as a word for a screen reader; nothing to click."""
    done = attributes["checked"]
    word = _("Done:") if done else _("To do:")
    sign = f'<span aria-hidden="true">{"☑" if done else "☐"}</span>'
    hidden = f'<span class="visually-hidden">{escape(word)}</span>'
    state = "done" if done else "to-do"
    return f'<li class="{state}">{sign}<div>{hidden} ', "</div></li>"


def _table(_node: Content, _attributes: dict[str, Any]) -> _Tags:
    """A wide one scrolls, with the keyboard too."""
    label = escape(_("Table"))
    group = f'<div class="table-responsive" role="group" aria-label="{label}" tabindex="0">'
    return f"{group}<table><tbody>", "</tbody></table></div>"


def _header(node: Content, attributes: dict[str, Any]) -> _Tags:
    return f'<th scope="{node.get("scope", "row")}"{_spans(attributes)}>', "</th>"


def _cell(_node: Content, attributes: dict[str, Any]) -> _Tags:
    return f"<td{_spans(attributes)}>", "</td>"


def _spans(attributes: dict[str, Any]) -> str:
    named = ((name, attributes[name]) for name in ("colspan", "rowspan"))
    return "".join(f' {name}="{number}"' for name, number in named if number != 1)


def _image(_node: Content, attributes: dict[str, Any]) -> _Tags:
    alt = escape(attributes["alt"])
    if attributes["src"] is None:
        return f"<p>{alt}", "</p>"
    lang = f' lang="{escape(attributes["lang"])}"' if attributes["lang"] else ""
    src = escape(attributes["src"])
    return f'<img src="{src}" alt="{alt}"{lang} loading="lazy">', ""


_BLOCKS: dict[str, Callable[[Content, dict[str, Any]], _Tags]] = {
    "paragraph": _simple("p"),
    "heading": _heading,
    "blockquote": _simple("blockquote"),
    "bulletList": _simple("ul"),
    "orderedList": _ordered,
    "listItem": _simple("li"),
    "taskList": lambda _node, _attributes: (
        '<ul class="tasks" role="list">',  # Safari forgets a list without signs
        "</ul>",
    ),
    "taskItem": _task,
    "table": _table,
    "tableRow": _simple("tr"),
    "tableHeader": _header,
    "tableCell": _cell,
    "image": _image,
}

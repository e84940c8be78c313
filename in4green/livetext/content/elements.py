"""Which elements and attributes of HTML are read; all others are left out, their text stays."""

from in4green.livetext.content.formatting import TAGS

BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "address",
        "pre",
        "center",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "hr",
        "fieldset",
        "details",
        "summary",
    ]
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
CONTAINERS = frozenset(["ul", "ol", "li", "blockquote", "table", "caption", "tr", "td", "th"])
ALLOWED = {*BLOCKS, *HEADINGS, *CONTAINERS, "tbody", "br", "img", "input", *TAGS}
ATTRIBUTES = {
    "*": {"lang", "style", "class", "aria-hidden"},
    "a": {"href"},
    "div": {"data-live-table"},
    "img": {"src", "alt"},
    "input": {"type", "checked"},
    "ol": {"start"},
    "ul": {"data-type"},
    "li": {"data-checked"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
UNREAD = {"script", "style", "title", "template", "noscript", "svg", "math", "iframe", "object"}
EMPTY = frozenset(("br", "img", "input", "hr"))
# They end by themselves where the next one begins.
IMPLIED = frozenset(
    ["p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "colgroup", "option"]
)
VOID = EMPTY | frozenset(
    ["area", "base", "col", "embed", "link", "meta", "param", "source", "track", "wbr"]
)

"""What a line of a text is and where it stands, in words."""

from django.utils.translation import gettext as _

from in4green.livetext.content import live_tables
from in4green.livetext.content.lines import Line, Step


def label(line: Line) -> str:
    """Empty for a paragraph that stands in nothing."""
    return ", ".join(part for part in (_own(line), _place(line)) if part)


def reshaped(old: Line, new: Line) -> str:
    """How a line has changed apart from its words."""
    if label(old) != label(new) and not _in_table(new):
        return _("Before: %(what)s") % {"what": label(old) or _("Paragraph")}
    if new.name == "image":
        return _("Picture exchanged")
    return _("Arrangement changed")


def _own(line: Line) -> str:
    if line.name == "heading":
        return _("Heading, level %(level)s") % line.attributes
    if line.name == live_tables.NODE:
        return _("Table")
    return _("Picture") if line.name == "image" else ""


def _in_table(line: Line) -> bool:
    return line.number("tableRow") is not None


def _place(line: Line) -> str:
    """The innermost container that says something."""
    if _in_table(line):
        cell = line.number("tableCell") or line.number("tableHeader")
        return _("Table, row %(row)s, column %(column)s") % {
            "row": line.number("tableRow"),
            "column": cell,
        }
    if not line.way:
        return ""
    return _container(line.way[-1], line.way[-2].name if len(line.way) > 1 else "")


def _container(step: Step, parent: str) -> str:
    if step.name == "taskItem":
        return _("Task, done") if step.attributes["checked"] else _("Task, to do")
    if parent == "orderedList":
        return _("List, item %(number)s") % {"number": step.number}
    return _("Quote") if step.name == "blockquote" else _("List")

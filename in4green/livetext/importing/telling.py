"""What did not come out of a file, in sentences."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def sentences(left_out: Mapping[str, int]) -> list[str]:
    """The gravest first; empty if nothing was left out that anybody would miss."""
    named = ((say, left_out.get(name, 0)) for name, say in _SAID.items())
    return [say(n) % {"n": n} for say, n in named if n]


_SAID: dict[str, Callable[[int], str]] = {
    "boxes": lambda n: ngettext(
        "%(n)d text box is left out with its words. Copy them by hand if you need them.",
        "%(n)d text boxes are left out with their words. Copy them by hand if you need them.",
        n,
    ),
    "objects": lambda n: ngettext(
        "%(n)d chart, drawing or embedded file is left out.",
        "%(n)d charts, drawings or embedded files are left out.",
        n,
    ),
    "pictures_large": lambda n: ngettext(
        "%(n)d picture is left out: it is larger than 12 MB or has more than 50 million pixels.",
        "%(n)d pictures are left out: larger than 12 MB or more than 50 million pixels.",
        n,
    ),
    "pictures_kind": lambda n: ngettext(
        "%(n)d picture is left out: it is damaged, or neither PNG, JPEG nor WebP.",
        "%(n)d pictures are left out: damaged, or neither PNG, JPEG nor WebP.",
        n,
    ),
    "pictures_many": lambda n: ngettext(
        "%(n)d picture is left out: the text has as many as it can hold.",
        "%(n)d pictures are left out: the text has as many as it can hold.",
        n,
    ),
    "pictures_elsewhere": lambda n: ngettext(
        "%(n)d picture is left out: the file only says where it was on somebody's device.",
        "%(n)d pictures are left out: the file only says where they were on somebody's device.",
        n,
    ),
    "comments": lambda n: ngettext("%(n)d comment is left out.", "%(n)d comments are left out.", n),
    "changes": lambda n: _("Tracked changes are read as if they were accepted."),
    "formulas": lambda n: ngettext(
        "%(n)d formula becomes plain words. Please check it.",
        "%(n)d formulas become plain words. Please check them.",
        n,
    ),
    "margins": lambda n: _("Headers, footers and page numbers are left out."),
}

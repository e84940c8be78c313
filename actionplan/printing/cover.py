"""What stands around a plan on paper: whose it is, of when, whether it counts, how to cite it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.models import Edition
from actionplan.printing.document import Record


@dataclass(frozen=True)
class Cover:
    kicker: str
    facts: tuple[tuple[str, str], ...]
    note: str
    # Across each page, where it is not what counts.
    watermark: str | None
    contents: str
    last: tuple[str, ...]
    # On each page.
    foot: str

    def as_data(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def of_draft(whole: Record, at: datetime) -> Cover:
    with translation.override(whole["language"]):
        state, last = notes_of_draft(at)
        return _cover(whole, ((_("State"), state),), watermark=_("Draft"), last=(last,))


def notes_of_draft(at: datetime) -> tuple[str, str]:
    """Of when it is, and that it does not count; in the active language."""
    moment = date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
    return (
        _("Draft of %(moment)s") % {"moment": moment},
        _("This is a draft for the working group. Please do not cite it."),
    )


def of_edition(whole: Record, edition: Edition, frozen: Record) -> Cover:
    """``frozen`` as ``editions.drawing.facts`` gives it, in the language of the whole."""
    with translation.override(whole["language"]):
        number = _("%(number)s, published on %(day)s") % {
            "number": edition.number,
            "day": date_format(frozen["published_on"]),
        }
        return _cover(
            whole,
            (
                (_("Edition"), number),
                (_("Status"), str(frozen["status"])),
                (_("Permanent address"), address_of(edition, whole["language"])),
                *((_("Approval"), sentence) for sentence in frozen["approval"]),
            ),
            note=frozen["note"],
            last=(_("Cite as: %(citation)s") % {"citation": frozen["citation"]},),
        )


def address_of(edition: Edition, language: str) -> str:
    with translation.override(language):
        return f"{settings.BASE_URL}{edition.get_absolute_url()}"


def _cover(
    whole: Record,
    facts: tuple[tuple[str, str], ...],
    *,
    last: tuple[str, ...],
    note: str = "",
    watermark: str | None = None,
) -> Cover:
    named = ((_("City"), whole["city"]), (_("Working group"), whole["group"]))
    return Cover(
        kicker=_("Integrated Action Plan"),
        facts=(*named, *facts),
        note=note,
        watermark=watermark,
        contents=_("Contents"),
        last=(*last, _disclaimer()),
        foot=f"{settings.PORTAL_NAME} · {_('Co-funded by the European Union')}",
    )


def _disclaimer() -> str:
    return _(
        "This plan was written by the local working group. It reflects the views of its authors;"
        " the funding bodies are not liable for any use of what it says."
    )

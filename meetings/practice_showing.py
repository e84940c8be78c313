"""What a page says of a practice, with a place for what is not known yet."""

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from meetings.models import Figure, Language, Practice
from meetings.showing import Fact, Facts


def parts_of(practice: Practice) -> list[Fact]:
    """The template every practice is written on."""
    return [
        Fact(_("The problem"), practice.problem, is_written=True),
        Fact(_("The solution"), practice.solution, is_written=True),
        Fact(_("Why it matters"), practice.relevance, is_written=True),
        Fact(_("What came of it"), practice.results, is_written=True),
        Fact(_("What must be true here"), practice.conditions, is_written=True),
        Fact(_("Obstacles"), practice.obstacles, is_written=True),
        Fact(_("Who was involved"), practice.involved, is_written=True),
    ]


def facts_beside(practice: Practice, *, is_inside: bool) -> Facts:
    facts = Facts(
        [
            Fact(_("City"), practice.city),
            Fact(_("Organisation"), practice.organisation, is_written=True),
            Fact(_("Topics"), ", ".join(map(str, practice.topics.all()))),
            Fact(_("Cost"), cost_in_words(practice)),
            Fact(_("Funding"), practice.funding, is_written=True),
            Fact(_("Languages"), ", ".join(_languages(practice))),
        ]
    )
    if is_inside or practice.has_public_contact:
        contact = [practice.contact_name, practice.contact_address]
        facts.append(Fact(_("Contact"), "\n".join(filter(None, contact)), is_written=True))
    if is_inside and practice.notes:
        facts.append(Fact(_("Notes, only for your group"), practice.notes, is_written=True))
    return facts


def _languages(practice: Practice) -> list[str]:
    return [str(Language(code).label) for code in practice.languages]


def cost_in_words(practice: Practice) -> str:
    if practice.cost_from is None:
        return ""
    values = {"least": _number(practice.cost_from), "most": _number(practice.cost_to)}
    if practice.cost_to in (None, practice.cost_from):
        return _("%(least)s €") % values
    return _("%(least)s to %(most)s €") % values


def figures_of(practice: Practice) -> list[tuple[Figure, str]]:
    """Each with its value as people write numbers."""
    return [
        (figure, f"{_number(figure.value)} {figure.unit}".strip())
        for figure in practice.figures.all()
    ]


def _number(value: Any) -> str:
    if value is None:
        return ""
    return str(number_format(Decimal(value).normalize(), force_grouping=True))

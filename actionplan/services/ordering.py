"""Where a section stands. Everybody moves in the order as it is by then: the plan's row is locked.

Who is second finds what the first has done; a neighbour that has gone elsewhere meanwhile is said.
"""

from collections.abc import Iterator
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actionplan.models import Plan, Section
from actionplan.outline import DEEPEST, Place, in_order, tree
from actionplan.services.sections import lock
from groups.models import User
from in4green.activity.services import record

Direction = Literal["up", "down", "in", "out"]
DIRECTIONS: tuple[Direction, ...] = ("up", "down", "in", "out")


@transaction.atomic
def move(section: Section, direction: Direction, *, by: User) -> Place:
    """One step. Raises ValidationError where there is no room for it (any more)."""
    places = _places(lock(section.plan))
    here = _find(places, section.pk)
    siblings = _siblings(here, places)
    at = siblings.index(here)
    if direction == "up" and here.before:
        _hang(here, places, here.above, at - 1)
    elif direction == "down" and here.after:
        _hang(here, places, here.above, at + 1)
    elif direction == "in" and here.fits_into_neighbour:
        neighbour = siblings[at - 1]
        _hang(here, places, neighbour, len(neighbour.children))
    elif direction == "out" and here.above:
        uncles = _siblings(here.above, places)
        _hang(here, places, here.above.above, uncles.index(here.above) + 1)
    else:
        raise ValidationError(_("It can't go further in this direction."), code="end")
    return _keep(places, section, by)


@transaction.atomic
def place(section: Section, *, parent: int | None, after: int | None, by: User) -> Place:
    """As a part of ``parent``, behind its part ``after``; without them at the top, at the front.

    Raises ValidationError where that is within itself, too deep, or no longer there.
    """
    places = _places(lock(section.plan))
    here = _find(places, section.pk)
    into = _find(places, parent) if parent else None
    behind = _find(places, after) if after else None
    if into and into in in_order([here]):
        raise ValidationError(_("A section can't be a part of itself."), code="circle")
    if (into.depth if into else 0) + here.height > DEEPEST:
        raise ValidationError(
            _("That would be too deep: there are at most %(n)d levels.") % {"n": DEEPEST},
            code="deep",
        )
    if behind and behind.above is not into:
        raise _moved_meanwhile()
    if behind is not here:
        others = [one for one in (into.children if into else places) if one is not here]
        _hang(here, places, into, others.index(behind) + 1 if behind else 0)
    return _keep(places, section, by)


def _places(plan: Plan) -> list[Place]:
    return tree(plan.sections.there())


def _find(places: list[Place], pk: int) -> Place:
    for found in in_order(places):
        if found.section.pk == pk:
            return found
    raise _moved_meanwhile()


def _moved_meanwhile() -> ValidationError:
    return ValidationError(
        _("Somebody has changed the order meanwhile. This is how it is now."), code="changed"
    )


def _siblings(here: Place, places: list[Place]) -> list[Place]:
    return here.above.children if here.above else places


def _hang(here: Place, places: list[Place], above: Place | None, at: int) -> None:
    """From where it is to this place in the parts of ``above``."""
    _siblings(here, places).remove(here)
    here.above = above
    _siblings(here, places).insert(at, here)


def _keep(places: list[Place], section: Section, by: User) -> Place:
    moved = list(_renumbered(places, None))
    Section.objects.bulk_update(moved, ["parent", "position"])
    if moved:
        record(by, "sections.moved", section)
    return _find(tree(_sections(places)), section.pk)


def _renumbered(places: list[Place], parent: Section | None) -> Iterator[Section]:
    """Those whose place is not what their row says; the row says it from now on."""
    for position, here in enumerate(places):
        section = here.section
        if (section.parent_id, section.position) != (parent and parent.pk, position):
            section.parent, section.position = parent, position
            yield section
        yield from _renumbered(here.children, section)


def _sections(places: list[Place]) -> list[Section]:
    return [one.section for one in in_order(places)]

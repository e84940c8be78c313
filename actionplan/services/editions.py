"""Publishing: the plan as it stands becomes an edition that nobody changes any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.editions import drawing, freezing, pictures
from actionplan.editions.showing import newest_edition
from actionplan.models import Edition, EditionPage, Plan
from in4green.activity.services import record

UNSAID = {"title_en": "", "note": "", "note_en": ""}


def publish(plan: Plan, *, after: int, by: Any, **said: str) -> Edition:
    """Freeze all that the plan says at one moment.

    ``after`` is the number of the edition that was the newest when ``by`` decided (0: none);
    ``said``: title, and as far as there are any title_en, note, note_en. Raises ValidationError
    where somebody else has published meanwhile.
    """
    with _one_moment():
        newest = newest_edition(plan.slug)
        if after != (newest.number if newest else 0):
            raise ValidationError(_meanwhile(newest), code="meanwhile")
        edition = _freeze(plan.pk, after + 1, {**UNSAID, **said}, by)
        record(by, "editions.published", edition, number=edition.number, sha256=edition.sha256)
    return edition


@contextmanager
def _one_moment() -> Iterator[None]:
    """One edition at a time, and everything as it was when its turn came.

    The lock comes before the first question, so that what the edition before has written is seen;
    then nothing is that others commit meanwhile, and nobody has to wait for it. Within a
    transaction that has begun already both are as good as that transaction.
    """
    alone = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if alone:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("LOCK TABLE actionplan_edition IN SHARE ROW EXCLUSIVE MODE")
        yield


def _freeze(plan_id: int, number: int, said: dict[str, str], by: Any) -> Edition:
    plan = Plan.objects.select_related("group__city").get(pk=plan_id)
    now = timezone.now()
    facts = {"number": number, "published_at": now.isoformat(), **said}
    content = freezing.freeze(plan, **facts)
    edition = Edition.objects.create(
        plan=plan,
        number=number,
        published_at=now,
        published_by=by,
        status=plan.status,
        languages=content["languages"],
        content=content,
        sha256=freezing.checksum(content),
        **said,
    )
    pictures.keep(edition, freezing.addresses_of_pictures(content))
    draw(edition)
    return edition


def draw(edition: Edition) -> None:
    """What readers get, from the frozen content alone; also when the way of drawing has changed."""
    shown = {str(pk) for pk in edition.plan.editions.values_list("pictures", flat=True) if pk}
    for language in edition.languages:
        page = drawing.draw(edition.content, language, pictures=shown)
        EditionPage.objects.update_or_create(
            edition=edition, language=language, defaults=page._asdict()
        )


def _meanwhile(newest: Edition | None) -> str:
    if newest is None:
        return _("The edition that this one was to follow does not exist. Please look again.")
    return _(
        "%(who)s has published edition %(number)s meanwhile. Nothing was published a second time."
        " Please look at it before you publish another one."
    ) % {"who": newest.published_by or _("Somebody"), "number": newest.number}

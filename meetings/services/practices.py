"""What happens to a practice: entered, changed, reviewed, published, taken back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from groups.models import User
from in4green.activity.services import record
from in4green.common.names import in_latin_letters
from meetings.forms.practices import PracticeSheet
from meetings.models import Practice
from meetings.searching import remember_words

State = Practice.State
_UMLAUTS: dict[int, str] = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}
# From which state each one is reached.
STEPS = {
    State.REVIEWED: [State.DRAFT],
    State.PUBLISHED: [State.REVIEWED],
    State.DRAFT: [State.REVIEWED, State.PUBLISHED],
}


def lock(practice: Practice) -> Practice:
    """Everybody who changes a practice or its figures waits here for the others."""
    locked = Practice.objects.select_for_update(of=("self",))
    return locked.select_related("city", "group", "changed_by").get(pk=practice.pk)


@transaction.atomic
def save_practice(sheet: PracticeSheet, *, by: User | None) -> Practice:
    """Expects a valid sheet, read under ``lock``. ``by`` is None for a guest with a link."""
    is_new = not sheet.form.is_there
    practice: Practice = sheet.form.instance
    if is_new:
        practice.slug = free_slug(Practice, practice.city, practice.title)
        practice.created_by = by
    note_consent(practice)
    practice = sheet.form.keep(by=by)
    for row in sheet.figures:
        if row.is_removed:
            row.instance.delete()
        elif not row.is_blank:
            row.keep(by=by, practice=practice)
    if practice.is_published:
        remember_words(practice)
    record(by, "practices.entered" if is_new else "practices.changed", practice)
    return practice


def note_consent(practice: Practice) -> None:
    """When the contact agreed; whoever is named anew has not agreed yet."""
    if not practice.contact_agreed:
        practice.contact_agreed_at = None
    elif practice.contact_agreed_at is None:
        practice.contact_agreed_at = timezone.now()


@transaction.atomic
def set_state(practice: Practice, state: str, *, by: User) -> Practice:
    """Raises ValidationError where somebody else was quicker, or a step is left out."""
    practice = lock(practice)
    if practice.state not in STEPS[State(state)]:
        raise ValidationError(
            _("This practice is “%(state)s” meanwhile. Nothing was changed.")
            % {"state": practice.get_state_display()},
            code="state",
        )
    practice.state = state
    for name, value in _marks(state, by).items():
        setattr(practice, name, value)
    practice.version += 1
    practice.save()
    if practice.is_published:
        remember_words(practice)
    record(by, f"practices.{'taken_back' if state == State.DRAFT else state}", practice)
    return practice


def _marks(state: str, by: User) -> dict[str, Any]:
    now = timezone.now()
    if state == State.REVIEWED:
        return {"reviewed_by": by, "reviewed_at": now}
    if state == State.PUBLISHED:
        return {"published_by": by, "published_at": now}
    nobody = {"reviewed_by": None, "published_by": None}
    return {**nobody, "reviewed_at": None, "published_at": None}


def free_slug(model: type[models.Model], city: Any, title: str, *, longest: int = 90) -> str:
    """A permanent address: the city, and what it is about. No page's own address begins so."""
    german = title.lower().translate(_UMLAUTS)
    begin = f"{city.slug}-{slugify(in_latin_letters(german))}"[:longest].strip("-")
    taken = set(
        model._default_manager.filter(slug__startswith=begin).values_list("slug", flat=True)
    )
    slug, number = begin, 2
    while slug in taken:
        slug, number = f"{begin}-{number}", number + 1
    return slug

"""Captures from a phone: sent until they arrive, and there once however often they are sent."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from groups.models import User
from in4green.activity.services import record
from meetings.forms.capturing import CaptureForm
from meetings.models import Language, Practice
from meetings.services import entering
from meetings.services.practices import free_slug


@transaction.atomic
def capture(form: CaptureForm, *, by: User) -> Practice:
    """Expects a valid form. Raises ValidationError where it would undo what was done since."""
    entering.lock(form.meeting)
    rows = Practice.objects.select_for_update(of=("self",))
    there = rows.filter(capture_token=form.cleaned_data["capture_token"]).first()
    return _sent_again(there, form, by) if there else _new(form, by)


def _new(form: CaptureForm, by: User) -> Practice:
    practice = Practice(
        group=form.meeting.group,
        capture_token=form.cleaned_data["capture_token"],
        created_by=by,
        changed_by=by,
        **form.content,
    )
    if (language := get_language()) in Language:
        practice.written_in = language
    practice.slug = free_slug(Practice, practice.city, practice.title)
    practice.save()
    _note_visit(practice, form)
    record(by, "practices.captured", practice)
    return practice


def _sent_again(practice: Practice, form: CaptureForm, by: User) -> Practice:
    """An answer that never reached the phone leaves it sending; words may be added meanwhile."""
    if practice.created_by_id == by.pk and _is_same(practice, form):
        return practice
    if practice.created_by_id != by.pk or practice.version > 1 or not practice.is_draft:
        raise ValidationError(
            _(
                "This has arrived before, and the practice was changed since. Nothing was"
                " overwritten. Please copy what is missing into the practice itself."
            ),
            code="changed",
        )
    for name, value in form.content.items():
        setattr(practice, name, value)
    practice.version += 1
    practice.save()
    _note_visit(practice, form)
    record(by, "practices.changed", practice)
    return practice


def _is_same(practice: Practice, form: CaptureForm) -> bool:
    return all(getattr(practice, name) == value for name, value in form.content.items())


def _note_visit(practice: Practice, form: CaptureForm) -> None:
    if visit := form.cleaned_data.get("visit"):
        practice.visits.set([visit])

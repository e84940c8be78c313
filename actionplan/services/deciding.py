"""What a council or committee has decided on a plan: entered, and corrected with a reason."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from actionplan.models import Decision, DecisionCorrection, Plan
from groups.models import User
from in4green.activity.services import record
from in4green.common.uploads import take_in

FACTS = ("body", "decided_on", "reference", "outcome", "note")
LARGEST_SHEET = 16 * 1024 * 1024  # bytes; with a document


@transaction.atomic
def enter(form: Any, plan: Plan, *, document: UploadedFile | None, by: User) -> Decision:
    """Expects a valid form of a new one. Raises ValidationError for a document that is refused."""
    Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    there = _same(form, plan)
    if there is not None:
        return there
    decision: Decision = form.keep(by=by, plan=plan, entered_by=by)
    if document:
        _store(decision, document)
    record(by, "decisions.entered_on_plan", decision, outcome=decision.outcome)
    return decision


def _same(form: Any, plan: Plan) -> Decision | None:
    """Sent twice, it is one decision."""
    facts = {name: form.cleaned_data[name] for name in FACTS}
    return plan.decisions.filter(**facts).first()


@transaction.atomic
def correct(form: Any, *, reason: str, document: UploadedFile | None, by: User) -> Decision:
    """Expects a valid form of one that was read under ``lock``. Raises ValidationError."""
    changed = {name: form.stored[name] for name in FACTS if form.changes(name)}
    if not changed and not document:
        raise ValidationError(_("Nothing is different."), code="same")
    decision: Decision = form.keep(by=by)
    if document:
        _store(decision, document)
    DecisionCorrection.objects.create(decision=decision, before=changed, reason=reason, by=by)
    record(by, "decisions.corrected_on_plan", decision, fields=[*changed])
    return decision


def _store(decision: Decision, document: UploadedFile) -> None:
    """In place of the one before, whose file goes once this is committed."""
    taken = take_in(document)
    old = decision.file.name
    decision.media_type, decision.size = taken.media_type, taken.size
    decision.file.save(taken.name, taken.content, save=False)
    decision.save(update_fields=["file", "media_type", "size"])
    if old:
        transaction.on_commit(lambda: default_storage.delete(old))


def lock(decision: Decision) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).select_related(
        "plan__group", "changed_by"
    )
    locked: Decision = rows.get(pk=decision.pk)
    return locked

"""What happens to an action: entered, changed, dropped, moved, deleted and brought back."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan import texts
from actionplan.forms.sheets import PartSheet
from actionplan.models import Action, Plan
from groups.models import User
from in4green.activity.services import record
from in4green.livetext.images import delete_text
from in4green.livetext.services import create_text, recheck_text, tell_changed

MANY = ("topics", "partners", "practices", "lessons")


def lock(plan: Plan) -> Plan:
    """Whoever changes an action of a plan waits here for the others."""
    locked = Plan.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("group").get(pk=plan.pk)


@transaction.atomic
def new_action(plan: Plan, *, by: User, **fields: Any) -> Action:
    """With a number of its own and an empty text. ``fields`` are those of the model."""
    many = {name: fields.pop(name) for name in MANY if name in fields}
    action = Action(plan=plan, changed_by=by, **fields)
    number(action)
    action.save()
    for name, rows in many.items():
        getattr(action, name).set(rows)
    record(by, "actions.entered", action)
    return action


def number(action: Action) -> None:
    """The next one of the plan, with a text; within a transaction."""
    plan = lock(action.plan)
    highest = plan.actions.aggregate(highest=Max("number"))["highest"] or 0
    plan.last_action_number = max(highest, plan.last_action_number) + 1
    plan.save(update_fields=["last_action_number"])
    action.number = action.position = plan.last_action_number
    action.text = create_text(texts.ACTION)


@transaction.atomic
def save_part(sheet: PartSheet, *, by: User, **many: Any) -> Action:
    """Expects a valid sheet, read under ``lock``. ``many``: what a new action comes from."""
    action: Action = sheet.owner
    is_new = action.pk is None
    if is_new:
        number(action)
    changes = sheet.changes
    if sheet.head:
        action = sheet.head.keep(by=by)
    for name, rows in many.items():
        getattr(action, name).add(*rows)
    save_rows(sheet, by=by, action=action)
    if is_new:
        record(by, "actions.entered", action)
    elif changes:
        record(by, "actions.changed", action, part=sheet.part.name)
        tell_changed(action.text, "title")
    texts.tell_tables(action.plan)
    return action


def save_rows(sheet: PartSheet, *, by: User, **owner: Any) -> None:
    """New ones at the end, in the order of the page."""
    removed, kept = sheet.removed, sheet.kept
    for row in removed:
        row.instance.delete()
    if sheet.part.rows == "fundings":
        _make_room(sheet.owner, kept)
    last = 0
    for row in kept:
        fields = {} if row.is_there else dict(owner)
        if fields and "position" not in row.fields:
            fields["position"] = last + 1
        row.keep(by=by, **fields)
        last = max(last, row.instance.position)


def _make_room(action: Action, kept: list[Any]) -> None:
    """So that two rows of funding may change their years with each other."""
    moving = [row.instance.pk for row in kept if row.is_there and row.differs]
    action.fundings.filter(pk__in=moving).update(year=F("year") + 10_000)


@transaction.atomic
def drop(action: Action, *, reason: str, by: User) -> Action:
    """It stays in the list with its number and the reason; its text can only be read.

    Raises ValidationError for an action that is dropped already.
    """
    action = _fresh(action)
    if action.is_dropped:
        raise ValidationError(_("This action is dropped already."), code="dropped")
    return _set(action, "actions.dropped", by, dropped_at=timezone.now(), dropped_because=reason)


@transaction.atomic
def take_up(action: Action, *, by: User) -> Action:
    """Raises ValidationError for an action that goes on."""
    action = _fresh(action)
    if not action.is_dropped:
        raise ValidationError(_("This action goes on already."), code="going_on")
    return _set(action, "actions.taken_up", by, dropped_at=None, dropped_because="")


@transaction.atomic
def delete(action: Action, *, by: User) -> Action:
    """Into the bin. Its number stays taken. Raises ValidationError if it is there already."""
    action = _fresh(action)
    if action.deleted_at:
        raise ValidationError(_("This action is in the bin already."), code="deleted")
    return _set(action, "actions.deleted", by, deleted_at=timezone.now())


@transaction.atomic
def restore(action: Action, *, by: User) -> Action:
    """Raises ValidationError for an action that is not in the bin."""
    action = _fresh(action)
    if not action.deleted_at:
        raise ValidationError(_("This action is not in the bin any more."), code="restored")
    return _set(action, "actions.restored", by, deleted_at=None)


def _fresh(action: Action) -> Action:
    """As it is once everybody else is done."""
    lock(action.plan)
    return Action.objects.select_related("plan__group", "text").get(pk=action.pk)


def _set(action: Action, done: str, by: User, **fields: Any) -> Action:
    for name, value in fields.items():
        setattr(action, name, value)
    action.version += 1
    action.changed_by = by
    action.save()
    record(by, done, action)
    recheck_text(action.text)
    texts.tell_tables(action.plan)
    return action


@transaction.atomic
def empty_bin() -> int:
    """Deletes for good, with its text, what nobody has brought back in time; how many actions."""
    before = timezone.now() - settings.ACTIONPLAN["BIN"]
    gone = Action.objects.select_for_update(of=("self",), skip_locked=True)
    count = 0
    for action in gone.filter(deleted_at__lt=before).select_related("plan", "text"):
        record(None, "actions.gone", action, plan=action.plan_id, number=action.number)
        action.delete()
        delete_text(action.text)
        count += 1
    return count

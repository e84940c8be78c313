"""What happens to a section: added, changed. Where it stands is ``ordering``'s."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from actionplan.forms.sections import SectionForm
from actionplan.models import Plan, Section, SectionText
from actionplan.texts import SECTION
from groups.models import User
from in4green.activity.services import record
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from in4green.livetext.models import TextUpdate
from in4green.livetext.services import create_text, edit, tell_changed


def lock(plan: Plan) -> Plan:
    """Whoever changes the tree of a plan's sections waits here for the others."""
    locked = Plan.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("group", "changed_by").get(pk=plan.pk)


def lock_section(section: Section) -> Section:
    locked = Section.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("plan__group", "changed_by").get(pk=section.pk)


@transaction.atomic
def add_section(
    plan: Plan, *, title: str, by: User, parent: Section | None = None, **facts: Any
) -> Section:
    """The last of its part, with an empty text in each language of the plan.

    ``parent`` is a section of this plan that is at most in the second level.
    """
    plan = lock(plan)
    section = Section.objects.create(
        plan=plan, parent=parent, title=title, changed_by=by,
        position=next_position(plan, parent), **facts,
    )  # fmt: skip
    _give_texts(section)
    record(by, "sections.added", section)
    return section


def next_position(plan: Plan, parent: Section | None) -> int:
    last = plan.sections.filter(parent=parent).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _give_texts(section: Section) -> None:
    for language in section.plan.languages:
        SectionText.objects.create(section=section, language=language, text=create_text(SECTION))


@transaction.atomic
def save_section(form: SectionForm, *, by: User) -> Section:
    """Expects a valid form, read under ``lock_section``. Open pages show the new title."""
    is_new, title = not form.is_there, form.stored.get("title")
    if is_new:
        plan = lock(form.instance.plan)
        form.instance.position = next_position(plan, form.instance.parent)
    section: Section = form.keep(by=by)
    if is_new:
        _give_texts(section)
    elif section.title != title:
        for row in section.texts.select_related("text"):
            tell_changed(row.text, "title")
    record(by, "sections.added" if is_new else "sections.changed", section)
    return section


def write(row: SectionText, content: Content, *, by: User) -> TextUpdate | None:
    """In place of what stands there, as an edit of this person."""
    kind = TextUpdate.Kind.IMPORT
    return edit(row.text, lambda doc: crdt.replace(doc, content), by=by, kind=kind)

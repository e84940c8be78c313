"""What happens to a plan as a whole: begun from the template, its facts changed."""

from django.db import transaction

from actionplan.forms.plans import PlanForm
from actionplan.models import Plan, Section, TemplateSection
from actionplan.services.sections import add_section, write
from groups.models import User, WorkingGroup
from in4green.activity.services import record
from in4green.livetext.content import live_tables
from meetings.services.practices import free_slug

LONGEST_SLUG = 50


@transaction.atomic
def begin_plan(group: WorkingGroup, *, title: str, language: str, by: User) -> Plan:
    """With the template's sections; an original may begin with a table, else texts are empty."""
    slug = free_slug(Plan, group.city, title, longest=LONGEST_SLUG)
    plan = Plan.objects.create(
        group=group, slug=slug, title=title, language=language, changed_by=by
    )
    rows = list(TemplateSection.objects.all())
    _add_parts(plan, rows, None, None, by)
    record(by, "plans.begun", plan)
    return plan


def _add_parts(
    plan: Plan, rows: list[TemplateSection], of: int | None, parent: Section | None, by: User
) -> None:
    for row in rows:
        if row.parent_id == of:
            section = add_section(plan, parent=parent, by=by, **row.facts(plan.language))
            _begin_original(section, row.tables, by)
            _add_parts(plan, rows, row.pk, section, by)


def _begin_original(section: Section, tables: list[str], by: User) -> None:
    """With the tables that the template names, and a line to write in above each."""
    blocks = [
        block
        for slug in tables
        if live_tables.is_known(slug)
        for block in ({"type": "paragraph"}, {"type": live_tables.NODE, "attrs": {"table": slug}})
    ]
    if blocks:
        row = section.texts.select_related("text").get(language=section.plan.language)
        write(row, {"type": "doc", "content": blocks}, by=by)


@transaction.atomic
def save_plan(form: PlanForm, *, by: User) -> Plan:
    """Expects a valid form, read under ``lock``."""
    plan: Plan = form.keep(by=by)
    record(by, "plans.changed", plan)
    return plan

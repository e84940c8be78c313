"""A plan to try things with: its sections in each state, in two languages, early and late."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from actionplan import demo_texts as said
from actionplan.bilingual import pair
from actionplan.loading import load_template
from actionplan.models import Plan, Section, SectionText
from actionplan.services import states
from actionplan.services.plans import begin_plan
from actionplan.services.sections import write
from actionplan.services.translating import say_it_matches
from groups.models import User, WorkingGroup
from in4green.livetext.archive import snapshots
from in4green.livetext.content.html_in import from_html

TITLE = "Beispielplan Musterhausen"
# By the key of the template: German, English, days until it is due, how far it is.
SECTIONS = {
    "context-situation": (said.SITUATION, said.SITUATION_EN, 10, ""),
    "context-problems": (said.PROBLEMS, "", -4, "in_review"),
    "context-vision": (said.VISION, said.VISION_EN, -30, "approved"),
    "logic-objectives": (said.OBJECTIVES, "", 24, ""),
    "logic-actions": (said.OVERVIEW, "", 24, ""),
    "delivery-governance": (said.GOVERNANCE, "", -2, ""),
    "delivery-funding": (said.FUNDING, "", 45, ""),
    "summary": (said.SUMMARY, said.SUMMARY_EN, 60, ""),
}


@transaction.atomic
def load_demo(group: WorkingGroup) -> Plan | None:
    """None if the group has a plan already, or nobody coordinates it."""
    first = group.memberships.current().coordinators().select_related("user").first()
    if first is None or Plan.objects.filter(group=group).exists():
        return None
    load_template()
    plan = begin_plan(group, title=TITLE, language="de", by=first.user)
    Plan.objects.filter(pk=plan.pk).update(title_en="Example plan of Musterhausen")
    writers = [m.user for m in group.memberships.current().select_related("user").order_by("pk")]
    for number, (key, (german, english, days, status)) in enumerate(SECTIONS.items()):
        section = plan.sections.get(key=key)
        section.due_on = timezone.localdate() + timedelta(days=days)
        section.save(update_fields=["due_on"])
        section.responsible.add(writers[number % 2])
        _write(section, german, english, by=first.user)
        _bring_to(section, status, by=first.user)
    _translate(plan, by=first.user)
    return plan


def _write(section: Section, german: str, english: str, *, by: User) -> None:
    for row in section.texts.select_related("text", "section__plan"):
        _say(row, german if row.language == "de" else english, by=by)


def _say(row: SectionText, html: str, *, by: User) -> None:
    if html:
        write(row, from_html(html, language=row.language), by=by)
        snapshots.take(row.text)  # how long it is can be told at once


def _bring_to(section: Section, status: str, *, by: User) -> None:
    if status:
        states.ask_review(section, by=by, reason="Bitte bis zum nächsten Treffen durchsehen.")
    if status == Section.Status.APPROVED:
        states.approve(section, by=by, reason="In der Werkstatt besprochen (erfunden).")


def _translate(plan: Plan, *, by: User) -> None:
    """Two match; since then one original has gone on."""
    for key in ("context-situation", "context-vision"):
        both = pair(plan.sections.get(key=key), "en")
        if both and both.original and both.translation:
            original = both.original.text
            seen = (original.epoch, original.head_seq)
            say_it_matches(both.translation, original, seen=seen, by=by)
    row = SectionText.objects.get(
        section__plan=plan, section__key="context-situation", language="de"
    )
    _say(row, said.SITUATION_LATER, by=by)

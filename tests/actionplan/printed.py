"""A small plan with one of everything that files show, and much that tries to break them."""

from datetime import UTC, date, datetime

from django.utils import timezone

from actionplan import tables
from actionplan.whole import collect
from in4green.livetext.content.html_in import from_html
from in4green.livetext.document import crdt
from in4green.livetext.services import edit
from tests.plan_factories import (
    ActionFactory,
    AreaFactory,
    FundingFactory,
    FundingSourceFactory,
    IndicatorFactory,
    ObjectiveFactory,
    RiskFactory,
    SectionFactory,
    SectionTextFactory,
    StepFactory,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SHOWN = "".join(f'<div data-live-table="{slug}"></div>' for slug in tables.NAMES)
TEXT = (
    "<h2>Was wir wissen</h2><p>Ein <strong>Satz</strong> mit "
    '<a href="https://example.org/">Link</a>.</p><ul><li>Punkt</li></ul><ol><li>Erstens</li></ol>'
    "<table><tr><th>Kopf</th><th>Noch</th></tr><tr><td>Zelle</td><td>x</td></tr></table>"
)
HOSTILE = (
    '<script>alert(1)</script> #read("/etc/passwd") $x$ \\input{x} =HYPERLINK("http://x") '
    "{{ 7*7 }} \u202eanders\u202c \U0001f600 \x07 ]]> &amp; `x` "
)


def write(text, html, *, by):
    edit(text, lambda doc: crdt.replace(doc, from_html(html)), by=by)


def fill(plan, by):
    """Two chapters, the second with all tables; an action with its six things, one dropped."""
    first = SectionFactory(plan=plan, title="Ausgangslage", title_en="Context", position=1)
    write(SectionTextFactory(section=first).text, TEXT, by=by)
    second = SectionFactory(plan=plan, title="Maßnahmen", position=2)
    write(SectionTextFactory(section=second).text, f"<p>Alle:</p>{SHOWN}", by=by)
    add_action(plan, 1, "Wärmenetz", by)
    ActionFactory(
        plan=plan, number=2, title="Seilbahn", dropped_at=timezone.now(),
        dropped_because="Zu teuer.",
    )  # fmt: skip
    return plan


def add_action(plan, number, title, by):
    action = ActionFactory(
        plan=plan, number=number, title=title, summary="Abwärme nutzen.", cost=5000,
        objective=ObjectiveFactory(plan=plan), area=AreaFactory(plan=plan), lead_name="Max Muster",
        starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1),
    )  # fmt: skip
    write(action.text, "<p>Wie es geht.</p>", by=by)
    StepFactory(action=action, starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 1))
    source = FundingSourceFactory(plan=plan, title="Haushalt")
    FundingFactory(action=action, source=source, planned=3000, secured=1000)
    RiskFactory(action=action, mitigation="Gespräche")
    IndicatorFactory(action=action, baseline=1, target=10)
    return action


def whole_of(plan, language="de", *, inside=True):
    said = collect(plan, language, inside=inside)
    return {**said, "tables": tables.of(said)}

"""Editions for tests: written and published in few words."""

from typing import Any

from actionplan.models import Edition, Plan, Section
from actionplan.services import editions
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText
from in4green.livetext.services import edit
from tests.livetext.writing import Content, doc
from tests.plan_factories import SectionFactory, SectionTextFactory


def write(live: LiveText, *blocks: Content, by: Any) -> None:
    edit(live, lambda d: crdt.replace(d, doc(*blocks)), by=by)
    live.refresh_from_db()


def written(
    plan: Plan, *blocks: Content, by: Any, language: str = "de", of: Any = None, **fields: Any
) -> Section:
    section: Section = of or SectionFactory(plan=plan, **fields)
    write(SectionTextFactory(section=section, language=language).text, *blocks, by=by)
    return section


def publish(plan: Plan, by: Any, **said: str) -> Edition:
    newest = plan.editions.count()
    words = {"title": "Unser Plan", "title_en": "Our plan", "note": "", "note_en": ""}
    return editions.publish(plan, after=newest, by=by, **{**words, **said})

"""The template that comes with the portal, and the demo plan."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from actionplan import progress
from actionplan.bilingual import pair
from actionplan.loading import load_template
from actionplan.models import Plan, TemplateSection
from actionplan.tables import NAMES
from in4green.livetext.archive import reading
from in4green.livetext.content import live_tables
from in4green.livetext.content.plain import to_text

pytestmark = pytest.mark.django_db


def test_the_template_follows_the_four_parts_of_the_canvas():
    assert load_template() == TemplateSection.objects.count()

    tops = TemplateSection.objects.filter(parent=None)
    assert list(tops.values_list("key", flat=True)) == [
        "context", "logic", "details", "delivery", "annex", "summary",
    ]  # fmt: skip
    rows = TemplateSection.objects.all()
    assert all(row.guidance_de and row.guidance_en and row.title_en for row in rows)
    assert {slug for row in rows for slug in row.tables} == set(NAMES)


def test_what_people_have_changed_in_the_template_stays():
    load_template()
    TemplateSection.objects.filter(key="annex").delete()
    TemplateSection.objects.filter(key="context").update(title_de="Woher wir kommen")

    assert load_template() == 0

    assert not TemplateSection.objects.filter(key="annex").exists()
    assert TemplateSection.objects.get(key="context").title_de == "Woher wir kommen"


def test_a_new_plan_has_the_tables_of_the_template_in_its_original(desk, group):
    load_template()

    desk.post(reverse("plan:begin"), {"title": "Plan", "language": "de", "group": group.pk})

    plan = Plan.objects.get()
    assert plan.sections.count() == TemplateSection.objects.count()
    both = pair(plan.sections.get(key="delivery-timeline"), "de")
    assert live_tables.shown_in(reading.content(both.row.text)) == ["gantt"]
    assert both.other.text.head_seq == 0


def test_the_demo_has_a_plan_that_says_that_it_is_made_up(client, settings):
    settings.DEBUG = True
    settings.COORDINATION_ADDRESS = "koordination@solingen.example"
    call_command("load_reference")

    call_command("load_demo")
    call_command("load_demo")

    plan = Plan.objects.get()
    situation = plan.sections.get(key="context-situation")
    both = pair(situation, "en")
    assert "Es ist nicht der Plan der Stadt Solingen." in to_text(reading.content(both.other.text))
    assert "not the plan of the city of Solingen" in to_text(reading.content(both.row.text))
    assert both.state == "older"
    assert pair(plan.sections.get(key="context-vision"), "en").state == "matches"
    count = progress.count(progress.lines(plan))
    assert (count.approved, count.in_review, count.late) == (1, 1, 2)
    assert plan.actions.count() > 5

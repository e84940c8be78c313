"""The plan's page, and how a plan begins."""

import pytest
from django.urls import reverse

from actionplan.models import Plan, TemplateSection
from actionplan.services.sections import write
from in4green.livetext.content.html_in import from_html
from tests.plan_factories import PlanFactory, SectionFactory, SectionTextFactory

pytestmark = pytest.mark.django_db


def sections(plan, count):
    for _number in range(count):
        top = SectionFactory(plan=plan)
        SectionTextFactory(section=top)
        SectionTextFactory(section=top, language="en")
        SectionTextFactory(section=SectionFactory(plan=plan, parent=top))


def test_who_sees_one_plan_goes_straight_to_it(client, plan, member):
    client.force_login(member)

    assert client.get(reverse("plan:list")).url == plan.get_absolute_url()
    assert (
        reverse("plan:begin") not in client.get(reverse("plan:list") + "?all=yes").content.decode()
    )


def test_coordination_finds_the_way_to_another_plan(desk, plan):
    assert reverse("plan:list") + "?all=yes" in desk.get(plan.get_absolute_url()).content.decode()
    assert reverse("plan:begin") in desk.get(reverse("plan:list") + "?all=yes").content.decode()


def test_coordination_begins_a_plan_from_the_template(desk, group):
    top = TemplateSection.objects.create(
        key="needs", position=1, title_de="Ausgangslage", title_en="Needs", guidance_de="Wozu?"
    )
    TemplateSection.objects.create(
        key="data", parent=top, title_de="Zahlen", title_en="Data", word_limit=500
    )

    answer = desk.post(
        reverse("plan:begin"), {"title": "Mein Plan", "language": "de", "group": group.pk}
    )

    plan = Plan.objects.get()
    assert answer.url == plan.get_absolute_url()
    needs, data = plan.sections.order_by("pk")
    assert (needs.title, needs.title_en, needs.guidance) == ("Ausgangslage", "Needs", "Wozu?")
    assert (data.parent, data.key, data.word_limit) == (needs, "data", 500)
    assert [row.language for row in data.texts.all()] == ["de", "en"]
    assert "Ausgangslage" in desk.get(plan.get_absolute_url()).content.decode()


def test_nobody_else_begins_a_plan(client, group, member):
    client.force_login(member)

    assert client.get(reverse("plan:begin")).status_code == 403


def test_a_section_of_a_table_alone_is_neither_empty_nor_of_no_words(client, plan, member):
    row = SectionTextFactory(section=SectionFactory(plan=plan, word_limit=300))
    client.force_login(member)
    assert "noch leer" in client.get(plan.get_absolute_url()).content.decode()

    write(row, from_html('<div data-live-table="gantt"></div>', language="de"), by=member)

    page = client.get(plan.get_absolute_url()).content.decode()
    assert "ohne eigene Wörter" in page
    assert "noch leer" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_plans_page_asks_the_same_number_of_queries_however_long_it_is(
    client, plan, member, count, django_assert_num_queries
):
    client.force_login(member)
    sections(plan, count)

    with django_assert_num_queries(11):
        answer = client.get(plan.get_absolute_url())

    assert answer.status_code == 200


def test_a_plan_of_another_group_is_not_there(client, member):
    client.force_login(member)

    assert client.get(PlanFactory().get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("agreed", "told"), [(0, "0 von 3 Abschnitten sind"), (1, "1 von 3 Abschnitten ist")]
)
def test_how_many_sections_are_agreed_is_said_in_a_sentence(writer, plan, agreed, told):
    for number in range(3):
        SectionFactory(plan=plan, status="approved" if number < agreed else "draft")

    page = " ".join(writer.get(plan.get_absolute_url()).content.decode().split())

    assert f"{told} abgestimmt." in page

"""Sections are added, changed and shown."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import MembershipFactory
from tests.meetings.desks import data_of
from tests.plan_factories import SectionFactory, SectionTextFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(plan):
    return SectionFactory(plan=plan, title="Ausgangslage")


def address(name, section):
    return reverse(f"plan:{name}", args=[section.plan.slug, section.pk])


def test_a_section_is_added_at_the_end_with_its_texts(desk, plan, section, member):
    new = reverse("plan:new_section", args=[plan.slug])

    desk.post(new, {"title": "Zahlen", "responsible": [member.pk], "word_limit": "300"})

    added = plan.sections.last()
    assert (added.title, added.position > section.position) == ("Zahlen", True)
    assert [row.language for row in added.texts.all()] == ["de", "en"]
    assert list(added.responsible.all()) == [member]


def test_a_part_is_added_to_the_section_that_the_address_names(desk, plan, section):
    new = reverse("plan:new_section", args=[plan.slug])

    desk.post(f"{new}?part_of={section.pk}", {"title": "Zahlen"})

    assert plan.sections.get(title="Zahlen").parent == section
    assert desk.get(f"{new}?part_of=0").status_code == 404


def test_what_two_people_change_is_put_together(desk, section):
    sheet = data_of(desk.get(address("edit_section", section)))
    desk.post(address("edit_section", section), sheet | {"guidance": "Mit Zahlen."})

    answer = desk.post(address("edit_section", section), sheet | {"title": "Wo wir stehen"})

    assert "zusammengeführt" in unescape(answer.content.decode())
    again = data_of(answer)
    assert (again["title"], again["guidance"]) == ("Wo wir stehen", "Mit Zahlen.")
    desk.post(address("edit_section", section), again)
    section.refresh_from_db()
    assert (section.title, section.guidance) == ("Wo wir stehen", "Mit Zahlen.")


def test_only_who_writes_in_the_group_can_be_made_responsible(desk, section, member, reader):
    other = MembershipFactory().user

    form = desk.get(address("edit_section", section)).context["form"]

    offered = set(form.fields["responsible"].queryset)
    assert member in offered
    assert not {reader, other} & offered


def test_what_is_late_is_said_in_words(client, member, section):
    section.due_on = timezone.localdate() - timedelta(days=3)
    section.save()
    client.force_login(member)

    for page in (section.get_absolute_url(), section.plan.get_absolute_url()):
        assert "vor 3 Tagen" in " ".join(client.get(page).content.decode().split())


def test_members_read_about_a_section_and_only_coordination_changes_it(client, member, section):
    client.force_login(member)

    assert client.get(section.get_absolute_url()).status_code == 200
    assert client.get(address("edit_section", section)).status_code == 403


def test_a_section_of_another_group_is_not_there(client, section):
    client.force_login(MembershipFactory().user)

    assert client.get(section.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_section_asks_the_same_number_of_queries(
    client, member, plan, section, count, django_assert_num_queries
):
    SectionTextFactory(section=section)
    for _number in range(count):
        SectionTextFactory(section__plan=plan, section__parent=section)
    client.force_login(member)

    with django_assert_num_queries(15):
        assert client.get(section.get_absolute_url()).status_code == 200

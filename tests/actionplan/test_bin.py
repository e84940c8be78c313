"""Deleted sections can be read and brought back for a while, then they go with their texts."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from actionplan.models import Section
from actionplan.services import bin as services
from actionplan.services import ordering
from in4green.activity.models import LogEntry
from in4green.livetext.archive import versions
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, access
from tests.actionplan.writing import say
from tests.plan_factories import SectionFactory, SectionTextFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(plan):
    return SectionFactory(plan=plan, title="Ganzes")


@pytest.fixture
def part(plan, whole, coordinator):
    part = SectionFactory(plan=plan, title="Teil", parent=whole)
    say(SectionTextFactory(section=part), "Meine Worte.", by=coordinator)
    return part


def page(name, section):
    return reverse(f"plan:{name}", args=[section.plan.slug, section.pk])


def test_a_section_is_deleted_with_its_parts_after_a_question(desk, whole, part):
    assert "1.1 Teil" in desk.get(page("delete_section", whole)).content.decode()

    answer = desk.post(page("delete_section", whole))

    assert answer.url == whole.plan.get_absolute_url()
    assert not whole.plan.sections.there().exists()
    assert desk.get(whole.get_absolute_url()).status_code == 404


def test_its_text_can_be_read_in_the_bin_by_the_group(client, whole, part, coordinator, member):
    services.delete_section(whole, by=coordinator)
    client.force_login(member)

    listed = client.get(reverse("plan:bin", args=[whole.plan.slug])).content.decode()
    text = part.texts.get().get_absolute_url()

    assert text in listed
    assert page("restore_section", whole) not in listed
    shown = client.get(text).content.decode()
    assert "Meine Worte." in shown
    assert "im Papierkorb" in shown


def test_only_coordination_deletes_and_brings_back(client, whole, coordinator, member):
    client.force_login(member)

    assert client.post(page("delete_section", whole)).status_code == 403
    services.delete_section(whole, by=coordinator)
    assert client.post(page("restore_section", whole)).status_code == 403


def test_a_section_comes_back_with_the_parts_that_went_with_it(
    desk, plan, whole, part, coordinator
):
    earlier = SectionFactory(plan=plan, title="Früher gelöscht", parent=whole)
    services.delete_section(earlier, by=coordinator)
    services.delete_section(whole, by=coordinator)
    other = SectionFactory(plan=plan, position=whole.position)

    desk.post(page("restore_section", whole))

    assert list(plan.sections.there().filter(parent=None)) == [other, whole]
    assert list(plan.sections.there().filter(parent=whole)) == [part]
    assert list(plan.sections.in_bin()) == [earlier]


def test_a_part_alone_comes_back_to_its_whole_and_can_be_written_in_at_once(
    plan, whole, part, coordinator
):
    SectionFactory(plan=plan, title="Später", parent=whole, position=part.position + 1)
    services.delete_section(part, by=coordinator)
    text = part.texts.get().text
    text.refresh_from_db()

    assert services.restore_section(part, by=coordinator).parent == whole

    assert [each.title for each in whole.children.order_by("position")] == ["Später", "Teil"]
    # Whoever has it open hears that it can be written in again.
    known, rights = LiveText.objects.get(pk=text.pk), text.perm_version
    assert known.perm_version > rights
    assert access(coordinator, known) == Access.WRITE


def test_a_part_whose_whole_is_in_the_bin_comes_back_to_the_top(plan, whole, part, coordinator):
    services.delete_section(whole, by=coordinator)

    services.restore_section(part, by=coordinator)

    assert list(plan.sections.there().filter(parent=None)) == [part]


def test_a_part_whose_whole_has_gone_too_deep_comes_back_to_the_top(plan, whole, part, coordinator):
    services.delete_section(part, by=coordinator)
    above = [SectionFactory(plan=plan) for _level in range(2)]
    ordering.place(above[1], parent=above[0].pk, after=None, by=coordinator)
    ordering.place(whole, parent=above[1].pk, after=None, by=coordinator)

    assert services.restore_section(part, by=coordinator).parent is None


def test_what_is_there_is_not_brought_back_and_what_is_gone_not_deleted(whole, coordinator):
    with pytest.raises(ValidationError):
        services.restore_section(whole, by=coordinator)
    services.delete_section(whole, by=coordinator)
    with pytest.raises(ValidationError):
        services.delete_section(whole, by=coordinator)


def test_after_thirty_days_a_section_is_gone_with_its_text(plan, whole, part, coordinator):
    versions.save(part.texts.get().text, by=coordinator, label="Vor dem Löschen")
    kept = SectionFactory(plan=plan)
    for section in (whole, kept):
        services.delete_section(section, by=coordinator)
    aged = timezone.now() - settings.ACTIONPLAN["BIN"] - timedelta(minutes=1)
    Section.objects.filter(pk__in=[whole.pk, part.pk]).update(deleted_at=aged)

    assert services.empty_bin() == 2

    assert list(plan.sections.all()) == [kept]
    assert not LiveText.objects.exists()
    assert LogEntry.objects.filter(action="sections.deleted_after_period").count() == 1
    assert services.empty_bin() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_bin_asks_the_same_number_of_queries(
    desk, plan, coordinator, count, django_assert_num_queries
):
    for section in SectionFactory.create_batch(count, plan=plan):
        SectionTextFactory(section=section)
        services.delete_section(section, by=coordinator)

    with django_assert_num_queries(13):
        assert desk.get(reverse("plan:bin", args=[plan.slug])).status_code == 200

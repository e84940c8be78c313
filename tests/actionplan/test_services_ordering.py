"""Sections move one step or to another place; nothing is lost when two move at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from actionplan.models import Section
from actionplan.outline import in_order, tree
from actionplan.services import ordering
from actionplan.services.sections import lock
from tests.meetings.test_at_once import waiting
from tests.plan_factories import SectionFactory
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(plan):
    """a with its parts a1 and a2, then b, then c."""
    names = {}
    for name, parent in (("a", None), ("a1", "a"), ("a2", "a"), ("b", None), ("c", None)):
        names[name] = SectionFactory(plan=plan, title=name, parent=names.get(parent))
    return names


def order(plan):
    return " ".join(
        f"{place.number}:{place.section.title}"
        for place in in_order(tree(Section.objects.filter(plan=plan).there()))
    )


@pytest.mark.parametrize(
    ("name", "direction", "then"),
    [
        ("b", "up", "1:b 2:a 2.1:a1 2.2:a2 3:c"),
        ("b", "down", "1:a 1.1:a1 1.2:a2 2:c 3:b"),
        ("b", "in", "1:a 1.1:a1 1.2:a2 1.3:b 2:c"),
        ("a1", "out", "1:a 1.1:a2 2:a1 3:b 4:c"),
        ("a2", "in", "1:a 1.1:a1 1.1.1:a2 2:b 3:c"),
    ],
)
def test_a_section_takes_one_step_with_all_its_parts(
    plan, made, coordinator, name, direction, then
):
    place = ordering.move(made[name], direction, by=coordinator)

    assert order(plan) == then
    assert f"{place.number}:{name}" in then


@pytest.mark.parametrize(
    ("name", "direction"),
    [("a", "up"), ("c", "down"), ("a", "in"), ("a1", "in"), ("a", "out")],
)
def test_a_step_for_which_there_is_no_room_is_refused(plan, made, coordinator, name, direction):
    before = order(plan)

    with pytest.raises(ValidationError):
        ordering.move(made[name], direction, by=coordinator)

    assert order(plan) == before


@pytest.mark.parametrize(
    ("name", "parent", "after", "then"),
    [
        ("c", None, None, "1:c 2:a 2.1:a1 2.2:a2 3:b"),
        ("c", "a", "a1", "1:a 1.1:a1 1.2:c 1.3:a2 2:b"),
        ("a2", "a1", None, "1:a 1.1:a1 1.1.1:a2 2:b 3:c"),
        ("a", None, "c", "1:b 2:c 3:a 3.1:a1 3.2:a2"),
        ("a", "b", None, "1:b 1.1:a 1.1.1:a1 1.1.2:a2 2:c"),
        ("b", None, "b", "1:a 1.1:a1 1.2:a2 2:b 3:c"),
    ],
)
def test_a_section_goes_to_any_other_place(plan, made, coordinator, name, parent, after, then):
    ordering.place(
        made[name],
        parent=made[parent].pk if parent else None,
        after=made[after].pk if after else None,
        by=coordinator,
    )

    assert order(plan) == then


def test_a_section_never_becomes_part_of_itself(made, coordinator):
    with pytest.raises(ValidationError) as error:
        ordering.place(made["a"], parent=made["a1"].pk, after=None, by=coordinator)

    assert error.value.code == "circle"


def test_a_plan_has_no_more_than_three_levels(made, coordinator):
    ordering.place(made["b"], parent=made["a1"].pk, after=None, by=coordinator)

    with pytest.raises(ValidationError) as error:
        ordering.place(made["c"], parent=made["b"].pk, after=None, by=coordinator)

    assert error.value.code == "deep"


@pytest.mark.parametrize("gone", ["binned", "elsewhere"])
def test_a_neighbour_that_is_elsewhere_meanwhile_is_said(made, coordinator, gone):
    if gone == "binned":
        Section.objects.filter(pk=made["b"].pk).update(deleted_at=timezone.now())
    else:
        ordering.move(made["b"], "in", by=coordinator)

    with pytest.raises(ValidationError) as error:
        ordering.place(made["c"], parent=None, after=made["b"].pk, by=coordinator)

    assert error.value.code == "changed"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_reorder_at_once_the_second_moves_in_the_first_ones_order(
    plan, made, coordinator
):
    def move(name, direction):
        try:
            ordering.move(made[name], direction, by=coordinator)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            lock(plan)
            both = [threads.submit(move, "b", "up"), threads.submit(move, "a2", "out")]
            wait_for(lambda: waiting() == 2)
        for one in both:
            one.result(30)

    assert order(plan) in (
        "1:b 2:a 2.1:a1 3:a2 4:c",  # b was first
        "1:a 1.1:a1 2:b 3:a2 4:c",
    )

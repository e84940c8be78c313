"""Numbers of sections, and who stands beside whom."""

import pytest

from actionplan.outline import in_order, tree
from tests.plan_factories import SectionFactory

pytestmark = pytest.mark.django_db


def test_sections_are_numbered_as_they_are_read(plan):
    a, b = SectionFactory(plan=plan, title="a"), SectionFactory(plan=plan, title="b")
    a1 = SectionFactory(plan=plan, title="a1", parent=a)
    SectionFactory(plan=plan, title="a1a", parent=a1)
    SectionFactory(plan=plan, title="b1", parent=b)

    found = list(in_order(tree(plan.sections.all())))

    assert [(place.number, place.section.title, place.depth) for place in found] == [
        ("1", "a", 1),
        ("1.1", "a1", 2),
        ("1.1.1", "a1a", 3),
        ("2", "b", 1),
        ("2.1", "b1", 2),
    ]
    assert (found[0].before, found[0].after, found[0].height) == (None, b, 3)
    assert [place.number for place in found if place.fits_into_neighbour] == ["2"]


def test_a_section_whose_whole_is_not_there_stands_at_the_top(plan):
    parent = SectionFactory(plan=plan)
    child = SectionFactory(plan=plan, parent=parent)

    assert [place.section for place in tree([child])] == [child]

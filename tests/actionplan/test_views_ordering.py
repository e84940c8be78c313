"""The page on which the order is changed, and the form that does the same."""

import pytest
from django.urls import reverse

from actionplan.outline import in_order
from tests.plan_factories import SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(plan):
    return [SectionFactory(plan=plan, title=title) for title in ("Erstens", "Zweitens")]


def order(plan):
    return reverse("plan:order", args=[plan.slug])


def move(plan, section):
    return reverse("plan:move_section", args=[plan.slug, section.pk])


def test_a_button_of_a_row_takes_one_step_and_says_where_the_section_is(desk, plan, pair):
    answer = desk.post(order(plan), {"move": f"{pair[1].pk}:up"}, follow=True)

    assert answer.redirect_chain[0][0] == f"{order(plan)}#section-{pair[1].pk}"
    assert "„Zweitens“ ist jetzt Nummer 1." in answer.content.decode()
    assert list(plan.sections.all()) == pair[::-1]


def test_a_step_that_somebody_else_has_made_meanwhile_is_no_error(desk, plan, pair):
    desk.post(order(plan), {"move": f"{pair[1].pk}:up"})
    answer = desk.post(order(plan), {"move": f"{pair[1].pk}:up"}, follow=True)

    assert "Weiter geht es in dieser Richtung nicht." in answer.content.decode()


@pytest.mark.parametrize("sent", ["", "x:up", "0:up", "{}:sideways", "9" * 30 + ":up"])
def test_a_step_that_no_button_takes_is_not_found(desk, plan, pair, sent):
    assert desk.post(order(plan), {"move": sent.format(pair[0].pk)}).status_code == 404


def test_only_coordination_changes_the_order(client, plan, pair, member):
    client.force_login(member)

    assert client.get(order(plan)).status_code == 403
    assert client.post(order(plan), {"move": f"{pair[1].pk}:up"}).status_code == 403
    assert client.post(move(plan, pair[1]), {"how": "beside"}).status_code == 403


@pytest.mark.parametrize(
    ("after", "how", "numbers"),
    [(None, "beside", ["2", "1"]), (0, "within", ["1", "1.1"]), (0, "beside", ["1", "2"])],
)
def test_the_form_puts_a_section_behind_or_into_another(desk, plan, pair, after, how, numbers):
    chosen = "" if after is None else pair[after].pk
    answer = desk.post(move(plan, pair[1]), {"after": chosen, "how": how}, follow=True)

    found = {place.section: place.number for place in in_order(answer.context["places"])}
    assert [found[section] for section in pair] == numbers


def test_the_form_offers_no_place_within_the_section_itself(desk, plan, pair):
    child = SectionFactory(plan=plan, parent=pair[0])

    form = desk.get(move(plan, pair[0])).context["form"]

    assert [key for key, _name in form.fields["after"].choices] == ["", str(pair[1].pk)]
    assert desk.post(move(plan, pair[0]), {"after": child.pk, "how": "within"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(desk, plan, count, django_assert_num_queries):
    SectionFactory.create_batch(count, plan=plan)

    with django_assert_num_queries(10):
        assert desk.get(order(plan)).status_code == 200

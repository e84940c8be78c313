"""Which step waits for which: never, by whatever way round, for itself."""

from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from actionplan.models import Step
from actionplan.services.actions import lock
from actionplan.services.dependencies import find_circle
from tests.meetings.desks import data_of, signed_in
from tests.meetings.test_at_once import save, waiting
from tests.plan_factories import ActionFactory, StepFactory
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db


def page_of(step: Step) -> str:
    action = step.action
    return reverse("plan:step_after", args=[action.plan.slug, action.number, step.pk])


def choose(client, step: Step, *after: Step):
    address = page_of(step)
    return client.post(address, data_of(client.get(address)) | {"after": [o.pk for o in after]})


def test_a_step_waits_for_steps_of_any_action_of_the_plan(writer, plan):
    step = StepFactory(action__plan=plan)
    own = StepFactory(action=step.action)
    other = StepFactory(action__plan=plan)

    response = choose(writer, step, own, other)

    assert response.url == f"{step.action.get_absolute_url()}#steps"
    assert set(step.after.all()) == {own, other}
    step.refresh_from_db()
    assert step.version == 2


def test_the_steps_of_the_same_action_are_offered_first_and_others_by_action(writer, plan):
    far = StepFactory(action__plan=plan, action__title="Ferne", title="Anderswo")
    step = StepFactory(action__plan=plan)
    near = StepFactory(action=step.action, title="Nah")
    StepFactory()  # of another plan
    StepFactory(action__plan=plan, action__dropped_at=timezone.now())
    StepFactory(action__plan=plan, action__deleted_at=timezone.now())

    choices = writer.get(page_of(step)).context["form"].fields["after"].choices

    assert choices == [
        ("Diese Maßnahme", [(near.pk, "Nah")]),
        (str(far.action), [(far.pk, "Anderswo")]),
    ]


def test_a_circle_is_refused_by_name(writer, plan):
    one = StepFactory(action__plan=plan, title="Planen")
    two = StepFactory(action__plan=plan, title="Bauen")
    three = StepFactory(action=two.action, title="Feiern")
    two.after.set([one])
    three.after.set([two])

    response = choose(writer, one, three)

    numbers = [step.action.number for step in (one, two, three)]
    circle = f"Planen ({numbers[0]}) → Feiern ({numbers[2]}) → Bauen ({numbers[1]}) → Planen"
    assert circle in unescape(response.content.decode())
    assert not one.after.exists()


def test_a_step_is_not_offered_to_itself(writer, plan):
    step = StepFactory(action__plan=plan)

    response = choose(writer, step, step)

    assert list(response.context["form"].errors) == ["after"]
    assert find_circle(plan, step, [step]) == [step]


def test_a_circle_through_an_action_in_the_bin_is_one_too(plan):
    one, three = StepFactory(action__plan=plan), StepFactory(action__plan=plan)
    hidden = StepFactory(action__plan=plan, action__deleted_at=timezone.now())
    hidden.after.set([one])
    three.after.set([hidden])

    assert find_circle(plan, one, [three]) == [one, three, hidden]


def test_steps_that_wait_without_a_circle_are_fine(plan):
    steps = [StepFactory(action__plan=plan) for _ in range(4)]
    steps[1].after.set([steps[0]])
    steps[2].after.set([steps[0]])

    assert find_circle(plan, steps[3], [steps[1], steps[2]]) == []


def test_of_two_who_choose_for_one_step_the_second_sees_both(writer, coordinator, plan):
    step = StepFactory(action__plan=plan)
    one, two = StepFactory(action=step.action), StepFactory(action=step.action)
    mine = data_of(writer.get(page_of(step))) | {"after": [one.pk]}
    choose(signed_in(coordinator), step, two)

    second = writer.post(page_of(step), mine)

    assert "after" in second.context["form"].errors
    assert list(step.after.all()) == [two]
    assert writer.post(page_of(step), data_of(second)).status_code == 302
    assert list(step.after.all()) == [one]


def test_readers_choose_nothing_and_a_step_of_another_action_is_not_here(client, plan, reader):
    step = StepFactory(action__plan=plan)
    client.force_login(reader)
    assert client.get(page_of(step)).status_code == 403

    other = ActionFactory(plan=plan)
    address = reverse("plan:step_after", args=[plan.slug, other.number, step.pk])
    assert client.get(address).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_a_circle_at_once_the_second_is_refused(plan, member, coordinator):
    one, two = StepFactory(action__plan=plan), StepFactory(action__plan=plan)
    desks = [(signed_in(member), one, two), (signed_in(coordinator), two, one)]
    sent = [
        (desk, page_of(step), data_of(desk.get(page_of(step))) | {"after": [after.pk]})
        for desk, step, after in desks
    ]

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            lock(plan)
            answers = [threads.submit(save, *one_sent) for one_sent in sent]
            wait_for(lambda: waiting() == 2)
        codes = sorted(answer.result(30).status_code for answer in answers)

    assert codes == [200, 302]
    assert one.after.count() + two.after.count() == 1

"""What happens to actions: numbered, dropped, taken up, deleted, brought back, moved."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from actionplan.models import Action
from actionplan.services import actions
from actionplan.services.arranging import in_order, move
from actionplan.tasks import empty_the_bin
from in4green.activity.models import LogEntry
from in4green.livetext import images
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, access
from tests.factories import PracticeFactory
from tests.meetings.test_at_once import waiting
from tests.plan_factories import ActionFactory, FundingFactory, ObjectiveFactory, PlanFactory
from tests.support.uploads import picture
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db


def done_to(action: Action) -> list[str]:
    entries = LogEntry.objects.about(action).order_by("pk")
    return list(entries.values_list("action", flat=True))


def test_an_action_gets_the_next_number_a_text_and_what_inspired_it(plan, member):
    practice = PracticeFactory(group=plan.group)

    first = actions.new_action(plan, by=member, title="Erste", practices=[practice])
    second = actions.new_action(plan, by=member, title="Zweite")

    assert (first.number, second.number, second.position) == (1, 2, 2)
    assert list(first.practices.all()) == [practice]
    assert access(member, first.text) == Access.WRITE
    assert done_to(first) == ["actions.entered"]


def test_a_number_is_never_given_twice(plan, member):
    gone = actions.new_action(plan, by=member, title="Weg")
    gone.delete()
    ActionFactory(plan=plan, number=7)

    assert actions.new_action(plan, by=member, title="Neu").number == 8
    Action.objects.all().delete()
    assert actions.new_action(plan, by=member, title="Neu").number == 9
    assert actions.new_action(PlanFactory(), by=member, title="Neu").number == 1


def test_coordination_drops_an_action_and_takes_it_up_again(plan, member, coordinator):
    action = ActionFactory(plan=plan)

    actions.drop(action, reason="Es fehlt das Grundstück.", by=coordinator)
    action = Action.objects.get()
    assert (action.is_dropped, action.dropped_because) == (True, "Es fehlt das Grundstück.")
    assert access(member, action.text) == Access.READ
    assert action.text.perm_version == 1
    with pytest.raises(ValidationError) as error:
        actions.drop(action, reason="Noch einmal", by=coordinator)
    assert error.value.code == "dropped"

    actions.take_up(action, by=coordinator)
    action = Action.objects.get()
    assert (action.is_dropped, action.dropped_because) == (False, "")
    assert access(member, action.text) == Access.WRITE
    with pytest.raises(ValidationError) as error:
        actions.take_up(action, by=coordinator)
    assert error.value.code == "going_on"
    assert done_to(action) == ["actions.dropped", "actions.taken_up"]


def test_a_deleted_action_comes_back_as_it_was(plan, coordinator):
    action = ActionFactory(plan=plan)
    FundingFactory(action=action, planned=5)

    actions.delete(action, by=coordinator)
    assert not plan.actions.there().exists()
    with pytest.raises(ValidationError) as error:
        actions.delete(action, by=coordinator)
    assert error.value.code == "deleted"

    actions.restore(action, by=coordinator)
    assert plan.actions.there().get().fundings.get().planned == 5
    with pytest.raises(ValidationError) as error:
        actions.restore(action, by=coordinator)
    assert error.value.code == "restored"
    assert done_to(action) == ["actions.deleted", "actions.restored"]


def test_the_bin_is_emptied_of_what_nobody_has_brought_back_in_time(plan, settings):
    long_ago = timezone.now() - settings.ACTIONPLAN["BIN"]
    old = ActionFactory(plan=plan, deleted_at=long_ago - timedelta(minutes=1))
    FundingFactory(action=old)
    young = ActionFactory(plan=plan, deleted_at=long_ago + timedelta(minutes=1))
    there = ActionFactory(plan=plan)

    empty_the_bin()

    assert set(plan.actions.all()) == {young, there}
    entry = LogEntry.objects.get(action="actions.gone")
    assert entry.data == {"plan": plan.pk, "number": old.number}


def test_with_an_action_go_its_description_and_the_pictures_in_it(
    plan, member, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    action = ActionFactory(plan=plan)
    image = images.take_in(action.text, picture("PNG"), by=member)
    kept = ActionFactory(plan=plan)
    long_ago = timezone.now() - settings.ACTIONPLAN["BIN"] - timedelta(minutes=1)
    Action.objects.filter(pk=action.pk).update(deleted_at=long_ago)

    with django_capture_on_commit_callbacks(execute=True):
        empty_the_bin()

    assert list(LiveText.objects.all()) == [kept.text]
    assert not default_storage.exists(image.file.name)


def test_the_bin_is_emptied_by_beat(settings):
    tasks = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]

    assert f"{empty_the_bin.name}" in tasks


def test_actions_stand_below_their_objectives_in_the_order_of_the_plan(plan):
    later = ObjectiveFactory(plan=plan, position=2)
    sooner = ObjectiveFactory(plan=plan, position=1)
    part = ObjectiveFactory(plan=plan, position=9, parent=sooner)
    rows = [
        ActionFactory(plan=plan, position=at, objective=one)
        for at, one in enumerate([None, later, part, sooner])
    ]

    assert in_order(plan, rows) == [rows[3], rows[2], rows[1], rows[0]]


def test_an_action_moves_past_its_neighbour_within_its_objective(plan, coordinator):
    objective = ObjectiveFactory(plan=plan)
    one, two, three = (ActionFactory(plan=plan, objective=objective) for _ in range(3))
    other = ActionFactory(plan=plan)

    def order():
        return in_order(plan, list(plan.actions.all()))

    assert move(three, up=True, by=coordinator)
    assert order() == [one, three, two, other]
    assert move(one, up=False, by=coordinator)
    assert order() == [three, one, two, other]
    assert not move(three, up=True, by=coordinator)
    assert not move(two, up=False, by=coordinator)
    assert not move(other, up=True, by=coordinator)
    assert order() == [three, one, two, other]
    assert done_to(three) == ["actions.moved"]


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_an_action_at_once_get_different_numbers(plan, member):
    def enter(title: str) -> int:
        try:
            return actions.new_action(plan, by=member, title=title).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            actions.lock(plan)
            sent = [threads.submit(enter, title) for title in ("Eine", "Andere")]
            wait_for(lambda: waiting() == 2)
        numbers = {one.result(30) for one in sent}

    assert numbers == {1, 2}

"""Two people end, decide or throw away the same thing in the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from actionplan.models import EditionComment, Section
from actionplan.services import actions, edition_comments
from actionplan.services import bin as binned
from in4green.activity.models import Notification
from tests.actionplan.publishing import publish
from tests.actionplan.test_votes_at_once import both
from tests.meetings.test_at_once import waiting
from tests.plan_factories import ActionFactory, SectionFactory
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_drop_an_action_at_once_the_second_is_told(plan, coordinator):
    action = ActionFactory(plan=plan)

    def drop() -> None:
        actions.drop(action, reason="zu teuer", by=coordinator)

    assert both(lambda: actions.lock(plan), drop, drop) == ["", "dropped"]


def test_a_comment_that_two_decide_at_once_is_answered_by_one_mail(plan, coordinator):
    comment = EditionComment.objects.create(
        edition=publish(plan, coordinator),
        name="Cem Beispiel",
        email="cem@example.org",
        text="Gut.",
        language="de",
        consented_at=timezone.now(),
    )

    def hold() -> None:
        EditionComment.objects.select_for_update().get()

    def decide() -> None:
        said = {"state": "published", "answer": "", "reason": ""}
        edition_comments.decide(comment, by=coordinator, **said)

    assert both(hold, decide, decide) == ["", ""]
    assert Notification.objects.filter(kind="editions.comment_decided").count() == 1


def test_what_is_brought_back_while_the_bin_is_emptied_stays(plan, coordinator):
    section = SectionFactory(plan=plan)
    binned.delete_section(section, by=coordinator)
    Section.objects.update(deleted_at=timezone.now() - 2 * settings.ACTIONPLAN["BIN"])

    def empty() -> int:
        try:
            return binned.empty_bin()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            binned.restore_section(section, by=coordinator)
            emptied = threads.submit(empty)
            wait_for(lambda: waiting() == 1)
        assert emptied.result(30) == 0

    assert list(plan.sections.there()) == [section]

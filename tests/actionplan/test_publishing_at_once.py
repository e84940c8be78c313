"""Two coordinators publish in the same moment, each over a connection of their own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from actionplan.models import Section
from actionplan.services import editions
from tests.actionplan.publishing import written
from tests.factories import coordinator_of
from tests.livetext.writing import p
from tests.plan_factories import ActionFactory, SectionFactory
from tests.support.waiting import wait_for

NAMES = ("Anna Beispiel", "Bela Beispiel")


def waiting() -> int:
    """How many connections wait for somebody else's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def publish(plan, by):
    try:
        return editions.publish(plan, after=0, by=by, title=f"Von {by.name}")
    except ValidationError as error:
        return error.messages[0]
    finally:
        connection.close()


def hold():
    """What somebody who publishes holds."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE actionplan_edition IN SHARE ROW EXCLUSIVE MODE")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_makes_the_edition_of_one_moment_and_the_other_is_told(
    plan,
):
    people = [coordinator_of(plan.group, name=name) for name in NAMES]
    written(plan, p("Vorher"), by=people[0], title="Lage")

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            hold()
            sent = [threads.submit(publish, plan, by) for by in people]
            wait_for(lambda: waiting() == 2)
            SectionFactory(plan=plan, title="Eben noch")
        answers = [one.result(30) for one in sent]

    edition = plan.editions.get()
    told = [answer for answer in answers if isinstance(answer, str)]
    assert [f"{edition.published_by} hat inzwischen Ausgabe 1" in said for said in told] == [True]
    titles = [one["title"] for one in edition.content["in"]["de"]["sections"]]
    assert sorted(titles) == ["Eben noch", "Lage"]
    assert Section.objects.count() == 2


class MeanwhileSomebodyWrites:
    """After the first question for sections somebody else commits a new one."""

    def __init__(self, plan):
        self.plan = plan
        self.is_done = False

    def __call__(self, execute, sql, *rest):
        found = execute(sql, *rest)
        if "actionplan_section" in sql and not self.is_done:
            self.is_done = True
            with ThreadPoolExecutor(1) as thread:
                thread.submit(self.write).result(30)
        return found

    def write(self):
        try:
            ActionFactory(plan=self.plan)
            SectionFactory(plan=self.plan)
        finally:
            connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_while_the_plan_is_frozen_is_not_in_the_edition(plan):
    """Half of a change must never be in it: what the first question has not seen, none sees."""
    coordinator = coordinator_of(plan.group)

    with connection.execute_wrapper(MeanwhileSomebodyWrites(plan)):
        edition = editions.publish(plan, after=0, by=coordinator, title="Plan")

    said = edition.content["in"]["de"]
    assert (said["sections"], said["actions"]) == ([], [])
    assert (plan.sections.count(), plan.actions.count()) == (1, 1)

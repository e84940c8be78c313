"""A section is a draft, in review, agreed, and may be opened again; each change is remembered."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.urls import reverse

from actionplan.models import Section
from actionplan.services import bin as binned
from actionplan.services import states
from in4green.livetext.archive import versions
from in4green.livetext.content.plain import to_text
from in4green.livetext.models import LiveText, TextVersion
from tests.actionplan.writing import said, say
from tests.livetext.live import Live
from tests.livetext.test_rights_live import waits_for_our_lock
from tests.meetings.test_at_once import waiting
from tests.plan_factories import SectionTextFactory
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db
Status = Section.Status


@pytest.fixture
def row(plan, coordinator):
    row = SectionTextFactory(section__plan=plan, section__title="Ausgangslage")
    say(row, "So steht es.", by=coordinator)
    return row


def page(name, section):
    return reverse(f"plan:{name}", args=[section.plan.slug, section.pk])


def test_a_responsible_member_asks_for_review_and_says_why(client, row, member):
    section = row.section
    section.responsible.add(member)
    client.force_login(member)

    answer = client.post(page("ask_review", section), {"reason": "Bitte die Zahlen prüfen."})

    assert answer.url == section.get_absolute_url()
    section.refresh_from_db()
    assert section.status == Status.IN_REVIEW
    change = section.status_changes.get()
    assert (change.status, change.reason, change.by) == (
        "in_review", "Bitte die Zahlen prüfen.", member,
    )  # fmt: skip
    shown = client.get(section.get_absolute_url()).content.decode()
    assert "Bitte die Zahlen prüfen." in shown
    assert page("approve_section", section) not in shown


def test_other_members_ask_for_no_review_and_nobody_but_coordination_agrees(
    client, row, member, reader
):
    row.section.responsible.add(reader)
    for user in (member, reader):
        client.force_login(user)
        for name in ("ask_review", "approve_section", "reopen_section"):
            assert client.post(page(name, row.section), {"reason": "x"}).status_code == 403


def test_what_is_agreed_is_kept_as_a_version_and_closed_to_everybody(desk, row, coordinator):
    section = row.section
    desk.post(page("ask_review", section), {})
    desk.post(page("approve_section", section), {})

    section.refresh_from_db()
    assert section.status == Status.APPROVED
    version = row.text.versions.get(kind=TextVersion.Kind.STATUS)
    assert "So steht es." in to_text(versions.content(version))
    with pytest.raises(PermissionDenied):
        say(row, "Doch anders.", by=coordinator)


def test_it_is_opened_again_only_with_a_reason(desk, row, coordinator):
    section = row.section
    states.ask_review(section, by=coordinator)
    states.approve(section, by=coordinator)

    assert desk.post(page("reopen_section", section), {"reason": " "}).status_code == 200
    desk.post(page("reopen_section", section), {"reason": "Der Rat hat Fragen."})

    say(row, "Doch anders.", by=coordinator)
    section.refresh_from_db()
    assert section.status == Status.DRAFT
    assert [change.reason for change in section.status_changes.all()] == [
        "Der Rat hat Fragen.", "", "",
    ]  # fmt: skip


def test_of_two_who_click_the_second_is_told(desk, row, coordinator):
    states.ask_review(row.section, by=coordinator)

    answer = desk.post(page("ask_review", row.section), {}, follow=True)

    assert "Jemand war schneller" in answer.content.decode()
    assert row.section.status_changes.count() == 1


@pytest.mark.parametrize("act", [states.approve, states.reopen])
def test_a_draft_is_neither_agreed_nor_reopened(row, coordinator, act):
    with pytest.raises(ValidationError) as error:
        act(row.section, by=coordinator, reason="")

    assert error.value.code == "status"


def test_what_is_in_the_bin_changes_no_state(row, coordinator):
    binned.delete_section(row.section, by=coordinator)

    with pytest.raises(ValidationError) as error:
        states.ask_review(row.section, by=coordinator)

    assert error.value.code == "deleted"


def approves(section, by):
    states.ask_review(section, by=by)
    states.approve(section, by=by)


def deletes(section, by):
    binned.delete_section(section, by=by)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_first_belongs_to_what_is_agreed(row, coordinator):
    def approve():
        try:
            approves(row.section, coordinator)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            say(row, "Gerade noch.", by=coordinator)
            done = threads.submit(approve)
            wait_for(lambda: waiting() == 1)
        done.result(30)

    version = row.text.versions.get(kind=TextVersion.Kind.STATUS)
    assert "Gerade noch." in to_text(versions.content(version))


@pytest.mark.parametrize("happens", [approves, deletes])
@pytest.mark.django_db(transaction=True)
def test_a_change_that_comes_second_is_refused_and_what_was_saved_can_be_read(
    live: Live, row, member, coordinator, happens
):
    """It waits for the text's row while the section is agreed, or deleted."""
    writer = live.join(row.text, member)
    writer.type("Gespeichert. ")
    writer.wait_for_ack()

    with transaction.atomic():
        LiveText.objects.select_for_update().get(pk=row.text.pk)
        writer.type("Zu spät.")
        wait_for(waits_for_our_lock, every=0.001)
        happens(row.section, coordinator)
    writer.wait_for(lambda: writer.mode == "read")

    assert "Gespeichert." in said(row)
    assert "Zu spät." not in said(row)

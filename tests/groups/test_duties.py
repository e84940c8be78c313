"""Imprint, privacy, accessibility, and the form with which barriers are reported."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from groups.formguard import make_stamp
from groups.models import BarrierReport
from groups.services.duties import delete_answered_reports, report_barrier
from groups.tasks import remind_of_open_barrier_reports
from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery, LogEntry
from tests.factories import MembershipFactory

PAGES = ["imprint", "privacy", "accessibility", "barrier_report", "barrier_thanks"]
ENTERED = {
    "name": "Musterstadt",
    "address": "Beispielplatz 1\n00000 Musterstadt",
    "represented_by": "Erika Beispiel",
    "email": "rathaus@musterstadt.example",
    "phone": "0000 123",
    "supervisory_authority": "Musterbezirk",
    "vat_id": "DE000000000",
    "editor": "Max Beispiel, Beispielplatz 1",
    "data_protection_officer": "datenschutz@musterstadt.example",
    "hosting": "Musterrechenzentrum",
}
NOT_ENTERED = "The provider has not entered this yet."


@pytest.fixture(autouse=True)
def english():
    """The source's own words; German ones are the translators' matter."""
    with translation.override("en"):
        yield


def stamp(age=timedelta(seconds=10)):
    with time_machine.travel(timezone.now() - age):
        return make_stamp()


def send(client, **changes):
    typed = {"description": "Das Menü ist nicht zu erreichen.", "stamp": stamp(), **changes}
    return client.post(reverse("barrier_report"), typed)


def letters(report):
    deliveries = Delivery.objects.filter(notification__subject_id=report.pk)
    return {each.address: get_kind(each.notification.kind).write(each) for each in deliveries}


def report(group, **changes):
    fields = {"page": "/", "description": "Zu klein", "name": "", "email": "", "network": "n"}
    return report_barrier(group, language="de", form_token="t", **{**fields, **changes})


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_everybody_reads_the_duties_without_a_cookie_or_a_query(client, name, language):
    """A query would fail: this test has no database."""
    with translation.override(language):
        response = client.get(reverse(name))
    assert response.status_code == 200
    assert not response.cookies
    assert response.text.count("<h1>") == 1


def test_the_imprint_shows_what_the_provider_entered(client, settings):
    settings.PROVIDER = ENTERED
    text = client.get(reverse("imprint")).text
    for name in ENTERED.keys() - {"address", "email", "data_protection_officer", "hosting"}:
        assert ENTERED[name] in text
    assert "Beispielplatz 1<br>00000 Musterstadt" in text
    assert 'href="mailto:rathaus@musterstadt.example"' in text
    assert NOT_ENTERED not in text


def test_what_the_provider_has_not_entered_is_said_plainly(client, settings):
    settings.PROVIDER = dict.fromkeys(ENTERED, "")
    assert client.get(reverse("imprint")).text.count(NOT_ENTERED) == 6
    assert client.get(reverse("privacy")).text.count(NOT_ENTERED) == 6
    assert client.get(reverse("accessibility")).text.count(NOT_ENTERED) == 3


def test_what_the_provider_entered_can_not_break_the_page(client, settings):
    settings.PROVIDER = dict.fromkeys(ENTERED, "<script>alert(1)</script>")
    for name in PAGES:
        assert "<script>" not in client.get(reverse(name)).text


def test_the_privacy_notice_names_the_periods_of_the_settings(client, settings):
    settings.INTEREST = {**settings.INTEREST, "CONFIRM_WITHIN": timedelta(days=17)}
    settings.OUTBOX = {**settings.OUTBOX, "KEPT": timedelta(days=77)}
    settings.LOG_KEPT = timedelta(days=274)
    text = " ".join(client.get(reverse("privacy")).text.split())
    assert "deleted after 17 days" in text
    assert "deleted after 6 months" in text
    assert "whether it arrived: 77 days" in text
    assert "changed something: 9 months" in text
    assert "poststelle@ldi.nrw.de" in text


def test_the_statement_says_what_was_not_tested_and_where_to_complain(client, settings):
    settings.ACCESSIBILITY_CHECKED_ON = date(2026, 11, 22)
    text = " ".join(client.get(reverse("accessibility")).text.split())
    assert "partially compliant" in text
    assert "Neither an independent body" in text
    assert "self-assessment" in text
    assert "22 November 2026" in text
    assert settings.OMBUDSSTELLE["email"] in text
    assert f'href="{reverse("barrier_report")}"' in text


def test_a_report_becomes_a_case_and_reaches_coordination(client, group):
    coordinator = MembershipFactory(group=group, role="coordinator").user

    with time_machine.travel("2026-11-22 23:30Z", tick=False):  # already the 23rd in Solingen
        response = send(client, page="/mitmachen/", name="Ada Beispiel", email="ada@example.org")

    assert response.url == reverse("barrier_thanks")
    case = BarrierReport.objects.get()
    assert (case.group, case.page, case.language) == (group, "/mitmachen/", "en")
    assert case.due == date(2027, 1, 4)
    written = letters(case)
    assert written.keys() == {group.coordination_address, coordinator.email, "ada@example.org"}
    told = written[group.coordination_address]
    assert "Das Menü ist nicht zu erreichen." in told.paragraphs
    assert told.reply_to == "ada@example.org"
    assert told.url.endswith(reverse("admin:groups_barrierreport_change", args=[case.pk]))
    assert LogEntry.objects.about(case).get().action == "barrier.reported"


def test_the_confirmation_carries_nothing_that_was_typed(client, group, settings):
    send(client, name="Gewinn!", page="http://evil.example", email="ada@example.org")
    letter = letters(BarrierReport.objects.get())["ada@example.org"]
    words = " ".join([letter.subject, *letter.paragraphs, *letter.after, letter.url])
    assert "Gewinn" not in words
    assert "evil" not in words
    assert settings.OMBUDSSTELLE["email"] in words


def test_nobody_has_to_give_a_name(client, group):
    send(client)
    case = BarrierReport.objects.get()
    assert (case.name, case.email) == ("", "")
    assert letters(case).keys() == {group.coordination_address}


def test_a_double_click_makes_one_case(client, group):
    used = stamp()
    assert send(client, stamp=used).url == send(client, stamp=used).url
    assert BarrierReport.objects.count() == Delivery.objects.count() == 1


@pytest.mark.parametrize(
    "trouble", [{"stamp": "forged"}, {"website": "x"}, {"description": ""}, {"email": "nonsense"}]
)
def test_what_was_typed_stays_when_something_is_wrong(client, group, trouble):
    response = send(client, **{"description": "Mein Text", "name": "Ada", **trouble})
    assert response.status_code == 200
    assert "Error:" in re.search(r"<title>(.*?)</title>", response.text, re.S)[1]
    assert "error-summary" in response.text
    assert 'value="Ada"' in response.text
    assert ("Mein Text" in response.text) == ("description" not in trouble)
    assert not BarrierReport.objects.exists()


def test_a_busy_network_is_asked_to_confirm_and_never_refused(client, group, settings):
    settings.BARRIER = {**settings.BARRIER, "NETWORK_LIMIT": 1}
    send(client)
    asked = send(client, description="Zweite")
    assert BarrierReport.objects.count() == 1

    again = asked.context["form"].new_stamp
    assert send(client, description="Zweite", stamp=again).status_code == 302
    assert BarrierReport.objects.count() == 2


@pytest.mark.parametrize(
    ("referer", "shown"),
    [
        ("http://testserver/en/privacy/?q=secret", "/en/privacy/"),
        ("http://testserver/invitation/{uuid}/abc/", ""),
        ("http://testserver/nowhere/", ""),
        ("http://evil.example/en/privacy/", ""),
        ("", ""),
    ],
)
def test_the_page_before_is_filled_in_unless_it_is_foreign_or_personal(client, referer, shown):
    token_page = reverse("interest:status", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12, "abc"])
    referer = referer.replace("/invitation/{uuid}/abc/", token_page)
    response = client.get(reverse("barrier_report"), headers={"Referer": referer})
    assert response.context["form"]["page"].value() == shown


def test_no_cookie_is_needed_to_report(group):
    assert send(Client(enforce_csrf_checks=True)).status_code == 302


def test_coordination_is_not_told_of_a_case_that_is_answered_already(group):
    case = report(group, email="ada@example.org")
    case.answered_at = timezone.now()
    case.save()
    due = {
        each.address: get_kind(each.notification.kind).still_due(each)
        for each in Delivery.objects.all()
    }
    assert due == {group.coordination_address: False, "ada@example.org": True}


def test_coordination_is_reminded_once_a_week_before_an_answer_is_due(group):
    with time_machine.travel("2026-10-12 12:00Z"):
        case = report(group, email="ada@example.org")
    Delivery.objects.all().delete()

    for day in ("2026-11-15", "2026-11-16", "2026-11-17"):
        with time_machine.travel(f"{day} 12:00Z"):
            remind_of_open_barrier_reports()
            assert Delivery.objects.count() == (day > "2026-11-15")

    letter = letters(case)[group.coordination_address]
    assert letter.subject == "A reported barrier needs an answer by 23 November 2026"
    assert "Zu klein" in letter.paragraphs
    assert letter.reply_to == "ada@example.org"


def test_nobody_is_reminded_of_a_case_that_is_answered(group):
    case = report(group)
    Delivery.objects.all().delete()
    told = BarrierReport.objects.filter(pk=case.pk)
    told.update(due=timezone.localdate())
    remind_of_open_barrier_reports()
    told.update(answered_at=timezone.now())

    (reminder,) = Delivery.objects.all()
    assert not get_kind(reminder.notification.kind).still_due(reminder)
    told.update(reminded_at=None)
    remind_of_open_barrier_reports()
    assert Delivery.objects.count() == 1


def test_answered_cases_are_deleted_after_a_year_and_open_ones_never(group, settings):
    now = timezone.now()
    kept = settings.BARRIER["KEPT"]
    for token, answered_at in [("a", None), ("b", now - kept / 2), ("c", now - kept * 1.01)]:
        case = report_barrier(
            group,
            page="",
            description="x",
            name="",
            email="",
            network="",
            language="de",
            form_token=token,
        )
        BarrierReport.objects.filter(pk=case.pk).update(
            answered_at=answered_at, created_at=now - kept * 3
        )

    assert delete_answered_reports() == 1

    assert set(BarrierReport.objects.values_list("form_token", flat=True)) == {"a", "b"}
    assert LogEntry.objects.get(action="barrier.deleted_after_period").data == {"rows": 1}
    assert delete_answered_reports() == 0

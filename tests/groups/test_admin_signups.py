"""Reviewing in the admin as a coordinator does: queue, decision, mail, export."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from groups.models import InterestSignup, Membership, Organisation
from in4green.activity.models import Delivery, LogEntry
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SignupFactory,
    UserFactory,
    coordinator_of,
)
from tests.groups.signing_in import sign_in_staff

Status = InterestSignup.Status
QUEUE = "admin:groups_interestsignup_changelist"


def url(name, signup, *more):
    return reverse(f"admin:groups_interestsignup_{name}", args=[signup.pk, *more])


@pytest.fixture
def erika(group, client):
    """The group's coordinator, signed in with a second factor."""
    erika = coordinator_of(group, name="Erika Beispiel")
    sign_in_staff(client, erika)
    return erika


def shown(response):
    return [row.name for row in response.context["cl"].result_list]


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_the_queue_is_oldest_first_and_holds_what_waits(client, group, erika):
    now = timezone.now()
    SignupFactory(group=group, name="Jung", confirmed_at=now)
    SignupFactory(group=group, name="Alt", confirmed_at=now - timedelta(days=3))
    SignupFactory(
        group=group, name="Mittel", confirmed_at=now - timedelta(days=1), status=Status.IN_REVIEW
    )
    for status in (Status.INVITED, Status.DECLINED, Status.WITHDRAWN, Status.MEMBER):
        SignupFactory(group=group, status=status, decline_reason="voll")
    SignupFactory(group=group, unconfirmed=True)
    SignupFactory(name="Andere Gruppe")

    assert shown(client.get(reverse(QUEUE))) == ["Alt", "Mittel", "Jung"]


@pytest.mark.parametrize(
    ("stage", "count"), [("unconfirmed", 1), ("invited", 1), ("ended", 3), ("all", 6)]
)
def test_other_stages_are_one_click_away(client, group, erika, stage, count):
    for status in (
        Status.RECEIVED,
        Status.INVITED,
        Status.DECLINED,
        Status.WITHDRAWN,
        Status.MEMBER,
    ):
        SignupFactory(group=group, status=status, decline_reason="voll")
    SignupFactory(group=group, unconfirmed=True)

    assert len(shown(client.get(reverse(QUEUE), {"stage": stage}))) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_s_queries_do_not_grow(client, group, erika, count, django_assert_num_queries):
    SignupFactory.create_batch(count, group=group)
    client.get(reverse(QUEUE))

    with django_assert_num_queries(9):
        client.get(reverse(QUEUE))


def test_marks_say_what_is_special(client, group, erika):
    SignupFactory(
        group=group, status=Status.DECLINED, decline_reason="voll", email="ada@example.org"
    )
    SignupFactory(group=group, email="Ada@example.org")
    SignupFactory(group=group, answer_due=timezone.localdate() - timedelta(days=1))
    SignupFactory(group=group, status=Status.IN_REVIEW, question="Wer?", answer="Ich.")

    page = client.get(reverse(QUEUE)).content.decode()

    assert "neue Anmeldung nach einer Ablehnung" in page
    assert "überfällig" in page
    assert "hat Ihre Frage beantwortet" in page


def test_the_balance_shows_what_one_more_person_would_change(client, group, topic, erika):
    firm = OrganisationFactory(city=group.city, kind="company")
    member = MembershipFactory(group=group, organisation=firm)
    MembershipFactory(
        group=group,
        organisation=firm,
        starts_on=timezone.localdate() - timedelta(days=9),
        ends_on=timezone.localdate() - timedelta(days=1),
    )
    other_topic = group.topics.last()
    member.topics.add(other_topic)
    signup = SignupFactory(group=group, kind="union")
    signup.topics.add(topic)

    context = client.get(url("change", signup)).context

    kinds = {share.label: (share.now, share.then, share.fills_gap) for share in context["kinds"]}
    assert kinds[Organisation.Kind.UNION.label] == (0, 1, True)
    assert kinds[Organisation.Kind.COMPANY.label] == (1, 1, False)
    topics = {share.label: (share.now, share.then) for share in context["topics"]}
    assert topics == {str(topic): (0, 1), str(other_topic): (1, 1)}


def test_looking_at_a_sign_up_is_in_the_log_but_not_in_its_history(client, group, erika):
    signup = SignupFactory(group=group)

    response = client.get(url("change", signup))

    assert list(LogEntry.objects.about(signup).values_list("action", "actor")) == [
        ("interest.viewed", erika.pk)
    ]
    assert response.context["history"] == []


@pytest.mark.parametrize(
    ("decision", "first_step", "status", "kind"),
    [
        ("accept", {"role": "reader"}, Status.INVITED, "invitation"),
        ("ask", {"text": "Woher kommen Sie?"}, Status.IN_REVIEW, "interest.question"),
        ("decline", {"text": "Alle Plätze sind besetzt."}, Status.DECLINED, "interest.declined"),
    ],
)
def test_the_mail_is_seen_and_can_be_changed_before_it_leaves(
    client, group, erika, decision, first_step, status, kind
):
    signup = SignupFactory(group=group, language="en", name="Ada Beispiel")
    address = url("decide", signup, decision)

    client.get(address)
    preview = client.post(address, first_step)
    signup.refresh_from_db()
    before = (signup.status, Delivery.objects.count())
    mail = preview.context["mail"].initial
    client.post(
        address,
        {**first_step, "mail-subject": mail["subject"], "mail-body": f"{mail['body']}\n\nErika"},
    )

    assert before == (Status.RECEIVED, 0)
    assert mail["body"].startswith("Hello Ada Beispiel,")  # the person's language, not ours
    assert first_step.get("text", "") in mail["body"]
    signup.refresh_from_db()
    assert (signup.status, signup.reviewed_by) == (status, erika)
    delivery = Delivery.objects.get()
    assert delivery.notification.kind == kind
    assert delivery.edited_body.endswith("Erika")


@pytest.mark.parametrize("decision", ["ask", "decline"])
def test_a_decision_without_a_word_asks_for_one(client, group, erika, decision):
    signup = SignupFactory(group=group)

    response = client.post(url("decide", signup, decision), {"text": "  "})

    assert "error-summary" in response.content.decode()
    assert not Delivery.objects.exists()


def test_an_emptied_mail_is_not_sent(client, group, erika):
    signup = SignupFactory(group=group)

    response = client.post(
        url("decide", signup, "accept"), {"role": "editor", "mail-subject": "", "mail-body": ""}
    )

    assert "error-summary" in response.content.decode()
    assert not Delivery.objects.exists()


def test_the_second_reviewer_s_mail_stays_unsent_and_he_is_told(client, group, erika):
    signup = SignupFactory(group=group)
    InterestSignup.objects.filter(pk=signup.pk).update(
        status=Status.DECLINED,
        decline_reason="voll",
        decided_at=timezone.now(),
        reviewed_by=UserFactory(name="Kai Kollege"),
    )

    response = client.post(
        url("decide", signup, "accept"),
        {"role": "editor", "mail-subject": "Hallo", "mail-body": "Text"},
        follow=True,
    )

    assert "Kai Kollege" in messages(response)[0]
    assert not Delivery.objects.exists()


def test_accepting_a_member_is_refused_with_a_reason(client, group, erika):
    signup = SignupFactory(group=group, email="ada@example.org")
    MembershipFactory(group=group, user__email="ada@example.org")

    response = client.post(
        url("decide", signup, "accept"),
        {"role": "editor", "mail-subject": "Hallo", "mail-body": "Text"},
        follow=True,
    )

    assert messages(response)
    signup.refresh_from_db()
    assert signup.status == Status.RECEIVED


def test_an_unknown_decision_is_not_found(client, group, erika):
    assert client.get(url("decide", SignupFactory(group=group), "delete-all")).status_code == 404


def test_taking_on_and_sending_the_confirmation_again(client, group, erika):
    waiting, unconfirmed = SignupFactory(group=group), SignupFactory(group=group, unconfirmed=True)

    client.post(url("start", waiting))
    client.post(url("resend", unconfirmed))
    refused = client.post(url("resend", waiting), follow=True)

    waiting.refresh_from_db()
    assert waiting.status == Status.IN_REVIEW
    assert Delivery.objects.get().notification.kind == "interest.confirm"
    assert messages(refused)


@pytest.mark.parametrize("name", ["start", "resend"])
def test_nothing_changes_by_opening_an_address(client, group, erika, name):
    assert client.get(url(name, SignupFactory(group=group))).status_code == 405


def test_entering_a_sign_up_from_paper(client, group, topic, erika):
    typed = {
        "group_choice": group.pk,
        "source": "paper",
        "name": "Paula Papier",
        "email": "paula@example.org",
        "kind": "civil_society",
        "topics": [topic.pk],
        "language": "de",
    }
    add = reverse("admin:groups_interestsignup_add")

    assert client.get(add).status_code == 200
    without_consent = client.post(add, typed)
    client.post(add, {**typed, "consent": "on"})
    again = client.post(add, {**typed, "consent": "on"})

    assert "error-summary" in without_consent.content.decode()
    assert "error-summary" in again.content.decode()
    signup = InterestSignup.objects.get()
    assert (signup.source, signup.status, signup.consents.get().medium) == (
        "paper",
        Status.RECEIVED,
        "paper",
    )


def test_another_group_s_sign_up_does_not_exist(client, group, erika):
    foreign = SignupFactory()

    answers = [
        client.get(url("change", foreign)),
        client.post(url("start", foreign)),
        client.post(url("resend", foreign)),
        client.post(url("decide", foreign, "accept"), {"role": "editor"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_members_and_former_coordinators_have_no_queue(client, group):
    member = MembershipFactory(group=group).user
    former = coordinator_of(group)
    Membership.objects.filter(user=former).update(
        starts_on=timezone.localdate() - timedelta(days=9),
        ends_on=timezone.localdate() - timedelta(days=1),
    )

    for user in (member, former):
        client.force_login(user)
        assert client.get(reverse(QUEUE)).status_code == 302


def export(client, form, *signups):
    return client.post(
        reverse(QUEUE) + "?stage=all",
        {"action": f"export_{form}", "_selected_action": [signup.pk for signup in signups]},
    )


def test_csv_and_xlsx_hold_the_rows_and_no_formula(client, group, topic, erika):
    bad = SignupFactory(group=group, name="=HYPERLINK(1)", message="+49 202", organisation="@firma")
    bad.topics.add(topic)
    good = SignupFactory(group=group, name="Žaneta Ďuriačová")

    text = b"".join(export(client, "csv", bad, good).streaming_content).decode()
    book = load_workbook(io.BytesIO(b"".join(export(client, "xlsx", bad, good).streaming_content)))

    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    names = [row[0] for row in rows[1:]]
    assert names == ["'=HYPERLINK(1)", "Žaneta Ďuriačová"]
    assert rows[1][2] == "'@firma"
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}  # no "f", a formula
    assert book.active["A2"].value == "=HYPERLINK(1)"
    assert LogEntry.objects.filter(action="interest.exported").count() == 2


def test_exports_leave_out_other_groups(client, group, erika):
    mine, foreign = SignupFactory(group=group, name="Meine"), SignupFactory(name="Fremde")

    text = b"".join(export(client, "csv", mine, foreign).streaming_content).decode()

    assert "Meine" in text
    assert "Fremde" not in text

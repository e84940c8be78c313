"""What council and committees have decided, and how far the plan has come by it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actionplan.models import Decision, DecisionCorrection, PlanStatusChange
from actionplan.services import reviewing, voting
from in4green.activity.models import LogEntry
from tests.actionplan.reviews import all_vote, in_days, peer_of, review_of, say, vote_on
from tests.factories import MembershipFactory
from tests.meetings.desks import data_of, signed_in
from tests.support.uploads import pdf

pytestmark = pytest.mark.django_db
FACTS = {
    "body": "Rat der Musterstadt",
    "decided_on": "2026-05-05",
    "reference": "V/12",
    "outcome": "adopted",
    "note": "Einstimmig.",
}


def new(plan):
    return reverse("plan:new_decision", args=[plan.slug])


def overview(client, plan) -> str:
    return client.get(reverse("plan:reviews", args=[plan.slug])).content.decode()


def one(plan, decision, name="decision"):
    return reverse(f"plan:{name}", args=[plan.slug, decision.pk])


def test_a_decision_is_recorded_with_its_document_once(desk, plan, member):
    for _click in range(2):
        answer = desk.post(new(plan), {**FACTS, "document": pdf()})
    assert answer.url == f"{reverse('plan:reviews', args=[plan.slug])}#decisions"

    decision = Decision.objects.get()
    assert (decision.body, decision.media_type) == ("Rat der Musterstadt", "application/pdf")
    client = signed_in(member)
    assert "Rat der Musterstadt: beschlossen" in overview(client, plan)
    file = client.get(one(plan, decision, "decision_file"))
    assert file.headers["Content-Disposition"] == (
        'attachment; filename="rat-der-musterstadt-2026-05-05.pdf"'
    )
    assert b"".join(file.streaming_content).startswith(b"%PDF-")
    assert "sandbox" in file.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"decided_on": "2999-01-01"}, "Dieser Tag liegt in der Zukunft."),
        ({"document": SimpleUploadedFile("b.pdf", b"kein PDF")}, "beschädigt"),
        ({"document": SimpleUploadedFile("b.exe", b"MZ")}, "Dateien dieser Art"),
    ],
)
def test_what_can_not_be_is_refused_beside_its_field_and_the_rest_stays(desk, plan, changed, told):
    answer = desk.post(new(plan), {**FACTS, **changed})

    said = answer.content.decode()
    assert told in said
    assert "Rat der Musterstadt" in said
    assert not Decision.objects.exists()


def test_a_decision_is_corrected_only_with_a_reason_and_what_it_said_stays(
    desk, plan, member, coordinator
):
    desk.post(new(plan), FACTS)
    decision = Decision.objects.get()
    address = one(plan, decision)
    typed = data_of(desk.get(address)) | {"outcome": "with_changes"}
    assert desk.post(address, typed | {"reason": ""}).status_code == 200
    assert not DecisionCorrection.objects.exists()

    desk.post(address, typed | {"reason": "Falsch abgelesen.", "document": pdf()})

    decision.refresh_from_db()
    assert decision.outcome == "with_changes"
    assert decision.file
    said = overview(signed_in(member), plan)
    assert "Falsch abgelesen." in said
    assert "Ergebnis vorher: beschlossen" in said
    assert LogEntry.objects.filter(action="decisions.corrected_on_plan", actor=coordinator).exists()


def test_a_correction_that_changes_nothing_is_none(desk, plan):
    desk.post(new(plan), FACTS)
    address = one(plan, Decision.objects.get())

    answer = desk.post(address, data_of(desk.get(address)) | {"reason": "Nur so."})

    assert "Es ist nichts anders." in answer.content.decode()
    assert not DecisionCorrection.objects.exists()


def test_the_paper_alone_is_a_correction_too(desk, plan):
    desk.post(new(plan), FACTS)
    decision = Decision.objects.get()
    address = one(plan, decision)

    desk.post(address, data_of(desk.get(address)) | {"reason": "Nachgereicht.", "document": pdf()})

    decision.refresh_from_db()
    assert decision.file
    assert DecisionCorrection.objects.get().before == {}


def test_of_two_who_correct_at_once_the_second_sees_what_the_first_has_saved(desk, plan):
    desk.post(new(plan), FACTS)
    address = one(plan, Decision.objects.get())
    typed = data_of(desk.get(address)) | {"reason": "Weil."}
    desk.post(address, typed | {"reference": "V/13"})

    answer = desk.post(address, typed | {"reference": "V/14"})

    assert "V/13" in answer.content.decode()
    assert Decision.objects.get().reference == "V/13"


def test_members_only_read_and_others_not_even_that(desk, plan, member):
    desk.post(new(plan), {**FACTS, "document": pdf()})
    decision = Decision.objects.get()
    client, stranger = signed_in(member), signed_in(MembershipFactory().user)

    assert client.get(new(plan)).status_code == client.get(one(plan, decision)).status_code == 403
    assert stranger.get(one(plan, decision, "decision_file")).status_code == 404


# --- How far the plan has come


def status(plan):
    return reverse("plan:status", args=[plan.slug])


def test_coordination_changes_the_status_with_a_day_and_everybody_reads_it(desk, plan, member):
    sent = data_of(desk.get(status(plan))) | {
        "status": "draft", "happened_on": in_days(-3).isoformat(), "note": "Erster Entwurf.",
    }  # fmt: skip
    desk.post(status(plan), sent)
    late = desk.post(status(plan), sent)

    assert "Inzwischen hat jemand den Stand geändert." in late.content.decode()
    change = PlanStatusChange.objects.get()
    assert (change.status, change.happened_on) == ("draft", in_days(-3))
    assert "Erster Entwurf." in overview(signed_in(member), plan)


def test_a_day_that_can_not_be_is_said_beside_the_field(desk, plan):
    sent = {"seen": "roadmap", "status": "draft", "happened_on": in_days(1).isoformat()}

    answer = desk.post(status(plan), sent)

    assert answer.context["form"].errors.keys() == {"happened_on"}


def test_members_do_not_change_the_status(plan, member):
    assert signed_in(member).post(status(plan)).status_code == 403


def test_what_is_recorded_suggests_the_next_step_and_a_person_takes_it(desk, plan, coordinator):
    def suggested(status):
        plan.status = status
        plan.save()
        return "Der nächste Schritt liegt nahe" in overview(desk, plan)

    for step in ("draft", "peer_reviewed", "final"):
        assert not suggested(step)

    review = review_of(plan, by=coordinator)
    say(review, link=peer_of(review, by=coordinator), name="Ana Ejemplo")
    assert not suggested("draft")  # it is still open
    reviewing.close(review, by=coordinator)
    assert suggested("draft")

    approval = vote_on(plan, by=coordinator)
    all_vote(approval, "yes")
    assert not suggested("peer_reviewed")
    voting.close(approval, by=coordinator)
    assert suggested("peer_reviewed")

    desk.post(new(plan), {**FACTS, "outcome": "postponed"})
    assert not suggested("final")
    desk.post(new(plan), {**FACTS, "decided_on": "2026-06-05"})
    assert suggested("final")
    plan.refresh_from_db()
    assert plan.status == "final"

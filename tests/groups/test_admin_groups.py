"""Groups, memberships and invitations in the admin: the own group's rows, and what may change."""

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import Invitation, Membership, Organisation, WorkingGroup
from in4green.activity.models import LogEntry
from tests.factories import (
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    SignupFactory,
    UserFactory,
    WorkingGroupFactory,
    coordinator_of,
)
from tests.groups.signing_in import sign_in_staff

CHANGELISTS = ["interestsignup", "membership", "invitation", "workinggroup", "organisation"]
SUPERUSERS_ONLY = ["city", "topic", "user"]


@pytest.fixture
def erika(group, client):
    erika = coordinator_of(group, name="Erika Beispiel")
    sign_in_staff(client, erika)
    return erika


def run(client, model, action, *rows):
    return client.post(
        reverse(f"admin:groups_{model}_changelist"),
        {"action": action, "_selected_action": [row.pk for row in rows]},
        follow=True,
    )


@pytest.mark.parametrize("model", CHANGELISTS)
def test_a_coordinator_sees_rows_of_the_own_group_only(client, group, erika, model):
    for each in (group, WorkingGroupFactory()):
        SignupFactory(group=each)
        InvitationFactory(group=each)
        MembershipFactory(group=each)
        OrganisationFactory(city=each.city)

    rows = client.get(reverse(f"admin:groups_{model}_changelist")).context["cl"].result_list

    assert rows
    for row in rows:
        assert group in [
            row if isinstance(row, WorkingGroup) else getattr(row, "group", None),
            row.city.groups.first() if isinstance(row, Organisation) else None,
        ]


@pytest.mark.parametrize("model", SUPERUSERS_ONLY)
def test_reference_data_and_accounts_are_for_superusers(client, group, erika, model):
    address = reverse(f"admin:groups_{model}_changelist")
    assert client.get(address).status_code == 403

    sign_in_staff(client, UserFactory(is_superuser=True))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("model", ["membership", "invitation", "workinggroup", "organisation"])
def test_a_foreign_row_does_not_exist(client, group, erika, model):
    other = WorkingGroupFactory()
    rows = {
        "membership": MembershipFactory(group=other),
        "invitation": InvitationFactory(group=other),
        "workinggroup": other,
        "organisation": OrganisationFactory(city=other.city),
    }

    answer = client.get(reverse(f"admin:groups_{model}_change", args=[rows[model].pk]))

    assert answer.status_code == 302
    assert answer.url == reverse("admin:index")  # the admin's own way to say "not found"


def test_a_coordinator_says_who_stands_in_and_until_when(client, group, erika):
    deputy = MembershipFactory(group=group).user
    stranger = UserFactory()
    address = reverse("admin:groups_workinggroup_change", args=[group.pk])
    typed = {
        "name": group.name,
        "language": "de",
        "coordination_address": "neu@solingen.example",
        "absent_until": "2026-12-31",
        "deputies": [deputy.pk],
        "topics": [topic.pk for topic in group.topics.all()],
        "accepts_interest": "on",
    }

    refused = client.post(address, {**typed, "deputies": [stranger.pk]})
    client.post(address, typed)

    assert refused.status_code == 200
    group.refresh_from_db()
    assert group.coordination_address == "neu@solingen.example"
    assert list(group.deputies.all()) == [deputy]
    assert group.slug == "solingen"
    assert LogEntry.objects.get(action="groups.changed").actor == erika


def test_a_coordination_address_is_required(client, group, erika):
    address = reverse("admin:groups_workinggroup_change", args=[group.pk])

    response = client.post(address, {"name": group.name, "language": "de"})

    assert "coordination_address" in response.context["adminform"].form.errors


def test_a_role_changes_here_and_the_log_remembers(client, group, erika):
    membership = MembershipFactory(group=group)

    client.post(
        reverse("admin:groups_membership_change", args=[membership.pk]),
        {"role": "reader", "starts_on": membership.starts_on.isoformat()},
    )

    membership.refresh_from_db()
    assert membership.role == Membership.Role.READER
    assert LogEntry.objects.get(action="memberships.changed").data["role"] == "reader"


def test_people_come_by_invitation_and_memberships_end_instead_of_vanishing(client, group, erika):
    membership = MembershipFactory(group=group)

    assert client.get(reverse("admin:groups_membership_add")).status_code == 403
    delete = reverse("admin:groups_membership_delete", args=[membership.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_invitations_are_renewed_and_withdrawn(client, group, erika):
    renewed, withdrawn = InvitationFactory(group=group), InvitationFactory(group=group)
    used = InvitationFactory(group=group, used_at=timezone.now())

    run(client, "invitation", "renew", renewed, used)
    run(client, "invitation", "revoke", withdrawn)

    states = {row.pk: (row.generation, row.is_open) for row in Invitation.objects.all()}
    assert states == {renewed.pk: (2, True), withdrawn.pk: (1, False), used.pk: (1, False)}


def test_a_lost_second_factor_is_reset_for_members_but_not_for_oneself(client, group, erika):
    member = MembershipFactory(group=group)
    sign_in_staff(client.__class__(), member.user)
    own = erika.memberships.get()

    run(client, "membership", "reset_second_factor", member, own)

    assert not member.user.authenticator_set.exists()
    assert erika.authenticator_set.exists()

"""Who may do what to which rows in the admin: the matrix, and proof that it holds.

Each model of the admin stands in ``ROWS``; one that is missing fails. Roles are asked for a row of
their own group, of another group, and for one that is gone.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from actionplan.models import TemplateSection
from groups.models import (
    BarrierReport,
    City,
    InterestSignup,
    Invitation,
    Membership,
    Organisation,
    Topic,
    User,
    WorkingGroup,
)
from groups.services.accounts import enrol_totp
from in4green.activity.models import Delivery, LogEntry
from in4green.activity.services import Recipient, notify, record
from in4green.livetext.models import LiveText
from tests.factories import (
    InvitationFactory,
    MembershipFactory,
    NoteFactory,
    OrganisationFactory,
    SignupFactory,
    TopicFactory,
    UserFactory,
    WorkingGroupFactory,
    coordinator_of,
)

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REFUSED = (302, 403, 404, 405)


def barrier_report(group: WorkingGroup) -> BarrierReport:
    return BarrierReport.objects.create(
        group=group,
        description="Ohne Maus nicht bedienbar",
        language="de",
        due=timezone.localdate(),
    )


def delivery(group: WorkingGroup) -> Delivery:
    signup = SignupFactory(group=group)
    notification = notify("interest.status", signup, [Recipient("a@example.org", "de")])
    return notification.deliveries.get()


# How to make a row that belongs to a group (or to nobody).
ROWS: dict[type[Model], Callable[[WorkingGroup], Any]] = {
    WorkingGroup: lambda group: group,
    Membership: lambda group: MembershipFactory(group=group),
    Invitation: lambda group: InvitationFactory(group=group),
    InterestSignup: lambda group: SignupFactory(group=group),
    Organisation: lambda group: OrganisationFactory(city=group.city),
    BarrierReport: barrier_report,
    Delivery: delivery,
    LiveText: lambda group: NoteFactory(group=group).text,
    City: lambda group: group.city,
    Topic: lambda group: TopicFactory(),
    User: lambda group: UserFactory(),
    LogEntry: lambda group: record(None, "tests.done", group),
    TemplateSection: lambda group: TemplateSection.objects.create(
        key=f"needs-{TemplateSection.objects.count()}", title_de="Bedarf", title_en="Needs"
    ),
}
# What a coordinator may do with rows of the own group; with those of another group: nothing.
# Signing up, inviting, deciding and sending again are services with tests of their own.
COORDINATOR: dict[type[Model], set[str]] = {
    WorkingGroup: {"view", "change"},
    Membership: {"view", "change"},
    Invitation: {"view", "change"},
    InterestSignup: {"view", "add", "change"},
    Organisation: {"view", "add", "change"},
    BarrierReport: {"view", "change"},
    Delivery: {"view"},
    LiveText: {"view"},
    City: set(),
    Topic: set(),
    User: set(),
    LogEntry: set(),
    TemplateSection: set(),
}
# What even a superuser may not do by hand.
NEVER: dict[type[Model], set[str]] = {
    Delivery: {"add", "change", "delete"},
    LiveText: {"add", "change", "delete"},
    LogEntry: {"add", "change", "delete"},
    User: {"add", "delete"},
}
VERBS = ("view", "add", "change", "delete")
MODELS = sorted(ROWS, key=lambda model: model.__name__)


def page(model: type[Model], kind: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}", args=args)


def signed_in(user: User) -> Client:
    client = Client()
    if user.is_staff:
        enrol_totp(user, SECRET)
    client.force_login(user)
    return client


def may_see(client: Client, model: type[Model], row: Model) -> bool:
    """On the page of the row; for a row that one can't see the admin leads to its first page."""
    return client.get(page(model, "change", row.pk)).status_code == 200


def sees_in_list(client: Client, model: type[Model], row: Model) -> bool:
    answer = client.get(page(model, "changelist"))
    return answer.status_code == 200 and answer.context["cl"].queryset.filter(pk=row.pk).exists()


def allowed(user: User, model: type[Model], row: Model) -> set[str]:
    """What the admin lets the person do with the row, whatever its pages show."""
    request = RequestFactory().get("/")
    request.user = user
    pages = admin.site._registry[model]
    return {
        verb
        for verb in VERBS
        if getattr(pages, f"has_{verb}_permission")(request, *([] if verb == "add" else [row]))
    }


def test_the_matrix_knows_every_model_of_the_admin():
    assert set(admin.site._registry) == set(ROWS) == set(COORDINATOR)


@pytest.mark.parametrize("model", MODELS)
def test_a_coordinator_sees_the_own_groups_rows_in_page_and_list_alike(model):
    own, foreign = WorkingGroupFactory(), WorkingGroupFactory()
    client = signed_in(coordinator_of(own))
    mine, theirs = ROWS[model](own), ROWS[model](foreign)

    pages = (may_see(client, model, mine), may_see(client, model, theirs))
    lists = (sees_in_list(client, model, mine), sees_in_list(client, model, theirs))

    assert pages == lists == ("view" in COORDINATOR[model], False)


@pytest.mark.parametrize("model", MODELS)
def test_the_matrix_of_verbs_holds(model):
    own, foreign = WorkingGroupFactory(), WorkingGroupFactory()
    coordinator = coordinator_of(own)
    member = MembershipFactory(group=own).user
    mine, theirs = ROWS[model](own), ROWS[model](foreign)

    assert allowed(coordinator, model, mine) == COORDINATOR[model]
    assert allowed(coordinator, model, theirs) <= {"add"}  # which is for the own group
    assert allowed(member, model, mine) == set()
    assert not allowed(UserFactory(is_superuser=True), model, mine) & NEVER.get(model, set())


@pytest.mark.parametrize("model", MODELS)
def test_a_coordinator_can_neither_change_nor_delete_a_foreign_row(model):
    own, foreign = WorkingGroupFactory(), WorkingGroupFactory()
    client = signed_in(coordinator_of(own))
    theirs = ROWS[model](foreign)

    for kind in ("change", "delete"):
        assert client.post(page(model, kind, theirs.pk), {"post": "yes"}).status_code in REFUSED
    assert client.get(page(model, "history", theirs.pk)).status_code in REFUSED
    assert model._default_manager.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("role", ["stranger", "member", "former_coordinator"])
@pytest.mark.parametrize("model", MODELS)
def test_nobody_but_staff_opens_the_admin(model, role):
    group = WorkingGroupFactory()
    row = ROWS[model](group)
    client = Client()
    if role == "member":
        client = signed_in(MembershipFactory(group=group).user)
    if role == "former_coordinator":
        user = coordinator_of(group)
        yesterday = timezone.localdate() - timedelta(days=1)
        user.memberships.update(starts_on=yesterday, ends_on=yesterday)
        client = signed_in(User.objects.get(pk=user.pk))

    assert not may_see(client, model, row)
    assert not sees_in_list(client, model, row)
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_member_is_told_that_the_admin_is_closed_instead_of_running_in_circles():
    client = signed_in(MembershipFactory().user)

    assert client.get(reverse("admin:index"), follow=True).status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_a_superuser_sees_every_row(model):
    row = ROWS[model](WorkingGroupFactory())
    client = signed_in(UserFactory(is_superuser=True))

    assert may_see(client, model, row)
    assert sees_in_list(client, model, row)


@pytest.mark.parametrize("model", MODELS)
def test_a_row_that_is_gone_is_no_error(model):
    group = WorkingGroupFactory()
    client = signed_in(coordinator_of(group))
    gone = "00000000-0000-4000-8000-000000000000"
    pk = gone if model._meta.pk.get_internal_type() == "UUIDField" else 2**40

    assert client.get(page(model, "change", pk)).status_code in (302, 403, 404)


def test_passwords_are_changed_in_the_account_only(client):
    client = signed_in(UserFactory(is_superuser=True))

    answer = client.get(reverse("admin:password_change"))

    assert answer.url == reverse("account_change_password")

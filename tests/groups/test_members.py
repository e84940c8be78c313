"""The member area: my group, what is new, what waits, my profile."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from groups import member_area
from groups.models import InterestSignup, Membership
from groups.services.accounts import enrol_totp
from in4green.livetext.models import LiveText
from tests.factories import (
    InvitationFactory,
    MembershipFactory,
    NoteFactory,
    OrganisationFactory,
    SignupFactory,
    UserFactory,
    WorkingGroupFactory,
    coordinator_of,
)
from tests.groups.doors import SECRET

pytestmark = pytest.mark.django_db
Status = InterestSignup.Status


@pytest.fixture
def page_of(client):
    """The start page as a person sees it."""

    def visit(user):
        client.force_login(user)
        return client.get(reverse("member:home"))

    return visit


def people(page, number=0):
    return [
        (organisation, [person.user.name for person in members])
        for organisation, members in page.context["groups"][number].people
    ]


def tasks(page):
    return [(task.text, task.late) for task in page.context["waiting"]]


def news(page):
    return [news.text for news in page.context["groups"][0].news]


def test_a_stranger_is_sent_to_the_door(client):
    for name in ("member:home", "member:profile", "member:second_factor", "member:typed"):
        assert client.get(reverse(name)).url.startswith(reverse("account_login"))


def test_members_see_each_other_by_organisation_and_nobody_of_another_group(group, page_of):
    me = MembershipFactory(group=group, user=UserFactory(name="Ina Ich")).user
    works = OrganisationFactory(name="Beispielwerke")
    for name in ("Zoe Z.", "Adam A."):
        MembershipFactory(group=group, organisation=works, user=UserFactory(name=name))
    yesterday = timezone.localdate() - timedelta(days=1)
    MembershipFactory(
        group=group, user=UserFactory(name="Ehemalig"), starts_on=yesterday, ends_on=yesterday
    )
    MembershipFactory(group=group, user=UserFactory(name="Gesperrt", is_active=False))
    MembershipFactory(group=WorkingGroupFactory(), user=UserFactory(name="Fremd"))

    page = page_of(me)

    assert people(page) == [("Beispielwerke", ["Adam A.", "Zoe Z."]), ("", ["Ina Ich"])]
    for hidden in ("Ehemalig", "Gesperrt", "Fremd"):
        assert hidden not in page.content.decode()


def test_who_belongs_to_two_groups_sees_both(group, page_of):
    other = WorkingGroupFactory(name="Zweite Gruppe")
    me = UserFactory()
    for mine in (group, other):
        MembershipFactory(group=mine, user=me)

    assert [my.group for my in page_of(me).context["groups"]] == [group, other]


def test_who_belongs_to_no_group_reads_what_will_be_here(group, page_of):
    page = page_of(UserFactory())

    assert page.context["groups"] == []
    assert "empty" in page.content.decode()


def test_news_name_new_members_and_for_coordination_the_decisions(group, page_of):
    long_ago = timezone.localdate() - timedelta(days=60)
    by = UserFactory(name="Karla Koordination")
    MembershipFactory(group=group, user=by, role=Membership.Role.COORDINATOR, starts_on=long_ago)
    enrol_totp(by, SECRET)
    me = MembershipFactory(group=group, starts_on=long_ago).user
    today = timezone.localdate()
    MembershipFactory(group=group, user=UserFactory(name="Nele Neu"), starts_on=today)
    declined = {"status": Status.DECLINED, "decline_reason": "voll", "reviewed_by": by}
    SignupFactory(group=group, name="Abgelehnt", decided_at=timezone.now(), **declined)
    SignupFactory(
        group=group, name="Uralt", decided_at=timezone.now() - timedelta(days=60), **declined
    )
    SignupFactory(name="Woanders", decided_at=timezone.now(), **declined)

    members_news, coordinators_news = news(page_of(me)), news(page_of(by))

    assert len(members_news) == 1
    assert "Nele Neu" in members_news[0]
    assert len(coordinators_news) == 2
    assert any("Abgelehnt" in text and "Karla Koordination" in text for text in coordinators_news)


def test_coordination_sees_what_waits_the_most_urgent_first(group, coordinator, page_of):
    today = timezone.localdate()
    now = timezone.now()
    for name, days, age in (("Später", 5, 2), ("Überfällig", -1, 9)):
        SignupFactory(
            group=group,
            name=name,
            answer_due=today + timedelta(days=days),
            confirmed_at=now - timedelta(days=age),
        )
    SignupFactory(group=group, name="Unbestätigt", unconfirmed=True)
    SignupFactory(name="Woanders")
    InvitationFactory(group=group)
    InvitationFactory(group=group, expires_at=now - timedelta(days=1))
    InvitationFactory(group=group, used_at=now)
    InvitationFactory(group=group, revoked_at=now)
    InvitationFactory()

    page = page_of(coordinator)

    assert [late for _text, late in tasks(page)] == [True, False, True, False]
    assert "Überfällig" in tasks(page)[0][0]
    assert "Später" in tasks(page)[1][0]
    assert page.context["waiting"][0].url == reverse(
        "admin:groups_interestsignup_change",
        args=[InterestSignup.objects.get(name="Überfällig").pk],
    )


def test_a_member_sees_nothing_of_coordinations_work(group, member, page_of):
    SignupFactory(group=group, name="Geheim")
    InvitationFactory(group=group)

    page = page_of(member)

    assert "Geheim" not in page.content.decode()
    assert len(page.context["waiting"]) == 1  # a second factor is recommended


def test_nothing_waits_for_a_member_with_a_second_factor(group, member, page_of):
    enrol_totp(member, SECRET)

    assert page_of(member).context["waiting"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_start_page_asks_the_same_number_of_questions(
    group, coordinator, client, count, monkeypatch
):
    monkeypatch.setattr(member_area, "more_tasks", [])  # of other rooms, with tests of their own
    for _number in range(count):
        MembershipFactory(group=group, organisation=OrganisationFactory())
        SignupFactory(group=group)
        SignupFactory(group=group, status=Status.INVITED, decided_at=timezone.now())
        InvitationFactory(group=group)
        LiveText.objects.filter(pk=NoteFactory(group=group).text_id).update(changed_at=Now())
    client.force_login(coordinator)
    client.get(reverse("member:home"))

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("member:home"))

    # Session, user, whether he coordinates; groups, people, decisions, notes; queue, invitations,
    # factor.
    assert len(queries) == 10, [query["sql"] for query in queries]


def test_the_profile_changes_name_and_language(group, member, client):
    client.force_login(member)

    answer = client.post(reverse("member:profile"), {"name": " Zoë\u202e  Żółć ", "language": "en"})

    member.refresh_from_db()
    with translation.override("en"):
        assert answer.url == reverse("member:profile")
    assert (member.name, member.language) == ("Zoë Żółć", "en")


def test_a_profile_needs_a_name(group, member, client):
    client.force_login(member)

    answer = client.post(reverse("member:profile"), {"name": " \u200b ", "language": "de"})

    member.refresh_from_db()
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert member.name.startswith("Beispielperson")


def test_pages_of_members_stay_out_of_caches_and_indexes(group, member, client):
    client.force_login(member)

    answer = client.get(reverse("member:home"))

    assert "no-store" in answer.headers["Cache-Control"]
    assert 'content="noindex"' in answer.content.decode()


PAGES_OF_MY_ACCOUNT = [
    "member:profile",
    "account_email",
    "account_change_password",
    "mfa_index",
    "usersessions_list",
]


@pytest.mark.parametrize("name", PAGES_OF_MY_ACCOUNT)
def test_the_pages_of_my_account_lead_to_each_other(group, member, client, name):
    client.force_login(member)

    page = client.get(reverse(name)).content.decode()

    for other in PAGES_OF_MY_ACCOUNT:
        assert f'href="{reverse(other)}"' in page
    assert page.count("<h1>") == 1
    assert page.count('aria-current="page"') >= 1


def test_a_name_in_a_page_stays_text(group, page_of):
    user = UserFactory(name="<script>alert(1)</script>")
    MembershipFactory(group=group, user=user)

    assert b"<script>alert" not in page_of(user).content


def test_coordinators_find_their_way_to_the_admin(group, page_of):
    user = coordinator_of(group)
    enrol_totp(user, SECRET)

    assert f'href="{reverse("admin:index")}"' in page_of(user).content.decode()

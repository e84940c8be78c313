"""What a member reads on the start page: a fixed number of queries, whatever the number of rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.models import InterestSignup, Invitation, Membership, Note, User, WorkingGroup
from groups.services.accounts import has_second_factor

NEW_FOR = timedelta(days=30)
Status = InterestSignup.Status
DECIDED = [Status.INVITED, Status.MEMBER, Status.DECLINED]


@dataclass(frozen=True)
class News:
    at: Any  # a date
    text: str
    url: str = ""


@dataclass(frozen=True)
class Task:
    text: str
    url: str
    due: Any = None  # a date
    late: bool = False


@dataclass
class MyGroup:
    group: WorkingGroup
    role: str
    coordinates: bool
    # Per organisation, in the order of their names; those without one come last.
    people: list[tuple[str, list[Membership]]] = field(default_factory=list)
    news: list[News] = field(default_factory=list)


def of_member(user: User) -> list[MyGroup]:
    """The user's current groups; one sees the people of one's own groups only."""
    mine = [
        MyGroup(
            membership.group,
            membership.get_role_display(),
            membership.role == Membership.Role.COORDINATOR,
        )
        for membership in user.memberships.current().select_related("group__city")
    ]
    people, decided, notes = _people(mine), _decided(mine), _notes(mine)
    for my in mine:

        def in_group(rows: list[Any], group: int = my.group.pk) -> list[Any]:
            return [row for row in rows if row.group_id == group]

        members = in_group(people)
        my.people = _by_organisation(members)
        my.news = _news(members, in_group(decided), in_group(notes))
    return mine


def _people(mine: list[MyGroup]) -> list[Membership]:
    return list(
        Membership.objects.current()
        .reachable()
        .filter(group__in=[my.group for my in mine])
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name", "pk")
    )


def _by_organisation(members: Iterable[Membership]) -> list[tuple[str, list[Membership]]]:
    def name(membership: Membership) -> str:
        return membership.organisation.name if membership.organisation else ""

    ordered = sorted(members, key=lambda member: (name(member) == "", name(member)))
    return [(organisation, list(people)) for organisation, people in groupby(ordered, key=name)]


def _decided(mine: list[MyGroup]) -> list[InterestSignup]:
    """Decisions are for those who coordinate: the people concerned are not members yet."""
    return list(
        InterestSignup.objects.filter(
            group__in=[my.group for my in mine if my.coordinates],
            status__in=DECIDED,
            decided_at__gte=timezone.now() - NEW_FOR,
        ).select_related("reviewed_by")
    )


def _notes(mine: list[MyGroup]) -> list[Note]:
    changed = Note.objects.filter(group__in=[my.group for my in mine]).with_activity()
    return list(changed.changed_since(timezone.now() - NEW_FOR))


def _news(
    members: list[Membership], decided: list[InterestSignup], notes: list[Note]
) -> list[News]:
    since = timezone.localdate() - NEW_FOR
    joined = [
        News(person.starts_on, _("%(name)s has joined the group.") % {"name": person.user})
        for person in members
        if person.starts_on >= since
    ]
    decisions = [
        News(timezone.localdate(signup.decided_at), _decision(signup)) for signup in decided
    ]
    written = [_written(note) for note in notes]
    return sorted(joined + decisions + written, key=lambda news: news.at, reverse=True)[:10]


def _written(note: Any) -> News:
    facts = {"title": note.title, "name": note.changed_by}
    if note.changed_by:
        text = _("%(name)s was the last to write in “%(title)s”.") % facts
    else:
        text = _("“%(title)s” was changed.") % facts
    return News(timezone.localdate(note.text.changed_at), text, note.get_absolute_url())


def _decision(signup: InterestSignup) -> str:
    facts = {
        "name": signup.name,
        "who": signup.reviewed_by or _("coordination"),
        "status": signup.get_status_display(),
    }
    return _("Sign-up of %(name)s: %(status)s (decided by %(who)s).") % facts


# Rooms above this one add what waits in them: called with the person and his groups, each with a
# fixed number of queries.
more_tasks: list[Callable[[User, list[MyGroup]], list[Task]]] = []


def waiting_for(user: User, mine: list[MyGroup]) -> list[Task]:
    """Most urgent first; empty when nothing waits."""
    coordinated = [my.group for my in mine if my.coordinates]
    tasks = _reviews(coordinated) + _invitations(coordinated) if coordinated else []
    for ask in more_tasks:
        tasks += ask(user, mine)
    if not has_second_factor(user):
        tasks.append(
            Task(
                _("Protect your account with a passkey or an authenticator app."), _url("mfa_index")
            )
        )
    return tasks


def _reviews(groups: list[WorkingGroup]) -> list[Task]:
    today = timezone.localdate()
    queue = InterestSignup.objects.queue().filter(group__in=groups)
    return [
        Task(
            _("Answer the sign-up of %(name)s.") % {"name": signup.name},
            _url("admin:groups_interestsignup_change", signup.pk),
            signup.answer_due,
            signup.answer_due is not None and signup.answer_due < today,
        )
        for signup in queue
    ]


def _invitations(groups: list[WorkingGroup]) -> list[Task]:
    now = timezone.now()
    count = Invitation.objects.filter(group__in=groups, used_at=None, revoked_at=None).aggregate(
        open=Count("pk", filter=Q(expires_at__gt=now)),
        late=Count("pk", filter=Q(expires_at__lte=now)),
    )
    url = _url("admin:groups_invitation_changelist")
    tasks = []
    if count["late"]:
        text = ngettext(
            "%(count)d invitation has expired unused.",
            "%(count)d invitations have expired unused.",
            count["late"],
        )
        tasks.append(Task(text % {"count": count["late"]}, url, late=True))
    if count["open"]:
        text = ngettext(
            "%(count)d invitation is waiting for its guest.",
            "%(count)d invitations are waiting for their guests.",
            count["open"],
        )
        tasks.append(Task(text % {"count": count["open"]}, url))
    return tasks


def _url(name: str, *args: object) -> str:
    return reverse(name, args=args)

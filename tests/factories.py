"""Made-up rows for tests; each factory makes the smallest thing that is valid."""

import functools
from datetime import date, time, timedelta
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from groups import notebook
from groups.models import (
    City,
    InterestSignup,
    Invitation,
    Membership,
    Note,
    Organisation,
    Topic,
    User,
    WorkingGroup,
)
from in4green.livetext.services import create_text
from meetings.models import (
    Answer,
    Challenge,
    GuestLink,
    Lesson,
    Meeting,
    Participation,
    Practice,
    Session,
    SiteVisit,
)

PASSWORD = "correct horse battery staple"


@functools.cache
def _hashed(password: str) -> str:
    """Argon2 is slow on purpose; once per process is enough for all test people."""
    return make_password(password)


class CityFactory(DjangoModelFactory):
    class Meta:
        model = City

    slug = factory.Sequence(lambda n: f"city-{n}")
    name = factory.Sequence(lambda n: f"Musterstadt {n}")
    country = "DE"
    subdivision = "NW"
    language = "de"
    latitude = 51.0
    longitude = 7.0


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"topic-{n}")
    name_de = factory.Sequence(lambda n: f"Thema {n}")
    name_en = factory.Sequence(lambda n: f"Topic {n}")


class WorkingGroupFactory(DjangoModelFactory):
    class Meta:
        model = WorkingGroup
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"group-{n}")
    name = factory.Sequence(lambda n: f"In4Green Musterstadt {n}")
    city = factory.SubFactory(CityFactory)
    coordination_address = factory.LazyAttribute(lambda group: f"{group.slug}@stadt.example")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Musterfirma {n}")
    kind = Organisation.Kind.COMPANY
    city = factory.SubFactory(CityFactory)


class UserFactory(DjangoModelFactory):
    """With a verified address and ``PASSWORD``, as after joining."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person-{n}@example.org")
    name = factory.Sequence(lambda n: f"Beispielperson {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> User:
        user: User = model_class(**kwargs, password=_hashed(PASSWORD))
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership
        skip_postgeneration_save = True

    group = factory.SubFactory(WorkingGroupFactory)
    user = factory.SubFactory(UserFactory)
    role = Membership.Role.EDITOR
    starts_on = date(2026, 1, 1)  # before all days to which tests travel


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    group = factory.SubFactory(WorkingGroupFactory)
    email = factory.Sequence(lambda n: f"guest-{n}@example.org")
    name = factory.Sequence(lambda n: f"Gast {n}")
    language = "de"
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class SignupFactory(DjangoModelFactory):
    """Confirmed and waiting for coordination, unless told otherwise."""

    class Meta:
        model = InterestSignup
        skip_postgeneration_save = True

    group = factory.SubFactory(WorkingGroupFactory)
    name = factory.Sequence(lambda n: f"Interessierte {n}")
    email = factory.Sequence(lambda n: f"citizen-{n}@example.org")
    kind = Organisation.Kind.COMPANY
    language = "de"
    status = InterestSignup.Status.RECEIVED
    confirmed_at = factory.LazyFunction(timezone.now)
    answer_due = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))

    class Params:
        unconfirmed = factory.Trait(
            status=InterestSignup.Status.UNCONFIRMED, confirmed_at=None, answer_due=None
        )


class NoteFactory(DjangoModelFactory):
    class Meta:
        model = Note

    group = factory.SubFactory(WorkingGroupFactory)
    title = factory.Sequence(lambda n: f"Note {n}")
    text = factory.LazyFunction(lambda: create_text(notebook.KIND))


class MeetingFactory(DjangoModelFactory):
    """Two days in May, announced to nobody but the group."""

    class Meta:
        model = Meeting

    slug = factory.Sequence(lambda n: f"2026-meeting-{n}")
    group = factory.SubFactory(WorkingGroupFactory)
    kind = Meeting.Kind.TRANSNATIONAL
    title = factory.Sequence(lambda n: f"Treffen {n}")
    host = factory.SelfAttribute("group.city")
    begins_on = date(2026, 5, 5)
    ends_on = date(2026, 5, 6)

    class Params:
        published = factory.Trait(status=Meeting.Status.PUBLISHED, is_public=True)


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    meeting = factory.SubFactory(MeetingFactory)
    kind = Session.Kind.CONTENT
    title = factory.Sequence(lambda n: f"Programmpunkt {n}")
    day = date(2026, 5, 5)
    starts = time(9)
    ends = time(10)


class SiteVisitFactory(DjangoModelFactory):
    class Meta:
        model = SiteVisit

    meeting = factory.SubFactory(MeetingFactory)
    name = factory.Sequence(lambda n: f"Musterwerk {n}")


class PracticeFactory(DjangoModelFactory):
    """A draft, unless told otherwise."""

    class Meta:
        model = Practice
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"musterstadt-practice-{n}")
    group = factory.SubFactory(WorkingGroupFactory)
    city = factory.SelfAttribute("group.city")
    title = factory.Sequence(lambda n: f"Musterpraxis {n}")

    class Params:
        reviewed = factory.Trait(
            state=Practice.State.REVIEWED, reviewed_at=factory.LazyFunction(timezone.now)
        )
        published = factory.Trait(
            state=Practice.State.PUBLISHED,
            reviewed_at=factory.LazyFunction(timezone.now),
            published_at=factory.LazyFunction(timezone.now),
        )

    @factory.post_generation
    def visits(self, create: bool, visits: Any) -> None:
        self.visits.set(visits or [])

    @factory.post_generation
    def topics(self, create: bool, topics: Any) -> None:
        self.topics.set(topics or [])


class LessonFactory(DjangoModelFactory):
    class Meta:
        model = Lesson

    practice = factory.SubFactory(PracticeFactory)
    group = factory.SelfAttribute("practice.group")
    city = factory.SelfAttribute("group.city")
    verdict = Lesson.Verdict.ADAPT
    because = "Bei uns fehlt noch ein Wärmenetz."


class ChallengeFactory(DjangoModelFactory):
    class Meta:
        model = Challenge

    slug = factory.Sequence(lambda n: f"musterstadt-challenge-{n}")
    group = factory.SubFactory(WorkingGroupFactory)
    city = factory.SelfAttribute("group.city")
    title = factory.Sequence(lambda n: f"Musterfrage {n}")
    problem = "Abwärme geht verloren."
    question = "Wer nutzt sie schon?"


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    challenge = factory.SubFactory(ChallengeFactory)
    city = factory.SubFactory(CityFactory)
    text = "Wir heizen damit ein Schwimmbad."


class GuestLinkFactory(DjangoModelFactory):
    class Meta:
        model = GuestLink

    group = factory.SubFactory(WorkingGroupFactory)
    city = factory.SubFactory(CityFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))


class ParticipationFactory(DjangoModelFactory):
    """Somebody known by name only."""

    class Meta:
        model = Participation

    meeting = factory.SubFactory(MeetingFactory)
    name = factory.Sequence(lambda n: f"Beispielgast {n}")
    organisation = "Musterfirma"


def coordinator_of(group: WorkingGroup, **fields: Any) -> User:
    user: User = MembershipFactory(
        group=group, role=Membership.Role.COORDINATOR, user=UserFactory(**fields)
    ).user
    return user

"""Invitations to the made-up meeting to come, most of them answered. No mail leaves."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from groups.models import WorkingGroup
from meetings.loading import DEMO_SLUG
from meetings.models import Meeting, MeetingInvitation, Participation
from meetings.services.telling import note_change

Answer = Participation.Answer
ASKED, ANSWERED = timedelta(days=6), timedelta(days=4)
# Guests by mail: address and language.
ADDRESSES = {
    "Ana Ejemplo": ("ana.ejemplo@aviles.example", "en"),
    "Chiara Esempio": ("chiara.esempio@salerno.example", "en"),
    "Jan Przykład": ("jan.przyklad@dabrowa.example", "en"),
    "Gudrun Gast": ("gudrun.gast@verein.example", "de"),
}
# Of the members; whoever stands here has answered by the link in the mail.
ANSWERS = {"Lea Leseprobe": Answer.ONLINE, "Vera Vertretung": Answer.NOT_COMING}


@transaction.atomic
def load_demo(group: WorkingGroup) -> bool:
    """False if it was loaded before, or the meeting has nobody on its list."""
    meeting = Meeting.objects.filter(slug=DEMO_SLUG, group=group).first()
    coordinator = group.memberships.current().coordinators().first()
    if meeting is None or coordinator is None or _is_loaded(meeting):
        return False
    note_change(meeting)  # from now on those concerned hear of changes
    for person in meeting.participations.select_related("user"):
        _answer(person)
        if person.address:
            MeetingInvitation.objects.create(
                participation=person,
                invited_by=coordinator.user,
                invited_at=timezone.now() - ASKED,
            )
    return True


def _is_loaded(meeting: Meeting) -> bool:
    return MeetingInvitation.objects.filter(participation__meeting=meeting).exists()


def _answer(person: Participation) -> None:
    person.email, person.language = ADDRESSES.get(person.name, ("", person.language))
    person.answer = ANSWERS.get(person.name, person.answer)
    if person.answer != Answer.OPEN:
        person.answered_at = timezone.now() - ANSWERED
    person.save()

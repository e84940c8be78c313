"""What one person needs, as coordination keeps it for whoever cannot enter it."""

from groups.models import User
from in4green.activity.services import record
from meetings.models import Needs, Participation


def needs_of(participation: Participation, *, by: User) -> Needs:
    """That somebody has read them is logged; a new, empty one where nothing is kept."""
    found = Needs.objects.filter(participation=participation).first()
    if found:
        record(by, "participations.needs_read", participation.meeting, of=participation.pk)
    return found or Needs(participation=participation)

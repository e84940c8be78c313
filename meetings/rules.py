"""Who may. Strangers see what is announced; coordination writes."""

from typing import Any

import rules

from groups.models import User
from groups.rules import belongs, coordinates
from meetings.models import Meeting


@rules.predicate
def is_public(user: User, meeting: Any = None) -> bool:
    return isinstance(meeting, Meeting) and meeting.is_public


@rules.predicate
def is_published(user: User, meeting: Any = None) -> bool:
    return isinstance(meeting, Meeting) and meeting.is_published


rules.add_perm("meetings.view_meeting", is_public | belongs)
# The online link, and the record as long as it is not published.
rules.add_perm("meetings.view_inside", belongs)
rules.add_perm("meetings.view_record", is_published | belongs)
rules.add_perm("meetings.add_meeting", coordinates)
rules.add_perm("meetings.change_meeting", coordinates)

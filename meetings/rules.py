"""Who may. Strangers see what is announced; coordination writes."""

from typing import Any

import rules

from groups.models import User
from groups.rules import belongs, coordinates, writes
from meetings.models import Answer, FollowUp, Meeting, MeetingText, Photo, Practice


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


@rules.predicate
def is_in_public_view(user: User, row: Any = None) -> bool:
    """As the row's ``visible_to`` has it for strangers."""
    return row is not None and type(row).objects.public().contains(row)


@rules.predicate
def is_draft(user: User, practice: Any = None) -> bool:
    return isinstance(practice, Practice) and practice.is_draft


@rules.predicate
def is_shown(user: User, row: Any = None) -> bool:
    """Coordination has published it: from now on only coordination changes it."""
    return bool(row and (row.is_published if isinstance(row, Photo) else row.is_public))


@rules.predicate
def has_written(user: User, answer: Any = None) -> bool:
    return isinstance(answer, Answer) and answer.author_id == user.pk


rules.add_perm("meetings.view_practice", is_in_public_view | belongs)
# Where the subject is the group for which something new is entered.
rules.add_perm("meetings.add_practice", writes)
rules.add_perm("meetings.change_practice", coordinates | (is_draft & writes))
rules.add_perm("meetings.review_practice", coordinates)
rules.add_perm("meetings.view_lesson", is_in_public_view | belongs)
rules.add_perm("meetings.add_lesson", writes)
rules.add_perm("meetings.change_lesson", coordinates | (writes & ~is_shown))
rules.add_perm("meetings.view_challenge", is_in_public_view | belongs)
rules.add_perm("meetings.add_challenge", writes)
rules.add_perm("meetings.change_challenge", coordinates | (writes & ~is_shown))
rules.add_perm("meetings.close_challenge", writes)
rules.add_perm("meetings.answer_challenge", writes)
rules.add_perm("meetings.remove_answer", coordinates | (writes & has_written))
# Showing lessons and challenges to strangers, accepting answers, inviting guests.
rules.add_perm("meetings.publish", coordinates)
# Whoever belongs to the group answers for the own part; coordination keeps the list.
rules.add_perm("meetings.answer_meeting", belongs)
rules.add_perm("meetings.count_attendance", coordinates)


@rules.predicate
def is_for_members(user: User, row: Any = None) -> bool:
    """A file without signatures, a photo in which everybody agrees."""
    return row is not None and type(row).objects.for_members().contains(row)


# Where the subject is the meeting or practice.
rules.add_perm("meetings.add_files", coordinates | writes)
rules.add_perm("meetings.publish_files", coordinates)
for name in ("document", "photo"):
    seen_inside = (belongs & is_for_members) | coordinates
    rules.add_perm(f"meetings.view_{name}", is_in_public_view | seen_inside)
    rules.add_perm(f"meetings.change_{name}", coordinates | (writes & is_for_members & ~is_shown))


@rules.predicate
def is_read_by_everybody(user: User, text: Any = None) -> bool:
    return isinstance(text, MeetingText) and text.is_public


@rules.predicate
def is_being_written(user: User, meeting: Any = None) -> bool:
    """Until coordination has approved the minutes, what was agreed is the group's to write."""
    if not isinstance(meeting, Meeting):
        return False
    approved = meeting.texts.filter(kind=MeetingText.Kind.MINUTES, session=None)
    return not approved.exclude(approved_at=None).exists()


@rules.predicate
def is_responsible(user: User, follow_up: Any = None) -> bool:
    return isinstance(follow_up, FollowUp) and follow_up.member_id == user.pk


rules.add_perm("meetings.view_meetingtext", is_read_by_everybody | belongs)
# Where the subject is the meeting.
rules.add_perm("meetings.begin_text", writes)
rules.add_perm("meetings.approve_text", coordinates)
# Decisions and follow-ups, where the subject is the meeting.
rules.add_perm("meetings.add_agreed", coordinates | (writes & is_being_written))
# Done or dropped, where the subject is the follow-up.
rules.add_perm("meetings.close_followup", writes | (belongs & is_responsible))

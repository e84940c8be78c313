"""What the mails about a meeting say."""

from datetime import timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from in4green.activity.kinds import CalendarPart, Letter
from in4green.activity.services import Wording
from meetings import links
from meetings.models import Meeting, Participation
from meetings.notifications import entries
from meetings.notifications.facts import Facts, changes, facts_of, when
from meetings.timing import today_at

Answer = Participation.Answer


def invitation(participation: Participation, *, name: str | None = None) -> Letter:
    """``name``: of somebody in particular; the draft for all greets nobody by name."""
    meeting = participation.meeting
    words = _words(meeting) | {"name": participation.name if name is None else name}
    entry = entries.entry_for(participation, "REQUEST") if meeting.has_days else None
    hint = _(
        "The attached entry puts the meeting into your calendar. If something changes, you get a"
        " new one that takes its place. Please answer with the button, not in the calendar: your"
        " answer reaches our list only that way."
    )
    return _letter(
        meeting,
        subject=_("Invitation: %(title)s") % words,
        paragraphs=[
            _("Hello %(name)s,") % words if words["name"] else _("Hello,"),
            _("%(group)s invites you to a meeting: “%(title)s”.") % words,
            _summary(facts_of(meeting)),
            meeting.objective,
            _("Please tell us whether you come. One click is enough, you need not sign in."),
        ],
        button=_("Answer the invitation"),
        url=links.answer_url(participation),
        after=[hint if entry else "", _for_you_alone()],
        calendar=entry,
    )


def draft(letter: Letter) -> Wording:
    """The words of a letter before it leaves, for the form in which they can be edited."""
    return Wording(letter.subject, "\n\n".join(part for part in letter.paragraphs if part))


def change(participation: Participation, before: Facts, after: Facts) -> Letter:
    """Says only what is different. What was cancelled, or is no longer, says that first."""
    if after["cancelled"]:
        return _cancelled(participation, before)
    if before["cancelled"]:
        return _reinstated(participation, after)
    meeting = participation.meeting
    return _letter(
        meeting,
        subject=_("Changed: %(title)s") % _words(meeting),
        paragraphs=[
            _("Hello %(name)s,") % {"name": participation.name},
            _("something has changed about the meeting “%(title)s”:") % _words(meeting),
            *(_told(change.name, change.before, change.after) for change in changes(before, after)),
            _("Everything else stays as it was."),
            _your_answer(participation),
        ],
        button=_answer_button(participation),
        url=links.answer_url(participation),
        after=[_for_you_alone()],
        calendar=_entry(participation, before, after),
    )


def _told(name: str, before: str, after: str) -> str:
    said = {"what": name, "before": before or "–", "after": after or "–"}
    return _("%(what)s\nbefore: %(before)s\nnow: %(after)s") % said


def _entry(participation: Participation, before: Facts, after: Facts) -> CalendarPart | None:
    """An entry whose days are no longer known is taken back."""
    if after["precision"] == Meeting.Precision.DAY:
        return entries.entry_for(participation, "REQUEST")
    if before["precision"] == Meeting.Precision.DAY:
        return entries.entry_for(participation, "CANCEL")
    return None


def _cancelled(participation: Participation, before: Facts) -> Letter:
    meeting = participation.meeting
    words = _words(meeting) | {"when": when(before), "reason": meeting.cancelled_because}
    entry = entries.entry_for(participation, "CANCEL") if meeting.has_days else None
    hint = _("The attached entry marks the meeting as cancelled in your calendar.")
    return _letter(
        meeting,
        subject=_("Cancelled: %(title)s") % words,
        paragraphs=[
            _("Hello %(name)s,") % {"name": participation.name},
            _("the meeting “%(title)s” does not take place.") % words,
            _("It was planned for: %(when)s") % words,
            _("The reason: %(reason)s") % words if meeting.cancelled_because else "",
            _("You need not do anything."),
        ],
        button=_("Look at the meeting"),
        url=links.answer_url(participation),
        after=[hint if entry else "", _for_you_alone()],
        calendar=entry,
    )


def _reinstated(participation: Participation, after: Facts) -> Letter:
    meeting = participation.meeting
    return _letter(
        meeting,
        subject=_("Takes place after all: %(title)s") % _words(meeting),
        paragraphs=[
            _("Hello %(name)s,") % {"name": participation.name},
            _("the meeting “%(title)s” was cancelled. Now it takes place.") % _words(meeting),
            _summary(after),
            _your_answer(participation),
        ],
        button=_answer_button(participation),
        url=links.answer_url(participation),
        after=[_for_you_alone()],
        calendar=entries.entry_for(participation, "REQUEST") if meeting.has_days else None,
    )


def reminder(participation: Participation) -> Letter:
    meeting = participation.meeting
    words = _words(meeting) | {"day": _day_in_words(meeting)}
    return _letter(
        meeting,
        subject=_("%(day)s: %(title)s") % words,
        paragraphs=[
            _("Hello %(name)s,") % {"name": participation.name},
            _("the meeting “%(title)s” is near.") % words,
            _summary(facts_of(meeting)),
            _your_answer(participation),
        ],
        button=_answer_button(participation),
        url=links.answer_url(participation),
        after=[_for_you_alone()],
    )


def _day_in_words(meeting: Meeting) -> str:
    left = meeting.begins_on - today_at(meeting)
    if left <= timedelta(0):
        return _("Today")
    if left == timedelta(days=1):
        return _("Tomorrow")
    day = [date_format(meeting.begins_on, shape) for shape in ("l", "MONTH_DAY_FORMAT")]
    return _("On %(day)s") % {"day": ", ".join(day)}


def record_published(participation: Participation) -> Letter:
    meeting = participation.meeting
    return _letter(
        meeting,
        subject=_("Now published: the record of “%(title)s”") % _words(meeting),
        paragraphs=[
            _("Hello %(name)s,") % {"name": participation.name},
            _(
                "the record of the meeting “%(title)s” is published: the programme, what was seen"
                " and what came out of it."
            )
            % _words(meeting),
        ],
        button=_("Read the record"),
        url=links.meeting_url(meeting),
    )


def _letter(meeting: Meeting, **parts: Any) -> Letter:
    reason = _("You get this mail because you are on the list of this meeting of %(group)s.")
    return Letter(
        **parts,
        reply_to=entries.coordination_address(meeting),
        reason=reason % _words(meeting),
    )


def _words(meeting: Meeting) -> dict[str, str]:
    return {"title": meeting.title, "group": meeting.group.name}


def _summary(facts: Facts) -> str:
    rows = [(_("When"), when(facts)), (_("Where"), facts["place"])]
    rows.append((_("Online"), facts["online_link"]))
    return "\n".join(f"{name}: {value}" for name, value in rows if value)


def _your_answer(participation: Participation) -> str:
    said = {
        Answer.COMING.value: _("So far you have said that you are coming."),
        Answer.ONLINE.value: _("So far you have said that you take part online."),
        Answer.NOT_COMING.value: _("So far you have said that you can't come."),
    }.get(participation.answer)
    if not said:
        return _("You have not answered yet. One click is enough, you need not sign in.")
    return " ".join([said, _("If that changes, please tell us.")])


def _answer_button(participation: Participation) -> str:
    is_open = participation.answer == Answer.OPEN
    return _("Answer the invitation") if is_open else _("Look at my answer")


def _for_you_alone() -> str:
    return _("The link is meant for you alone: please do not pass this mail on.")

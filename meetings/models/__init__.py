from meetings.models.agreed import Decision, FollowUp
from meetings.models.attendance import Attendance, NamingConsent, Needs, Participation
from meetings.models.challenges import Answer, Challenge
from meetings.models.files import Document, Photo, PhotoPerson, Rendition
from meetings.models.guests import GuestLink
from meetings.models.lessons import Lesson
from meetings.models.mailing import CalendarLink, Correspondence, MeetingInvitation
from meetings.models.meeting import Language, Meeting
from meetings.models.minutes import MeetingText, Printout
from meetings.models.practices import Figure, Practice
from meetings.models.programme import Session
from meetings.models.visits import SiteVisit
from meetings.models.words import SearchWord

__all__ = [
    "Answer",
    "Attendance",
    "CalendarLink",
    "Challenge",
    "Correspondence",
    "Decision",
    "Document",
    "Figure",
    "FollowUp",
    "GuestLink",
    "Language",
    "Lesson",
    "Meeting",
    "MeetingInvitation",
    "MeetingText",
    "NamingConsent",
    "Needs",
    "Participation",
    "Photo",
    "PhotoPerson",
    "Practice",
    "Printout",
    "Rendition",
    "SearchWord",
    "Session",
    "SiteVisit",
]

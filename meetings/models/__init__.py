from meetings.models.attendance import Attendance, NamingConsent, Needs, Participation
from meetings.models.files import Document, Photo, PhotoPerson, Rendition
from meetings.models.mailing import CalendarLink, Correspondence
from meetings.models.meeting import Language, Meeting
from meetings.models.programme import Session
from meetings.models.visits import SiteVisit

__all__ = [
    "Attendance",
    "CalendarLink",
    "Correspondence",
    "Document",
    "Language",
    "Meeting",
    "NamingConsent",
    "Needs",
    "Participation",
    "Photo",
    "PhotoPerson",
    "Rendition",
    "Session",
    "SiteVisit",
]

from meetings.models.files import Document, Photo, PhotoPerson, Rendition
from meetings.models.mailing import CalendarLink, Correspondence
from meetings.models.meeting import Language, Meeting
from meetings.models.programme import Session
from meetings.models.visits import SiteVisit

__all__ = [
    "CalendarLink",
    "Correspondence",
    "Document",
    "Language",
    "Meeting",
    "Photo",
    "PhotoPerson",
    "Rendition",
    "Session",
    "SiteVisit",
]

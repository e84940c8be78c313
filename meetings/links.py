"""Addresses as they stand in mails: absolute, in the language that is active."""

from django.conf import settings
from django.urls import reverse

from meetings.models import CalendarLink, GuestLink, Meeting, Participation


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def meeting_url(meeting: Meeting) -> str:
    return absolute(meeting.get_absolute_url())


def answer_url(participation: Participation) -> str:
    path = reverse("meeting_mails:answer", args=[participation.pk, participation.token])
    return absolute(path)


def calendar_url(link: CalendarLink) -> str:
    return absolute(reverse("meeting_mails:personal_calendar", args=[link.pk, link.token]))


def guest_url(link: GuestLink) -> str:
    return absolute(reverse("guests:home", args=[link.pk, link.token]))


def guest_link_url(link: GuestLink) -> str:
    """For coordination."""
    return absolute(reverse("guest_links:link", args=[link.pk]))

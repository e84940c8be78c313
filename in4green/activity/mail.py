"""From a letter to a mail: text and HTML, and headers that nobody can inject into."""

import textwrap
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from in4green.activity.kinds import CalendarPart, Letter, get_kind
from in4green.activity.models import Delivery

WIDTH = 76


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """The mail in the recipient's language; the same delivery always has the same Message-ID."""
    with translation.override(delivery.language):
        letter = write(delivery)
        context = _context(letter, delivery.language)
        text = render_to_string("mail/letter.txt", {**context, **_wrapped(context)})
        html = render_to_string("mail/letter.html", context)
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=text.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[delivery.address],
        reply_to=[one_line(letter.reply_to)] if letter.reply_to else None,
        headers=_headers(delivery),
    )
    message.attach_alternative(_without_indents(html), "text/html")
    if letter.calendar:
        _attach_calendar(message, letter.calendar)
    return message


def _attach_calendar(message: EmailMultiAlternatives, calendar: CalendarPart) -> None:
    """Twice, as the big calendars do it themselves: Outlook, Gmail and Apple act on the last
    alternative, Thunderbird and whoever wants the file find it attached."""
    text = calendar.content.decode()
    message.attach_alternative(text, f"text/calendar; method={calendar.method}")
    message.attach("invite.ics", calendar.content, "application/ics")


def write(delivery: Delivery) -> Letter:
    """The kind's letter, with the words that a person put in their place."""
    letter = get_kind(delivery.notification.kind).write(delivery)
    letter = replace(letter, subject=one_line(delivery.edited_subject or letter.subject))
    if delivery.edited_body:
        letter = replace(letter, paragraphs=_paragraphs(delivery.edited_body))
    return letter


def one_line(text: str) -> str:
    """Fit for a header: CR, LF, NUL and everything else that does not print becomes a space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _without_indents(html: str) -> str:
    return "\n".join(line.strip() for line in html.splitlines() if line.strip())


def _paragraphs(text: str) -> list[str]:
    lines = "\n".join(line.strip() for line in text.splitlines())
    return [part.strip("\n") for part in lines.split("\n\n") if part.strip()]


def _headers(delivery: Delivery) -> dict[str, str]:
    return {
        "Message-ID": delivery.message_id,
        "Auto-Submitted": "auto-generated",
        # Exchange answers automatic mails all the same, unless it is told this.
        "X-Auto-Response-Suppress": "All",
        "Content-Language": delivery.language,
    }


def _context(letter: Letter, language: str) -> dict[str, Any]:
    reason = _("You get this mail because this address was given in the portal %(portal)s.")
    return {
        "letter": letter,
        "paragraphs": [part for part in letter.paragraphs if part],
        "language": language,
        "portal_name": settings.PORTAL_NAME,
        "base_url": settings.BASE_URL,
        "host": urlsplit(settings.BASE_URL).netloc,
        "coordination_address": settings.COORDINATION_ADDRESS,
        "reason": letter.reason or reason % {"portal": settings.PORTAL_NAME},
        "links": [
            {"name": _("Imprint"), "url": settings.BASE_URL + reverse("imprint")},
            {"name": _("Privacy"), "url": settings.BASE_URL + reverse("privacy")},
        ],
    }


def _wrapped(context: dict[str, Any]) -> dict[str, Any]:
    return {
        "paragraphs": [_wrap(part) for part in context["paragraphs"]],
        "after": [_wrap(part) for part in context["letter"].after if part],
        "reason": _wrap(context["reason"]),
    }


def _wrap(text: str) -> str:
    """Lines of at most 76 characters, as typed otherwise; addresses stay whole."""
    return "\n".join(
        textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    )

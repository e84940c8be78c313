"""Mails about guest links: the link itself, and that a city has handed in."""

from typing import Any, cast

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import User
from groups.recipients import coordination
from in4green.activity.kinds import Kind, Letter, register
from in4green.activity.models import Delivery
from in4green.activity.services import Recipient, notify
from meetings import links
from meetings.models import GuestLink

LINK = "guests.link"
HANDED_IN = "guests.handed_in"


def invite(link: GuestLink, *, address: str, words: str, by: User) -> None:
    notify(LINK, link, [Recipient(address, link.language)], by=by, data={"words": words})


def handed_in(link: GuestLink) -> None:
    notify(HANDED_IN, link, coordination(link.group))


def _link(delivery: Delivery) -> GuestLink:
    """The outbox has made sure that it still exists."""
    return cast(GuestLink, delivery.notification.subject)


def _words(link: GuestLink) -> dict[str, str]:
    until = date_format(localdate(link.expires_at))
    return {"city": link.city.name, "group": link.group.name, "until": until}


def _invitation(delivery: Delivery) -> Letter:
    link = _link(delivery)
    words = _words(link)
    return Letter(
        subject=_("%(group)s: your page for %(city)s") % words,
        paragraphs=[
            _("Hello,"),
            _(
                "%(group)s would like to learn from %(city)s. On your page you enter good practices"
                " and meetings of your city, without an account. You can stop and come back until"
                " %(until)s; then you hand in."
            )
            % words,
            delivery.notification.data.get("words", ""),
            _("Nothing of it is public before coordination has reviewed it."),
        ],
        button=_("Open the page of my city"),
        url=links.guest_url(link),
        after=[
            _(
                "Whoever has this link writes for your city: please pass it on only to those who"
                " shall do so."
            )
        ],
        reply_to=link.group.coordination_address,
        reason=_("You get this mail because coordination of %(group)s invites your city.") % words,
    )


def _handed_in(delivery: Delivery) -> Letter:
    link = _link(delivery)
    words = _words(link)
    return Letter(
        subject=_("%(city)s has handed in") % words,
        paragraphs=[
            _("%(city)s has handed in what it has entered for %(group)s.") % words,
            _("Please review it before it is published, or send it back if something is missing."),
        ],
        button=_("Look at it"),
        url=links.guest_link_url(link),
    )


def _visible_to(user: Any) -> Any:
    return GuestLink.objects.visible_to(user)


register(
    Kind(
        LINK,
        _invitation,
        lambda delivery: _link(delivery).is_open,
        title=gettext_lazy("Link for a partner city"),
        related=("group", "city"),
        subjects=_visible_to,
    )
)
register(
    Kind(
        HANDED_IN,
        _handed_in,
        lambda delivery: _link(delivery).finished_at is not None,
        title=gettext_lazy("A partner city has handed in"),
        related=("group", "city"),
        subjects=_visible_to,
    )
)

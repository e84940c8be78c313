"""Letters about reported barriers."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import links
from groups.models import BarrierReport
from in4green.activity.kinds import Kind, Letter, register
from in4green.activity.models import Delivery


def _report(delivery: Delivery) -> BarrierReport:
    report: BarrierReport = delivery.notification.subject  # type: ignore[assignment]
    return report


def reported(delivery: Delivery) -> Letter:
    report = _report(delivery)
    facts = {
        "page": report.page or _("not named"),
        "name": report.name or _("not named"),
        "due": date_format(report.due, "DATE_FORMAT"),
    }
    return Letter(
        subject=_("A barrier was reported"),
        paragraphs=[
            _("Somebody cannot use the portal as intended."),
            _("Page: %(page)s") % facts,
            report.description,
            _("From: %(name)s") % facts,
            _(
                "An answer is due by %(due)s. It must name the Ombudsstelle. If it takes longer,"
                " please send an interim reply."
            )
            % facts,
        ],
        button=_("Open the case"),
        url=links.absolute(reverse("admin:groups_barrierreport_change", args=[report.pk])),
        reply_to=report.email,
    )


def due(delivery: Delivery) -> Letter:
    report = _report(delivery)
    facts = {"due": date_format(report.due, "DATE_FORMAT")}
    return Letter(
        subject=_("A reported barrier needs an answer by %(due)s") % facts,
        paragraphs=[
            report.description,
            _("The answer must name the Ombudsstelle."),
            _("If you have answered already, enter the date in the case: then it is closed."),
        ],
        button=_("Open the case"),
        url=links.absolute(reverse("admin:groups_barrierreport_change", args=[report.pk])),
        reply_to=report.email,
    )


def received(delivery: Delivery) -> Letter:
    """Carries nothing that was typed: the form can not be used to send words to strangers."""
    facts = {"due": date_format(_report(delivery).due, "DATE_FORMAT")}
    return Letter(
        subject=_("Your report of a barrier has arrived"),
        paragraphs=[
            _("Hello,"),
            _("thank you for telling us about a barrier. Project coordination looks into it."),
            _("You get an answer by %(due)s at the latest.") % facts,
        ],
        button=_("Read the accessibility statement"),
        url=links.absolute(reverse("accessibility")),
        after=[
            _(
                "If our answer does not help you, the Ombudsstelle for accessible information"
                " technology of North Rhine-Westphalia mediates free of charge: %(address)s"
            )
            % {"address": settings.OMBUDSSTELLE["email"]}
        ],
    )


register(
    Kind(
        "barrier.reported",
        reported,
        lambda delivery: not _report(delivery).answered_at,
        title=gettext_lazy("Reported barrier, to coordination"),
    )
)
register(
    Kind(
        "barrier.due",
        due,
        lambda delivery: not _report(delivery).answered_at,
        title=gettext_lazy("Reported barrier without an answer, to coordination"),
    )
)
register(
    Kind(
        "barrier.received",
        received,
        lambda delivery: True,
        title=gettext_lazy("Report of a barrier has arrived"),
    )
)

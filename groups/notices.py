"""What waits for coordination on the admin's first page."""

from collections.abc import Iterator

from django.db.models import Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.models import BarrierReport, InterestSignup
from in4green.common import waiting


def waiting_signups(request: HttpRequest) -> Iterator[waiting.Item]:
    """Sign-ups that wait for a decision; the overdue ones stand apart and first."""
    url = reverse("admin:groups_interestsignup_changelist")
    mine = InterestSignup.objects.visible_to(request.user)
    late = mine.overdue().count()
    if late:
        text = ngettext("%(n)d answer is overdue.", "%(n)d answers are overdue.", late)
        yield waiting.Item(text % {"n": late}, url, tone="attention")
    queue = mine.queue().order_by()
    n = queue.count()
    if n:
        text = ngettext(
            "%(n)d sign-up waits for a decision.", "%(n)d sign-ups wait for a decision.", n
        )
        next_due = queue.aggregate(Min("answer_due"))["answer_due__min"]
        yield waiting.Item(
            text % {"n": n},
            url,
            note=_("next promised date: %(date)s") % {"date": date_format(next_due, "DATE_FORMAT")},
        )


def open_barrier_reports(request: HttpRequest) -> Iterator[waiting.Item]:
    """Reported barriers without an answer, with the day by which the law wants one."""
    reports = BarrierReport.objects.visible_to(request.user).filter(answered_at=None)
    for report in reports.order_by("due"):
        yield waiting.Item(
            _("A reported barrier waits for an answer: %(what)s") % {"what": report},
            reverse("admin:groups_barrierreport_change", args=[report.pk]),
            note=_("due %(date)s") % {"date": date_format(report.due, "DATE_FORMAT")},
        )


waiting.register(waiting_signups)
waiting.register(open_barrier_reports)

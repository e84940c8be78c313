"""Who hears that something is wrong with a text: monitoring and the group's coordination."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import cast

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from in4green.activity.kinds import Kind, Letter
from in4green.activity.kinds import register as register_kind
from in4green.activity.models import Delivery
from in4green.common import waiting
from in4green.common.health import Problem, register
from in4green.livetext.archive.quarantine import NOTICE
from in4green.livetext.models import LiveText
from in4green.livetext.owners import owner_of

OVERDUE = timedelta(minutes=10)
# A text that is written in without a break gets a snapshot every few minutes, long before.
FAR_BEHIND = 10  # times as many updates as a snapshot waits for


def check_quarantined() -> Problem | None:
    return _problem(
        LiveText.objects.exclude(quarantined_at=None),
        lambda n: ngettext(
            "%(n)d text can't be built and can only be read: %(texts)s.",
            "%(n)d texts can't be built and can only be read: %(texts)s.",
            n,
        ),
    )


def check_overdue() -> Problem | None:
    behind = F("snapshot_seq") + FAR_BEHIND * settings.LIVETEXT["SNAPSHOT_UPDATES"]
    late = Q(changed_at__lt=timezone.now() - OVERDUE) | Q(head_seq__gte=behind)
    return _problem(
        LiveText.objects.with_unsaved_tail().filter(late),
        lambda n: ngettext(
            "%(n)d text has waited for its snapshot for too long: %(texts)s.",
            "%(n)d texts have waited for their snapshots for too long: %(texts)s.",
            n,
        ),
    )


def check_misfits() -> Problem | None:
    return _problem(
        LiveText.objects.misfitting(),
        lambda n: ngettext(
            "%(n)d text holds what no editor can show: %(texts)s.",
            "%(n)d texts hold what no editor can show: %(texts)s.",
            n,
        ),
    )


def _problem(texts: QuerySet[LiveText], words: Callable[[int], str]) -> Problem | None:
    """Names a few by their ids, which say nothing to strangers."""
    found = list(texts.order_by("pk").values_list("pk", flat=True)[:100])
    if not found:
        return None
    return Problem(words(len(found)) % {"n": len(found), "texts": ", ".join(map(str, found[:5]))})


register("texts_quarantined", check_quarantined)
register("texts_overdue", check_overdue)
register("texts_misfitting", check_misfits)


def quarantined_texts(request: HttpRequest) -> Iterator[waiting.Item]:
    """On the admin's first page."""
    n = LiveText.objects.visible_to(request.user).exclude(quarantined_at=None).count()
    if n:
        words = ngettext("%(n)d text can only be read.", "%(n)d texts can only be read.", n)
        url = reverse("admin:livetext_livetext_changelist") + "?quarantined_at__isempty=0"
        yield waiting.Item(words % {"n": n}, url, tone="red")


waiting.register(quarantined_texts)


def write(delivery: Delivery) -> Letter:
    text = cast(LiveText, delivery.notification.subject)
    owner = owner_of(text)
    facts = {"title": owner.title(text)}
    return Letter(
        subject=_("A text can only be read for now: %(title)s") % facts,
        paragraphs=[
            _("Hello,"),
            _(
                "the portal could not put the text “%(title)s” together, twice in a row. So that"
                " nothing gets worse, it can only be read for now, and nobody can write in it."
            )
            % facts,
            _(
                "Nothing of what was saved is lost. Please ask whoever runs the portal to look at"
                " it; under “Live texts” in the coordination area it can be released."
            ),
        ],
        button=_("Open the text"),
        url=f"{settings.BASE_URL}{owner.url(text)}",
    )


def still_due(delivery: Delivery) -> bool:
    return cast(LiveText, delivery.notification.subject).quarantined_at is not None


register_kind(
    Kind(
        NOTICE,
        write,
        still_due,
        title=gettext_lazy("A text can only be read"),
        subjects=LiveText.objects.visible_to,
    )
)

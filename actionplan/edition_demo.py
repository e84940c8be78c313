"""Two editions to try things with: between them three actions have changed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from actionplan.models import Action, Plan
from actionplan.services import actions, editions
from groups.models import User

FIRST = {
    "title": "Beispielplan Musterhausen",
    "title_en": "Example plan of Musterhausen",
    "note": "Die erste Ausgabe. Ihre Inhalte sind erfunden, damit Sie etwas ausprobieren können.",
    "note_en": "The first edition. Its contents are made up, so that you can try things.",
}
SECOND = FIRST | {
    "note": "Eine Maßnahme endet später, eine kostet mehr, eine ist entfallen.",
    "note_en": "One action ends later, one costs more, one was dropped.",
}
LATER = timedelta(days=91)
REASON = "In diesem Beispiel übernimmt das ein anderes Programm."


@transaction.atomic
def load_demo(plan: Plan) -> bool:
    """False if there is an edition already, too little to change, or nobody coordinates."""
    first = plan.group.memberships.current().coordinators().select_related("user").first()
    rows = list(plan.actions.going_on().exclude(ends_on=None).exclude(cost=None)[:3])
    if first is None or plan.editions.exists() or len(rows) < 3:
        return False
    editions.publish(plan, after=0, by=first.user, **FIRST)
    _change(*rows, by=first.user)
    editions.publish(plan, after=1, by=first.user, **SECOND)
    return True


def _change(late: Action, dear: Action, needless: Action, *, by: User) -> None:
    Action.objects.filter(pk=late.pk).update(ends_on=F("ends_on") + LATER)
    Action.objects.filter(pk=dear.pk).update(cost=F("cost") * 2)
    actions.drop(needless, reason=REASON, by=by)

"""What ``/health/ready/`` says of files of plans."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import PlanExport
from in4green.common import health

# A worker needs seconds; what waits so long is heard by nobody.
MADE_WITHIN = timedelta(minutes=15)


def check_exports() -> health.Problem | None:
    late = PlanExport.objects.waiting().filter(asked_at__lt=timezone.now() - MADE_WITHIN)
    if not late.exists():
        return None
    return health.Problem(_("Files of plans wait, and nobody makes them."))


health.register("plan_exports_waiting", check_exports)

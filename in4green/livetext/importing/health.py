"""What ``/health/ready/`` says of files that wait to be read."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from in4green.common.health import Problem, register
from in4green.livetext.models import TextImport

# A worker needs a minute at most; what waits so long is heard by nobody.
READ_WITHIN = timedelta(minutes=15)


def check_files() -> Problem | None:
    late = TextImport.objects.waiting().filter(created_at__lt=timezone.now() - READ_WITHIN)
    return Problem(_("Files wait to be read, and nobody reads them.")) if late.exists() else None


register("imports_waiting", check_files)

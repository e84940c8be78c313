"""Whether sign-ups reach somebody: for ``/health/ready/``."""

from django.utils.translation import gettext as _

from groups.recipients import groups_nobody_hears
from in4green.common.health import Problem, register


def check_recipients() -> Problem | None:
    if silent := groups_nobody_hears():
        names = ", ".join(group.name for group in silent)
        return Problem(_("Sign-ups would reach nobody in: %(groups)s.") % {"groups": names})
    return None


register("recipients_missing", check_recipients)

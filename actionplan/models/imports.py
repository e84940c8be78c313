"""A plan that is already written, on its way into this one."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actionplan.models.plan import OfPlan, Plan
from in4green.livetext.models import LiveText


class PlanImport(OfPlan):
    """Its text stays empty: a file is read into it, and then parted among the sections."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.OneToOneField(LiveText, models.CASCADE, related_name="plan_import")

    class Meta:
        verbose_name = _("import of a plan")
        verbose_name_plural = _("imports of plans")
        constraints = [
            models.UniqueConstraint(fields=["plan", "by"], name="plan_import_one_at_a_time")
        ]

    def __str__(self) -> str:
        return str(self.plan)

    def get_absolute_url(self) -> str:
        return reverse("plan:import", args=[self.plan.slug])

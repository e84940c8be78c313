"""Pages that the provider of a public website owes everybody."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from groups.views import duties

urlpatterns = [
    path(_("imprint/"), duties.imprint, name="imprint"),
    path(_("privacy/"), duties.privacy, name="privacy"),
    path(_("accessibility/"), duties.accessibility, name="accessibility"),
    path(_("report-a-barrier/"), duties.barrier_report, name="barrier_report"),
    path(_("report-a-barrier/thanks/"), duties.barrier_thanks, name="barrier_thanks"),
]

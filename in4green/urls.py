"""All addresses: German without a prefix, other languages below ``/en/`` and the like."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from in4green.livetext.views import pictures

handler400 = "in4green.common.errors.bad_request"
handler500 = "in4green.common.errors.server_error"

urlpatterns = [
    path("health/", include("in4green.common.urls")),
    # Stands in texts, so it is the same in all languages.
    path("text-images/<uuid:pk>/", pictures.show, name="text_image"),
    *i18n_patterns(
        path("", include("groups.urls")),
        path("", include("meetings.urls")),
        path(_("plan/"), include("actionplan.urls")),
        path(_("texts/"), include("in4green.livetext.urls")),
        path("accounts/", include("allauth.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
if settings.DEBUG:
    urlpatterns.insert(1, path("mailbox/", include("in4green.common.mailbox.urls")))

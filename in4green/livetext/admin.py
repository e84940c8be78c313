"""Live texts in the admin: to be looked at, and released from quarantine."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from in4green.activity.admin import VisibleAdmin
from in4green.livetext.archive import quarantine
from in4green.livetext.models import LiveText
from in4green.livetext.owners import title


@admin.register(LiveText)
class LiveTextAdmin(VisibleAdmin):
    list_display = ["named", "kind", "head_seq", "changed_at", "quarantined_at"]
    list_filter = [("quarantined_at", admin.EmptyFieldListFilter)]
    ordering = ["-quarantined_at", "-changed_at"]
    list_per_page = 25
    fields = ["named", "kind", "epoch", "head_seq", "snapshot_seq", "changed_at", "quarantined_at"]
    actions = ["release", "release_without_tail"]

    @admin.display(description=_("title"))
    def named(self, text: LiveText) -> str:
        return title(text) or str(text)

    @admin.action(description=_("Release: try again to build it"), permissions=["view"])
    def release(self, request: HttpRequest, texts: QuerySet[LiveText]) -> None:
        self._release(request, texts, without_tail=False)

    @admin.action(
        description=_("Release and go on from the last good state, without what came after"),
        permissions=["view"],
    )
    def release_without_tail(self, request: HttpRequest, texts: QuerySet[LiveText]) -> None:
        self._release(request, texts, without_tail=True)

    def _release(self, request: HttpRequest, texts: Any, *, without_tail: bool) -> None:
        held = texts.exclude(quarantined_at=None)
        for text in held:
            quarantine.release(text, by=request.user, without_tail=without_tail)
        n = len(held)
        words = ngettext("%(n)d text is released.", "%(n)d texts are released.", n)
        messages.success(request, words % {"n": n})

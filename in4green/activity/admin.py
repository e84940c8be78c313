"""Deliveries and the log: to be read, with two buttons."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from in4green.activity.kinds import title_of
from in4green.activity.models import Delivery, LogEntry
from in4green.activity.services import discard, send_again

Act = Callable[..., None]
DETAILS = [
    "about", "address", "state", "created_at", "sent_at", "attempts", "next_at", "last_error",
    "smtp_reply", "message_id", "edited_subject", "edited_body",
]  # fmt: skip
NOTHING: tuple[Any, ...] = ("", None)


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VisibleAdmin(ReadOnlyAdmin):
    """Staff see the rows that ``visible_to`` says are theirs."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        visible: QuerySet[Any] = rows.visible_to(request.user)
        return visible

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return bool(request.user.is_staff)
        return bool(self.get_queryset(request).contains(obj))


@admin.register(Delivery)
class DeliveryAdmin(VisibleAdmin):
    list_display = ["about", "address", "state", "written", "last_error"]
    list_filter = ["state"]
    list_select_related = ["notification"]
    search_fields = ["address", "message_id"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["send_selected_again", "discard_selected"]

    @admin.display(description=gettext_lazy("what"), ordering="notification__kind")
    def about(self, delivery: Delivery) -> str:
        return str(title_of(delivery.notification.kind))

    @admin.display(description=gettext_lazy("created at"), ordering="created_at")
    def written(self, delivery: Delivery) -> str:
        return date_format(localtime(delivery.created_at), "SHORT_DATETIME_FORMAT")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without what this one has not: the answer of a mail that was never taken, for example."""
        return [name for name in DETAILS if getattr(obj, name, True) not in NOTHING]

    def get_urls(self) -> list[URLPattern]:
        def address(name: str, act: Act) -> URLPattern:
            def view(request: HttpRequest, pk: str) -> HttpResponse:
                return self._act_on_one(request, pk, act)

            return path(
                f"<uuid:pk>/{name}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"activity_delivery_{name}",
            )

        return [address("again", send_again), address("discard", discard), *super().get_urls()]

    @admin.action(description=gettext_lazy("Send again"), permissions=["view"])
    def send_selected_again(self, request: HttpRequest, rows: QuerySet[Delivery]) -> None:
        self._act_on_many(request, rows, send_again)

    @admin.action(description=gettext_lazy("Discard"), permissions=["view"])
    def discard_selected(self, request: HttpRequest, rows: QuerySet[Delivery]) -> None:
        self._act_on_many(request, rows, discard)

    def _act_on_one(self, request: HttpRequest, pk: str, act: Act) -> HttpResponse:
        self._act_on_many(request, [get_object_or_404(self.get_queryset(request), pk=pk)], act)
        return redirect(reverse("admin:activity_delivery_change", args=[pk]))

    def _act_on_many(self, request: HttpRequest, rows: Any, act: Act) -> None:
        done = 0
        for delivery in rows:
            try:
                act(delivery, by=request.user)
                done += 1
            except ValidationError as error:
                messages.error(request, f"{delivery.address}: {error.message}")
        if done:
            text = ngettext("Done for %(n)d mail.", "Done for %(n)d mails.", done)
            messages.success(request, text % {"n": done})


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "action", "subject_type", "subject_id", "number"]
    list_filter = ["action"]
    list_select_related = ["actor", "subject_type"]
    search_fields = ["subject_id", "actor__name", "actor__email"]
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False
    fields = ["at", "actor", "action", "subject_type", "subject_id", "data", "number"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("actor", "subject_type")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

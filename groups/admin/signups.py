"""The queue of sign-ups: oldest first, with its decisions and its exports."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from groups.admin.base import GroupRowsAdmin
from groups.exports import signup_header, signup_rows
from groups.models import InterestSignup
from groups.views import review
from in4green.activity.services import record
from in4green.common.exporting import csv_response, xlsx_response

Status = InterestSignup.Status


class StageFilter(admin.SimpleListFilter):
    """The queue is what one sees first; the other sign-ups are one click away."""

    title = _("stage")
    parameter_name = "stage"

    STAGES = {
        "unconfirmed": (_("Not confirmed yet"), [Status.UNCONFIRMED]),
        "invited": (_("Invited"), [Status.INVITED]),
        "ended": (_("Decided"), [Status.MEMBER, Status.DECLINED, Status.WITHDRAWN]),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(key, label) for key, (label, _statuses) in self.STAGES.items()] + [
            ("all", _("All"))
        ]

    def choices(self, changelist: Any) -> Any:
        """Django's first choice is "All"; here it is the queue."""
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Waiting for us")}, *others]

    def queryset(self, request: HttpRequest, rows: Any) -> Any:
        stage = self.value()
        if stage in self.STAGES:
            return rows.filter(status__in=self.STAGES[stage][1])
        return rows if stage == "all" else rows.queue()


@admin.register(InterestSignup)
class InterestSignupAdmin(GroupRowsAdmin):
    list_display = ["name", "organisation", "kind", "status", "waiting_since", "due", "mark"]
    list_filter = [StageFilter, "kind", "source", "group"]
    search_fields = ["name", "email", "organisation"]
    list_per_page = 50
    actions = ["export_csv", "export_xlsx"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[InterestSignup]:
        rows: Any = super().get_queryset(request)
        return rows.with_history().select_related("group")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [F("confirmed_at").asc(nulls_last=True), "created_at"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # Its period deletes it, or the person withdraws.

    @admin.display(description=_("waiting since"), ordering="confirmed_at")
    def waiting_since(self, signup: InterestSignup) -> Any:
        return signup.confirmed_at or signup.created_at

    @admin.display(description=_("answer promised by"), ordering="answer_due")
    def due(self, signup: InterestSignup) -> Any:
        return signup.answer_due

    @admin.display(description=_("note"))
    def mark(self, signup: Any) -> str:
        if signup.declined_before:
            return str(_("signed up again after a refusal"))
        if signup.is_overdue:
            return str(_("overdue"))
        if signup.answer:
            return str(_("has answered your question"))
        return ""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "groups_interestsignup_%s"
        return [
            path("add/", wrap(review.enter), name=name % "add"),
            path("<uuid:pk>/change/", wrap(review.signup), name=name % "change"),
            path("<uuid:pk>/start/", wrap(review.start), name=name % "start"),
            path("<uuid:pk>/resend/", wrap(review.resend), name=name % "resend"),
            path("<uuid:pk>/<str:decision>/", wrap(review.decide), name=name % "decide"),
            *super().get_urls(),
        ]

    @admin.action(description=_("Export as CSV"))
    def export_csv(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponseBase:
        self._record_export(request, rows, "csv")
        return csv_response("sign-ups", signup_header(), signup_rows(_with_topics(rows)))

    @admin.action(description=_("Export as XLSX"))
    def export_xlsx(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponseBase:
        self._record_export(request, rows, "xlsx")
        return xlsx_response("sign-ups", signup_header(), signup_rows(_with_topics(rows)))

    def _record_export(self, request: HttpRequest, rows: Any, form: str) -> None:
        record(request.user, "interest.exported", rows=rows.count(), format=form)


def _with_topics(rows: Any) -> Any:
    return rows.prefetch_related("topics")

"""Cities, topics, organisations, working groups, memberships, invitations."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from groups.accounts import signed_in
from groups.admin.base import GroupRowsAdmin
from groups.models import (
    BarrierReport,
    City,
    Invitation,
    Membership,
    Organisation,
    Topic,
    WorkingGroup,
)
from groups.services.accounts import reset_second_factor
from groups.services.invitations import renew_invitation, revoke_invitation
from in4green.activity.services import record
from in4green.livetext.services import recheck


@admin.register(City)
class CityAdmin(admin.ModelAdmin):
    list_display = ["name", "country", "is_lead"]
    search_fields = ["name"]


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name_de", "name_en", "position"]


@admin.register(Organisation)
class OrganisationAdmin(GroupRowsAdmin):
    list_display = ["name", "kind", "city"]
    list_filter = ["kind"]
    list_select_related = ["city"]
    search_fields = ["name"]


@admin.register(WorkingGroup)
class WorkingGroupAdmin(GroupRowsAdmin):
    list_display = ["name", "city", "coordination_address", "absent_until", "accepts_interest"]
    list_select_related = ["city"]
    # Check boxes: the two-sided list of Django's own can't be used with a screen reader.
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    prepopulated_fields = {"slug": ["name"]}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug", "city"] if obj else []  # Addresses and links hang on both.

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "deputies":
            kwargs["queryset"] = db_field.remote_field.model.objects.sharing_a_group_with(
                request.user
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record(request.user, "groups.changed", obj, fields=form.changed_data)


@admin.register(Membership)
class MembershipAdmin(GroupRowsAdmin):
    """Who joins is invited; here roles and periods change."""

    list_display = ["user", "group", "role", "organisation", "starts_on", "ends_on"]
    list_filter = ["role", "group"]
    list_select_related = ["user", "group", "organisation"]
    search_fields = ["user__name", "user__email", "organisation__name"]
    fields = ["user", "group", "organisation", "role", "topics", "starts_on", "ends_on"]
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    readonly_fields = ["user", "group"]
    actions = ["reset_second_factor"]

    @admin.action(description=_("Second factor lost: remove it, the person sets up a new one"))
    def reset_second_factor(self, request: HttpRequest, memberships: QuerySet[Membership]) -> None:
        for membership in memberships.select_related("user"):
            try:
                reset_second_factor(membership.user, by=signed_in(request))
            except PermissionDenied:
                text = _("You may not do this for %(name)s.")
                messages.error(request, text % {"name": membership.user})
            else:
                text = _("%(name)s is signed out everywhere and gets a mail.")
                messages.success(request, text % {"name": membership.user})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # A membership ends; that it was stays true.

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record(request.user, "memberships.changed", obj, fields=form.changed_data, role=obj.role)
        recheck(obj.user)


@admin.register(Invitation)
class InvitationAdmin(GroupRowsAdmin):
    list_display = ["email", "group", "role", "created_at", "expires_at", "used_at", "revoked_at"]
    list_filter = ["group", "role"]
    list_select_related = ["group"]
    search_fields = ["email", "name"]
    actions = ["renew", "revoke"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in self.opts.fields if field.editable]

    @admin.action(description=_("Send a new link (the old one stops working)"))
    def renew(self, request: HttpRequest, invitations: QuerySet[Invitation]) -> None:
        self._each(request, invitations, renew_invitation)

    @admin.action(description=_("Withdraw the invitation"))
    def revoke(self, request: HttpRequest, invitations: QuerySet[Invitation]) -> None:
        self._each(request, invitations, revoke_invitation)

    def _each(self, request: HttpRequest, invitations: QuerySet[Invitation], act: Any) -> None:
        done = 0
        for invitation in invitations:
            try:
                act(invitation, by=request.user)
                done += 1
            except ValidationError as error:
                messages.error(request, f"{invitation.email}: {error.message}")
        if done:
            text = ngettext("Done for %(n)d invitation.", "Done for %(n)d invitations.", done)
            messages.success(request, text % {"n": done})


@admin.register(BarrierReport)
class BarrierReportAdmin(GroupRowsAdmin):
    """A case: what was reported is kept as it is, what was answered is entered here."""

    list_display = ["created_at", "description", "due", "interim_reply_at", "answered_at"]
    readonly_fields = ["group", "page", "description", "name", "email", "language", "due"]
    fields = [*readonly_fields, "interim_reply_at", "answered_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record(request.user, "barriers.changed", obj, fields=form.changed_data)

"""Reviewing a sign-up in the admin: read, take on, decide; the mail is seen before it leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.accounts import signed_in
from groups.balance import balance_by_kind, balance_by_topic
from groups.forms.review import AcceptForm, AskForm, DeclineForm, EnteredSignupForm, MailForm
from groups.history import history_of
from groups.models import InterestSignup, Invitation
from groups.notifications import interest as letters
from groups.notifications.accounts import invitation_letter
from groups.services import review as services
from in4green.activity.services import Wording, record
from in4green.common.permissions import require_perm

Status = InterestSignup.Status


@dataclass(frozen=True)
class Decision:
    """One of the three things coordination can do, and the words around it."""

    title: Any
    button: Any
    done: Any
    form: type[forms.Form]
    draft: Callable[[InterestSignup, dict[str, Any]], Wording]
    act: Callable[..., InterestSignup]


def _invitation_draft(signup: InterestSignup, values: dict[str, Any]) -> Wording:
    expires = timezone.now() + settings.INVITATION_VALID
    invitation = Invitation(group=signup.group, name=signup.name, expires_at=expires)
    return letters.draft(invitation_letter(invitation))


def _question_draft(signup: InterestSignup, values: dict[str, Any]) -> Wording:
    signup.question = values["text"]
    return letters.draft(letters.question(signup))


def _refusal_draft(signup: InterestSignup, values: dict[str, Any]) -> Wording:
    signup.decline_reason = values["text"]
    return letters.draft(letters.declined(signup))


DECISIONS = {
    "accept": Decision(
        title=_("Accept and invite"),
        button=_("Send the invitation"),
        done=_("The invitation is on its way."),
        form=AcceptForm,
        draft=_invitation_draft,
        act=lambda signup, values, **rest: services.accept_signup(
            signup, role=values["role"], **rest
        ),
    ),
    "ask": Decision(
        title=_("Ask a question"),
        button=_("Send the question"),
        done=_("Your question is on its way."),
        form=AskForm,
        draft=_question_draft,
        act=lambda signup, values, **rest: services.ask_back(signup, values["text"], **rest),
    ),
    "decline": Decision(
        title=_("Decline"),
        button=_("Send the refusal"),
        done=_("The refusal is on its way."),
        form=DeclineForm,
        draft=_refusal_draft,
        act=lambda signup, values, **rest: services.decline_signup(signup, values["text"], **rest),
    ),
}


@require_safe
def signup(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that is known, the balance of the group beside it, and the three decisions."""
    signup = _signup_or_404(request, pk)
    record(request.user, "interest.viewed", signup)
    context = {
        "kinds": balance_by_kind(signup),
        "topics": balance_by_topic(signup),
        "decisions": _decision_links(signup) if signup.status in services.WAITING else [],
        "earlier": _earlier(signup),
        "history": history_of(signup),
    }
    return _page(request, signup, "change_form.html", **context)


def _decision_links(signup: InterestSignup) -> list[dict[str, Any]]:
    address = "admin:groups_interestsignup_decide"
    return [
        {"title": decision.title, "url": reverse(address, args=[signup.pk, name])}
        for name, decision in DECISIONS.items()
    ]


def _earlier(signup: InterestSignup) -> Any:
    same = InterestSignup.objects.filter(group=signup.group).of_person(signup.email)
    return same.exclude(pk=signup.pk).select_related("reviewed_by").order_by("-created_at")


@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(request, pk, services.start_review, _("You have taken this sign-up on."))


@require_POST
def resend(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _act(
        request, pk, services.resend_confirmation, _("The confirmation mail is on its way again.")
    )


def _act(request: HttpRequest, pk: UUID, act: Callable[..., Any], done: Any) -> HttpResponse:
    signup = _signup_or_404(request, pk)
    try:
        act(signup, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("admin:groups_interestsignup_change", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: UUID, decision: str) -> HttpResponse:
    """First the reason or the role, then the mail as it will leave, then it leaves."""
    signup = _signup_or_404(request, pk)
    if decision not in DECISIONS:
        raise Http404
    step = DECISIONS[decision]
    form = step.form(request.POST or None)
    if not form.is_valid():
        return _page(request, signup, "decide.html", decision=step, form=form)
    with translation.override(signup.language):
        draft = step.draft(signup, form.cleaned_data)
    mail = _mail_form(request, draft)
    if not (mail.is_bound and mail.is_valid()):
        return _page(request, signup, "mail.html", decision=step, form=form, mail=mail)
    return _send(request, signup, step, form.cleaned_data, mail.wording())


def _mail_form(request: HttpRequest, draft: Wording) -> MailForm:
    """Bound once the person has seen the mail; until then it shows the portal's own words."""
    if "mail-body" in request.POST:
        return MailForm(request.POST, prefix="mail")
    return MailForm(initial={"subject": draft.subject, "body": draft.body}, prefix="mail")


def _send(
    request: HttpRequest,
    signup: InterestSignup,
    step: Decision,
    values: dict[str, Any],
    wording: Wording,
) -> HttpResponse:
    try:
        step.act(signup, values, wording=wording, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("admin:groups_interestsignup_change", signup.pk)
    messages.success(request, step.done)
    return redirect("admin:groups_interestsignup_changelist")


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """A sign-up that came by phone or on paper."""
    require_perm(request.user, "groups.add_interestsignup")
    form = EnteredSignupForm(request.POST or None, user=request.user)
    if form.is_valid():
        signup = services.enter_signup(by=signed_in(request), **form.values())
        messages.success(request, _("The sign-up is recorded and waits in the queue."))
        return redirect("admin:groups_interestsignup_change", signup.pk)
    return _page(request, None, "enter.html", form=form, title=_("Enter a sign-up"))


def _signup_or_404(request: HttpRequest, pk: UUID) -> InterestSignup:
    rows = InterestSignup.objects.visible_to(request.user).with_history()
    signup = get_object_or_404(
        rows.select_related("group__city", "reviewed_by", "invitation"), pk=pk
    )
    require_perm(request.user, "groups.review_interestsignup", signup)
    return signup


def _page(
    request: HttpRequest, signup: InterestSignup | None, template: str, **context: Any
) -> HttpResponse:
    frame = {
        **admin.site.each_context(request),
        "title": signup.name if signup else "",
        "opts": InterestSignup._meta,
        "signup": signup,
    }
    return render(request, f"admin/groups/interestsignup/{template}", {**frame, **context})

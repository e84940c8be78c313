"""Joining in: the form, the click in the mail, the status page."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups import formguard
from groups.forms.interest import AnswerForm, DetailsForm, InterestForm
from groups.models import InterestSignup, WorkingGroup
from groups.services import interest as services
from groups.services.promises import link_expires
from in4green.common.network import network_key
from in4green.common.pagecache import kept, kept_for_strangers
from in4green.common.tokens import token_matches

Status = InterestSignup.Status


@kept(seconds=1)
def portal_group() -> WorkingGroup:
    """With its topics; asked once for all who send their form within the same second."""
    return WorkingGroup.objects.prefetch_related("topics").default()


# The signed one-time stamp stands where a CSRF cookie would: a stranger gets no cookie at all, and
# nobody loses what was typed because a cookie was refused or ran out.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@kept_for_strangers(seconds=10, anew=formguard.ANEW)
def form(request: HttpRequest) -> HttpResponse:
    group = portal_group()
    if not group.accepts_interest:
        return render(request, "interest/closed.html", {"group": group})
    form = InterestForm(request.POST or None, group=group, network=network_key(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.submit_interest(
                group, form_token=form.token, network=form.network, **form.values()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("interest:sent")
    return render(request, "interest/form.html", {"group": group, "form": form})


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "interest/sent.html", {"group": portal_group()})


@csrf_exempt  # the token in the address is the proof; no cookie is involved
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: UUID, token: str) -> HttpResponse:
    """GET shows, POST acts: programs that follow links in mails confirm nothing."""
    signup = _signup_or_404(pk, token, purpose="interest.confirm")
    if signup.status != Status.UNCONFIRMED:
        return redirect("interest:status", signup.pk, signup.token)
    if request.method != "POST":
        return render(request, "interest/confirm.html", {"signup": signup})
    if services.belongs_already(signup):
        services.withdraw_interest(signup)
        return render(request, "interest/member_already.html", {"signup": signup})
    signup = services.confirm_interest(signup)
    return redirect("interest:status", signup.pk, signup.token)


@never_cache
@require_safe
def status(request: HttpRequest, pk: UUID, token: str) -> HttpResponse:
    signup = _signup_or_404(pk, token, purpose="interest.status")
    return _status_page(request, signup, AnswerForm())


def _status_page(request: HttpRequest, signup: InterestSignup, answer: AnswerForm) -> HttpResponse:
    context = {"signup": signup, "form": answer, "steps": _steps(signup)}
    return render(request, "interest/status.html", context)


def _steps(signup: InterestSignup) -> list[dict[str, Any]]:
    """The way of a sign-up as the status page draws it: what is done, where it is now."""
    path = [Status.RECEIVED, Status.IN_REVIEW, Status.INVITED, Status.MEMBER]
    if signup.status in (Status.DECLINED, Status.WITHDRAWN):
        path = [Status.RECEIVED, Status(signup.status)]
    here = path.index(Status(signup.status)) if signup.status in path else 0
    states = ["done"] * here + ["here"] + ["ahead"] * len(path)
    return [
        {"title": step.label, "state": state} for step, state in zip(path, states, strict=False)
    ]


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: UUID, token: str) -> HttpResponse:
    signup = _signup_or_404(pk, token, purpose="interest.status")
    initial = {name: getattr(signup, name) for name in services.WRITTEN_BY_PERSON}
    initial["topics"] = [topic.pk for topic in signup.topics.all()]
    form = DetailsForm(request.POST or None, group=signup.group, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_interest(signup, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _back_to_status(signup, "corrected")
    return render(request, "interest/correct.html", {"signup": signup, "form": form})


@csrf_exempt
@never_cache
@require_POST
def answer(request: HttpRequest, pk: UUID, token: str) -> HttpResponse:
    signup = _signup_or_404(pk, token, purpose="interest.status")
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer_question(signup, form.cleaned_data["answer"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _back_to_status(signup, "answered")
    return _status_page(request, signup, form)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: UUID, token: str) -> HttpResponse:
    signup = _signup_or_404(pk, token, purpose="interest.status")
    context: dict[str, Any] = {"signup": signup}
    if request.method == "POST":
        try:
            services.withdraw_interest(signup)
        except ValidationError as error:
            context["error"] = error.message
        else:
            return _back_to_status(signup, "withdrawn")
    return render(request, "interest/withdraw.html", context)


def _back_to_status(signup: InterestSignup, done: str) -> HttpResponse:
    """``done`` names the sentence that the status page greets with; no cookie is needed."""
    url = reverse("interest:status", args=[signup.pk, signup.token])
    return redirect(f"{url}?done={done}")


def _signup_or_404(pk: UUID, token: str, *, purpose: str) -> InterestSignup:
    """Unknown, forged, outdated and expired links answer alike."""
    rows = InterestSignup.objects.select_related("group__city", "invitation")
    signup = rows.filter(pk=pk).first()
    generation = signup.generation if signup else 0
    if not token_matches(token, purpose, pk, generation) or not signup or link_expires(signup):
        raise Http404
    return signup

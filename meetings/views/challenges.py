"""Challenges: looked for, read, put to the others, shown to everybody, closed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView

from groups.accounts import signed_in
from in4green.common.permissions import require_perm
from meetings.forms.challenges import ChallengeForm, FindChallengeForm, LinkForm
from meetings.models import Answer, Challenge, Practice
from meetings.services import challenges as services
from meetings.views.practices import group_written_in, may_enter


class ChallengeList(ListView):
    template_name = "challenges/list.html"
    context_object_name = "challenges"
    paginate_by = 25
    http_method_names = ["get", "head", "options"]

    @cached_property
    def find(self) -> FindChallengeForm:
        return FindChallengeForm(self.request.GET)

    def get_queryset(self) -> Any:
        visible = self.find.narrow(Challenge.objects.visible_to(self.request.user))
        answers = Answer.objects.visible_to(self.request.user).only("challenge")
        seen = Prefetch("answers", answers, "answers_seen")
        return visible.select_related("city").prefetch_related("topics", seen)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        may_add = may_enter(self.request.user)
        return super().get_context_data(find=self.find, may_add=may_add, **context)


@require_safe
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = find_challenge(request, slug)
    user = request.user
    practices = Practice.objects.visible_to(user).by_title().select_related("city")
    answers = Answer.objects.visible_to(user).filter(challenge=challenge)
    context = {
        "challenge": challenge,
        "practices": practices.filter(challenges=challenge),
        "answers": answers.select_related("city", "author").prefetch_related(
            Prefetch("practices", practices, "practices_seen")
        ),
        "is_inside": user.has_perm("meetings.view_inside", challenge),
        "may_change": user.has_perm("meetings.change_challenge", challenge),
        "may_answer": user.has_perm("meetings.answer_challenge", challenge),
        "may_close": user.has_perm("meetings.close_challenge", challenge),
        "may_publish": user.has_perm("meetings.publish", challenge),
    }
    return render(request, "challenges/challenge.html", context)


def find_challenge(request: HttpRequest, slug: str) -> Challenge:
    visible = Challenge.objects.visible_to(request.user)
    found: Challenge = get_object_or_404(visible.select_related("city", "group"), slug=slug)
    return found


@login_required
def new(request: HttpRequest) -> HttpResponse:
    group = group_written_in(request)
    challenge = Challenge(group=group, city=group.city, written_in=get_language())
    return _enter(request, ChallengeForm(request.POST or None, instance=challenge))


@login_required
@transaction.atomic
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = _held(request, slug)
    require_perm(request.user, "meetings.change_challenge", challenge)
    return _enter(request, ChallengeForm(request.POST or None, instance=challenge))


@login_required
@transaction.atomic
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """The practices that help, for coordination."""
    challenge = _held(request, slug)
    require_perm(request.user, "meetings.publish", challenge)
    visible = Practice.objects.visible_to(request.user)
    return _enter(request, LinkForm(request.POST or None, instance=challenge, practices=visible))


def _held(request: HttpRequest, slug: str) -> Challenge:
    """Locked while something is saved."""
    challenge = find_challenge(request, slug)
    return services.lock(challenge) if request.method == "POST" else challenge


def _enter(request: HttpRequest, form: ChallengeForm | LinkForm) -> HttpResponse:
    if "find" in request.POST:
        form.leave_unchecked()
    elif request.method == "POST" and form.is_valid():
        saved = services.save_challenge(form, by=signed_in(request))
        messages.success(request, _("The challenge is saved."))
        return redirect(saved)
    is_linking = isinstance(form, LinkForm)
    context = {"form": form, "challenge": form.instance, "is_linking": is_linking}
    return render(request, "challenges/edit.html", context)


@require_POST
@login_required
def show(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = find_challenge(request, slug)
    require_perm(request.user, "meetings.publish", challenge)
    is_public = request.POST.get("public") == "yes"
    services.show_challenge(challenge, is_public=is_public, by=signed_in(request))
    told = _("Everybody sees the challenge now.")
    messages.success(request, told if is_public else _("Only your group sees it now."))
    return redirect(challenge)


@require_POST
@login_required
def set_state(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = find_challenge(request, slug)
    require_perm(request.user, "meetings.close_challenge", challenge)
    closes = request.POST.get("state") == "closed"
    act = services.close_challenge if closes else services.reopen_challenge
    try:
        act(challenge, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        told = _("The challenge is closed. It takes no more answers.")
        messages.success(request, told if closes else _("The challenge is open again."))
    return redirect(challenge)

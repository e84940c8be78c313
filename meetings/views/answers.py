"""Answers to a challenge: given by members, accepted or removed by coordination."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groups.accounts import signed_in
from in4green.common.permissions import require_perm
from meetings.forms.challenges import AnswerForm
from meetings.models import Answer, Challenge, Practice
from meetings.services import answers as services
from meetings.views.challenges import find_challenge


@login_required
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = find_challenge(request, slug)
    require_perm(request.user, "meetings.answer_challenge", challenge)
    if challenge.is_closed and request.method != "POST":
        return redirect(challenge)
    form = AnswerForm(
        request.POST or None,
        practices=Practice.objects.visible_to(request.user),
        initial={"city": challenge.group.city_id, "written_in": get_language()},
    )
    if "find" in request.POST:
        form.leave_unchecked()
    elif (
        request.method == "POST" and form.is_valid() and (given := _give(request, challenge, form))
    ):
        told = (
            _("Your answer is there.")
            if given.is_accepted
            else _("Your answer is there. Others see it once coordination has accepted it.")
        )
        messages.success(request, told)
        return redirect(given)
    return render(request, "challenges/answer.html", {"form": form, "challenge": challenge})


def _give(request: HttpRequest, challenge: Challenge, form: AnswerForm) -> Answer | None:
    """None where it is too late: what was typed stays in the form, with the reason."""
    try:
        return services.answer_challenge(challenge, by=signed_in(request), **form.answer)
    except ValidationError as error:
        form.add_error(None, error)
        return None


@require_POST
@login_required
def accept(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    answer = _find(request, slug, pk)
    require_perm(request.user, "meetings.publish", answer.challenge)
    try:
        services.accept_answer(answer, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The answer is accepted."))
    return redirect(answer)


@login_required
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    answer = _find(request, slug, pk)
    require_perm(request.user, "meetings.remove_answer", answer)
    if request.method == "POST":
        services.remove_answer(answer, by=signed_in(request))
        messages.success(request, _("The answer is removed."))
        return redirect(answer.challenge)
    return render(request, "challenges/remove.html", {"answer": answer})


def _find(request: HttpRequest, slug: str, pk: int) -> Answer:
    rows: Any = Answer.objects.visible_to(request.user).select_related("challenge__group", "city")
    found: Answer = get_object_or_404(rows, challenge__slug=slug, pk=pk)
    return found

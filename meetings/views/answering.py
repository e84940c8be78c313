"""Answering an invitation by the link in the mail, without signing in."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from in4green.common.tokens import token_matches
from meetings.models import Participation
from meetings.notifications.facts import facts_of, when
from meetings.notifications.kinds import still_belongs
from meetings.services import participating

Answer = Participation.Answer


@csrf_exempt  # the token in the address is the proof; no cookie is involved
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """GET shows, POST acts: programs that follow links in mails answer nothing."""
    participation = _participation_or_404(pk, token)
    error = ""
    if request.method == "POST":
        try:
            participating.answer(participation, request.POST.get("answer", ""), by=None)
        except ValidationError as refusal:
            error = str(refusal.message)
        else:
            return redirect(f"{request.path}?done")
    meeting = participation.meeting
    facts = facts_of(meeting)
    return render(
        request,
        "meetings/mails/answer.html",
        {
            "error": error,
            "participation": participation,
            "meeting": meeting,
            "when": when(facts),
            "place": facts["place"],
            "choices": [Answer(value) for value in participating.open_answers(meeting)],
            "is_open": participation.answer == Answer.OPEN,
            "done": "done" in request.GET,
        },
    )


def _participation_or_404(pk: int, token: str) -> Participation:
    """Unknown, forged and outdated links answer alike, and so do those of who has left."""
    rows = Participation.objects.select_related("meeting__group", "meeting__host", "user")
    participation = rows.filter(pk=pk).first()
    generation = participation.generation if participation else 0
    is_right = token_matches(token, "participation", pk, generation)
    if not is_right or participation is None or not still_belongs(participation):
        raise Http404
    return participation

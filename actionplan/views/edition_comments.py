"""Comments of the public on an edition: written without an account, decided by coordination."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from actionplan.forms.editions import CommentForm, DecisionForm
from actionplan.models import Edition, EditionComment, Plan
from actionplan.services import edition_comments as services
from actionplan.views.guarding import with_plan
from groups.accounts import signed_in
from in4green.common.network import network_key


# As for the interest form: the signed one-time stamp stands where a CSRF cookie would.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """``?sent`` says that one has come and waits."""
    edition = get_object_or_404(Edition.objects.in_short(), plan__slug=slug, number=number)
    form = CommentForm(request.POST or None, network=network_key(request))
    if request.method == "POST" and form.is_valid() and _take(edition, form):
        return redirect(f"{request.path}?sent#sent")
    context = {
        "edition": edition,
        "plan": edition.plan,
        "form": form,
        "comments": edition.comments.published(),
        "is_sent": "sent" in request.GET,
    }
    return render(request, "editions/comments.html", context)


def _take(edition: Edition, form: CommentForm) -> bool:
    try:
        services.comment(
            edition,
            form_token=form.token,
            network=form.network,
            language=get_language() or edition.plan.language,
            **form.values(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_safe
@with_plan("actionplan.decide_comment")
def queue(request: HttpRequest, plan: Plan) -> HttpResponse:
    """What waits first, the oldest on top."""
    rows = _comments_on(plan).order_by("created_at")
    context: dict[str, Any] = {"plan": plan, "waiting": rows.waiting()}
    context["decided"] = rows.exclude(state=EditionComment.State.WAITING).reverse()
    return render(request, "editions/comment_queue.html", context)


@with_plan("actionplan.decide_comment")
def decide(request: HttpRequest, plan: Plan, pk: uuid.UUID) -> HttpResponse:
    comment = get_object_or_404(_comments_on(plan), pk=pk)
    first = {} if comment.is_waiting else {"state": comment.state}
    form = DecisionForm(request.POST or None, instance=comment, initial=first)
    if request.method == "POST" and form.is_valid():
        decision = {name: form.cleaned_data[name] for name in ("state", "answer", "reason")}
        services.decide(comment, by=signed_in(request), **decision)
        messages.success(request, _("The decision is kept."))
        return redirect("plan:comment_queue", plan.slug)
    context = {"plan": plan, "comment": comment, "form": form}
    return render(request, "editions/decide_comment.html", context)


def _comments_on(plan: Plan) -> Any:
    rows = EditionComment.objects.filter(edition__plan=plan)
    return rows.select_related("edition__plan", "decided_by").defer("edition__content")

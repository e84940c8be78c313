"""Reviews of a plan: asked for, looked at, closed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actionplan import progress, review_showing, standing_steps, under_review
from actionplan.forms.reviews import MoreForm, RequestForm
from actionplan.models import Plan, Review
from actionplan.outline import in_order
from actionplan.services import reviewing
from actionplan.views.guarding import with_plan
from groups.accounts import signed_in
from in4green.common.permissions import require_perm

View = Callable[..., Any]


def with_row(model: Any, permission: str) -> Callable[[View], View]:
    """``slug`` and ``pk`` become a row of the plan. Unseen is 404, seen but not allowed is 403."""

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, pk: int, **more: Any) -> Any:
            rows = model.objects.visible_to(request.user).filter(plan__slug=slug)
            row = get_object_or_404(rows.select_related("plan__group__city"), pk=pk)
            require_perm(request.user, permission, row)
            return view(request, row, **more)

        return guarded

    return guard


def act(request: HttpRequest, do: Callable[[], Any], said: str) -> None:
    """Says what has happened, or why it has not."""
    try:
        do()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)


@require_safe
@with_plan("actionplan.view_plan")
def overview(request: HttpRequest, plan: Plan) -> HttpResponse:
    context = {
        "plan": plan,
        "standing": standing_steps.of(plan),
        "reviews": plan.reviews.with_answers().order_by("-asked_at", "-pk"),
        "votes": plan.approvals.all(),
        "decisions": plan.decisions.prefetch_related("corrections__by"),
        "may_change": request.user.has_perm("actionplan.change_plan", plan),
    }
    return render(request, "reviews/overview.html", context)


@with_plan("actionplan.change_plan")
def new(request: HttpRequest, plan: Plan) -> HttpResponse:
    places = list(in_order(progress.places(plan)))
    form = RequestForm(request.POST or None, plan=plan, places=places)
    if request.method == "POST" and form.is_valid():
        review = reviewing.request_review(plan, by=signed_in(request), **form.asked)
        messages.success(request, _told(review))
        return redirect(review)
    return render(request, "reviews/new.html", {"form": form, "plan": plan})


def _told(review: Review) -> str:
    if review.peers.exists():
        return _("The review is open. Please send the links to the cities below.")
    return _("The review is open, and everybody who is asked gets a mail.")


@require_safe
@with_row(Review, "actionplan.view_plan")
def review(request: HttpRequest, review: Review) -> HttpResponse:
    user = signed_in(request)
    places = under_review.places(review)
    statements = review_showing.statements_of(review)
    asked = review_showing.asked(review)
    own = next((row for row in asked.people if row.user_id == user.pk), None)
    context = {
        "review": review,
        "plan": review.plan,
        "places": places,
        "asked": asked,
        "own": own,
        "topics": review_showing.topics(review, places, statements),
        "count": review_showing.count(statements),
        "open": sum(not one.is_answered for one in statements),
        "may_change": user.has_perm("actionplan.change_plan", review),
    }
    return render(request, "reviews/review.html", context)


@with_row(Review, "actionplan.change_plan")
def ask(request: HttpRequest, review: Review) -> HttpResponse:
    initial = {"due_on": review.due_on}
    form = MoreForm(request.POST or None, plan=review.plan, asked=review, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = _("It is saved. Who is new on the list gets a mail; links are sent by you.")
        act(request, lambda: reviewing.ask_more(review, by=signed_in(request), **form.asked), said)
        return redirect(review)
    context = {"form": form, "review": review, "plan": review.plan}
    return render(request, "reviews/ask.html", context)


@require_POST
@with_row(Review, "actionplan.change_plan")
def close(request: HttpRequest, review: Review) -> HttpResponse:
    said = _("The review is closed. What was said can still be answered.")
    act(request, lambda: reviewing.close(review, by=signed_in(request)), said)
    return redirect(review)


@require_POST
@with_row(Review, "actionplan.view_plan")
def nothing_to_add(request: HttpRequest, review: Review) -> HttpResponse:
    said = _("Thank you. It is noted that you have nothing to add.")
    act(request, lambda: reviewing.say_nothing_to_add(review, by=signed_in(request)), said)
    return redirect(review)

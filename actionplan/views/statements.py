"""What members say in a review, and what coordination answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from actionplan import under_review
from actionplan.forms.reviews import ReplyForm, StatementForm
from actionplan.models import Review, Statement
from actionplan.services import statements
from actionplan.views.reviews import with_row
from groups.accounts import signed_in


def saved(form: Any, save: Any) -> Any:
    """What ``save`` gives; None with its refusal in the form, where what was typed stays."""
    try:
        return save()
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None


@with_row(Review, "actionplan.view_plan")
def new(request: HttpRequest, review: Review) -> HttpResponse:
    about = {"section": request.GET.get("section", "")}
    form = StatementForm(request.POST or None, places=under_review.places(review), initial=about)
    if request.method == "POST" and form.is_valid():
        user = signed_in(request)
        made = saved(form, lambda: statements.make(review, by=user, **form.said))
        if made:
            messages.success(
                request, _("Your statement is saved; everybody in the group reads it.")
            )
            return _back(review, made)
    context = {"form": form, "review": review, "plan": review.plan}
    return render(request, "reviews/statement.html", context)


@with_row(Review, "actionplan.view_plan")
def edit(request: HttpRequest, review: Review, number: int) -> HttpResponse:
    statement = _find(review, number)
    if statement.author_id != request.user.pk:
        raise PermissionDenied("actionplan.change_statement")
    form = StatementForm(request.POST or None, instance=statement)
    if request.method == "POST" and form.is_valid():
        user, said = signed_in(request), form.said
        if saved(form, lambda: statements.correct(statement, by=user, **said) or statement):
            messages.success(request, _("Your statement is corrected."))
            return _back(review, statement)
    context = {"form": form, "review": review, "plan": review.plan, "row": statement}
    return render(request, "reviews/statement.html", context)


@with_row(Review, "actionplan.change_plan")
def answer(request: HttpRequest, review: Review, number: int) -> HttpResponse:
    statement = _find(review, number)
    form = ReplyForm(request.POST or None, instance=statement)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("verdict", "reply")}
        if saved(form, lambda: statements.answer(statement, by=signed_in(request), **said)):
            messages.success(request, _("The answer is saved."))
            return _back(review, statement)
    context = {"form": form, "review": review, "plan": review.plan, "row": statement}
    return render(request, "reviews/answer.html", context)


def _find(review: Review, number: int) -> Statement:
    rows = review.statements.select_related("author", "link__city", "review__plan__group")
    found: Statement = get_object_or_404(rows, pk=number)
    return found


def _back(review: Review, statement: Statement) -> HttpResponse:
    return redirect(f"{review.get_absolute_url()}#{statement.anchor}")

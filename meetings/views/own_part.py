"""Members answer for themselves: whether they come, what they need, whether they may be named."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groups.accounts import signed_in
from in4green.common.permissions import require_perm
from meetings import delegations
from meetings.forms.people import NamingForm, NeedsForm
from meetings.models import Meeting, Needs, Participation
from meetings.services import participating
from meetings.views.reading import find_meeting

View = Callable[..., HttpResponse]


def as_member(view: View) -> View:
    """``slug`` of the address becomes a meeting of one of one's own groups."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, slug: str) -> HttpResponse:
        meeting = find_meeting(request, slug)
        require_perm(request.user, "meetings.answer_meeting", meeting)
        return view(request, meeting)

    return guarded


@require_POST
@as_member
def answer(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        said = participating.answer_as_member(
            meeting, request.POST.get("answer", ""), by=signed_in(request)
        )
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, delegations.own_answer_in_words(said))
    return redirect(f"{meeting.get_absolute_url()}#coming")


@as_member
def own_part(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Two forms with a button each; what the other one holds stays as it is."""
    person = _own(request, meeting)
    forms = {"needs": _needs_form(person), "naming": _naming_form(person)}
    which = request.POST.get("form")
    if request.method == "POST" and which in forms:
        forms[which] = type(forms[which])(request.POST)
        if forms[which].is_valid():
            _KEEP[which](request, meeting, forms[which].cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("attendance:own_part", slug=meeting.slug)
    context = {"meeting": meeting, "person": person, **forms, "form": forms.get(which or "")}
    return render(request, "meetings/people/own_part.html", context)


def _own(request: HttpRequest, meeting: Meeting) -> Participation | None:
    people = meeting.participations.with_naming_consent().select_related("needs")
    person: Participation | None = people.filter(user=signed_in(request)).first()
    return person


def _needs_form(person: Participation | None) -> NeedsForm:
    needs = getattr(person, "needs", None) or Needs()
    return NeedsForm(initial={"diet": needs.diet, "access": needs.access})


def _naming_form(person: Any) -> NamingForm:
    return NamingForm(initial={"agrees": bool(person and person.may_be_named)})


def _keep_needs(request: HttpRequest, meeting: Meeting, said: dict[str, Any]) -> None:
    user = signed_in(request)
    person = participating.own_participation(meeting, user)
    participating.keep_needs(person, by=user, **said)


def _keep_naming(request: HttpRequest, meeting: Meeting, said: dict[str, Any]) -> None:
    user = signed_in(request)
    person = participating.own_participation(meeting, user)
    if said["agrees"]:
        participating.agree_to_be_named(person, by=user)
    else:
        participating.withdraw_naming(person, by=user)


_KEEP = {"needs": _keep_needs, "naming": _keep_naming}

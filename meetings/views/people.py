"""Coordination keeps the list of a meeting's people."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from groups.accounts import signed_in
from in4green.common.permissions import require_perm
from meetings import delegations, file_showing
from meetings.forms.people import FindPeopleForm, MembersForm, PersonForm
from meetings.models import Meeting, Participation
from meetings.services import participating
from meetings.services.entering import lock
from meetings.views.entering import with_meeting
from meetings.views.reading import find_meeting

View = Callable[..., HttpResponse]
PER_PAGE = 100


def with_person(view: View) -> View:
    """Somebody on the list of the meeting that the address names."""

    @login_required
    @wraps(view)
    @transaction.atomic
    def guarded(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        meeting = find_meeting(request, slug)
        require_perm(request.user, "meetings.change_meeting", meeting)
        if request.method == "POST":
            lock(meeting)
        people = meeting.participations.select_related("user", "changed_by", "meeting__group")
        return view(request, get_object_or_404(people, pk=pk))

    return guarded


@require_safe
@with_meeting
def people(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    find = FindPeopleForm(request.GET)
    found = find.narrow(meeting.participations.select_related("city"))
    context = {
        "meeting": meeting,
        "find": find,
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "answers": delegations.answers_given(meeting),
        "cities": delegations.per_city(meeting),
        "scans": file_showing.scans_of(meeting, request.user),
    }
    return render(request, "meetings/people/list.html", context)


@with_meeting
def add_members(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = MembersForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        n = participating.add_members(meeting, form.cleaned_data["members"], by=signed_in(request))
        said = ngettext("%(n)d person is on the list now.", "%(n)d people are on the list now.", n)
        messages.success(request, said % {"n": n})
        return redirect("attendance:people", slug=meeting.slug)
    return render(request, "meetings/people/members.html", {"form": form, "meeting": meeting})


@with_meeting
@transaction.atomic
def add_person(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if request.method == "POST":
        lock(meeting)
    language = meeting.group.language
    return _person(request, Participation(meeting=meeting, is_guest=True, language=language))


@with_person
def change_person(request: HttpRequest, person: Participation) -> HttpResponse:
    return _person(request, person)


def _person(request: HttpRequest, person: Participation) -> HttpResponse:
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        kept = participating.keep_person(form, by=signed_in(request))
        messages.success(request, _("Saved: %(name)s.") % {"name": kept})
        return redirect("attendance:people", slug=kept.meeting.slug)
    context = {
        "form": form,
        "person": person,
        "meeting": person.meeting,
        "organisations": delegations.known_organisations(person.meeting),
        "may_be_named": bool(person.pk) and person.consents.filter(withdrawn_at=None).exists(),
    }
    return render(request, "meetings/people/person.html", context)


@with_person
def remove_person(request: HttpRequest, person: Participation) -> HttpResponse:
    """GET asks, POST removes."""
    meeting = person.meeting
    if request.method != "POST":
        return render(
            request, "meetings/people/remove.html", {"person": person, "meeting": meeting}
        )
    try:
        participating.remove_person(person, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("%(name)s is off the list.") % {"name": person})
    return redirect("attendance:people", slug=meeting.slug)


@require_safe
@with_meeting
def needs(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Coordination organises; each look is logged."""
    found = participating.needs_for_organiser(meeting, by=signed_in(request))
    return render(request, "meetings/people/needs.html", {"needs": found, "meeting": meeting})


@require_POST
@with_person
def record_naming(request: HttpRequest, person: Participation) -> HttpResponse:
    """What somebody has said or signed elsewhere, entered by coordination."""
    if "agrees" in request.POST:
        participating.agree_to_be_named(person, by=signed_in(request))
    else:
        participating.withdraw_naming(person, by=signed_in(request))
    messages.success(request, _("Saved: %(name)s.") % {"name": person})
    return redirect("attendance:person", slug=person.meeting.slug, pk=person.pk)

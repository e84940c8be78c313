"""Coordination enters what somebody has said about food and access by telephone or mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from groups.accounts import signed_in
from meetings.forms.people import NeedsForm
from meetings.models import Participation
from meetings.services.needs import needs_of
from meetings.services.participating import keep_needs
from meetings.views.people import with_person


@with_person
def needs_of_person(request: HttpRequest, person: Participation) -> HttpResponse:
    user = signed_in(request)
    if request.method == "POST":
        form = NeedsForm(request.POST)
        if form.is_valid():
            keep_needs(person, by=user, **form.cleaned_data)
            messages.success(request, _("Saved: %(name)s.") % {"name": person})
            return redirect("attendance:needs", slug=person.meeting.slug)
    else:
        kept = needs_of(person, by=user)
        form = NeedsForm(initial={"diet": kept.diet, "access": kept.access})
    context = {"form": form, "person": person, "meeting": person.meeting}
    return render(request, "meetings/people/needs_of_person.html", context)

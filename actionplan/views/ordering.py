"""The order of sections: by buttons, by hand (a script sends the form), by a form alone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actionplan import outline, progress
from actionplan.forms.sections import PlaceForm
from actionplan.models import Plan, Section
from actionplan.outline import Place
from actionplan.services import ordering
from actionplan.views.guarding import with_plan, with_section
from groups.accounts import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@with_plan("actionplan.change_plan")
def order(request: HttpRequest, plan: Plan) -> HttpResponse:
    """All sections with their buttons; each takes one step."""
    if request.method == "POST":
        return _step(request, plan)
    context = {"plan": plan, "places": progress.places(plan)}
    return render(request, "plan/order/page.html", context)


def _step(request: HttpRequest, plan: Plan) -> HttpResponse:
    key, _colon, direction = request.POST.get("move", "").partition(":")
    if not key.isdecimal() or len(key) > 18 or direction not in ordering.DIRECTIONS:
        raise Http404
    section = get_object_or_404(plan.sections.there(), pk=int(key))
    return _moved(request, section, ordering.move, direction)


@with_section("actionplan.change_section")
def move(request: HttpRequest, section: Section) -> HttpResponse:
    choices = [
        place
        for place in outline.in_order(progress.places(section.plan))
        if section.pk not in _line_of(place)
    ]
    form = PlaceForm(request.POST or None, places=choices)
    if request.method == "POST" and form.is_valid():
        return _moved(request, section, _put, form.cleaned_data)
    context = {"form": form, "section": section, "plan": section.plan}
    return render(request, "plan/order/move.html", context)


def _line_of(place: Place | None) -> list[int]:
    """Itself and all that it is a part of."""
    return [place.section.pk, *_line_of(place.above)] if place else []


def _put(section: Section, chosen: dict[str, Any], *, by: Any) -> Place:
    behind = chosen["after"]
    if behind is None:
        return ordering.place(section, parent=None, after=None, by=by)
    if chosen["how"] == PlaceForm.WITHIN:
        return ordering.place(section, parent=behind.section.pk, after=None, by=by)
    parent = behind.above.section.pk if behind.above else None
    return ordering.place(section, parent=parent, after=behind.section.pk, by=by)


def _moved(request: HttpRequest, section: Section, act: Any, *how: Any) -> HttpResponse:
    try:
        place = act(section, *how, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        said = _("“%(title)s” is now number %(number)s.")
        messages.success(request, said % {"title": section, "number": place.number})
    address = reverse("plan:order", args=[section.plan.slug])
    return redirect(f"{address}#section-{section.pk}")

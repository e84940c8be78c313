"""The text of a section: written in one language, the other beside it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actionplan import progress
from actionplan.bilingual import Pair, pair
from actionplan.models import Section
from actionplan.services import translating
from actionplan.views.guarding import with_section
from groups.accounts import signed_in
from in4green.livetext.archive import reading
from in4green.livetext.content import diff
from in4green.livetext.editor import text_page


@require_safe
@with_section(in_bin=True)
def text(request: HttpRequest, section: Section, language: str) -> HttpResponse:
    """What is in the bin can still be read here: nobody's words are gone."""
    both = _pair(section, language)
    for row in both.rows:
        row.text.known_row = row
    beside = both.other if both.is_beside(request.GET.get("beside")) else None
    context: dict[str, Any] = {
        "section": section,
        "plan": section.plan,
        "both": both,
        "row": both.row,
        "places": progress.places(section.plan),
        "beside": beside,
        "beside_html": reading.html(beside.text) if beside else "",
        "may_match": both.is_to_check and _may_match(request, section),
        **text_page(request.user, both.row.text, label=str(both.row)),
    }
    return render(request, "plan/sections/text.html", context)


def _may_match(request: HttpRequest, section: Section) -> bool:
    return request.user.has_perm("actionplan.match_translation", section)


def _pair(section: Section, language: str) -> Pair:
    found = pair(section, language)
    if found is None:
        raise Http404
    return found


@require_POST
@with_section("actionplan.match_translation")
def matches(request: HttpRequest, section: Section, language: str) -> HttpResponse:
    both = _pair(section, language)
    translation, original = both.translation, both.original
    if translation is None or original is None:
        raise Http404
    try:
        seen = (int(request.POST.get("epoch", "")), int(request.POST.get("seq", "")))
    except ValueError:
        raise Http404 from None
    try:
        translating.say_it_matches(translation, original.text, seen=seen, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Noted: the translation matches the original."))
    return redirect(both.row)


@require_safe
@with_section(in_bin=True)
def changes(request: HttpRequest, section: Section, language: str) -> HttpResponse:
    """What the original says now and didn't when the translation was found to match."""
    both = _pair(section, language)
    if both.translation is None or both.original is None:
        raise Http404
    blocks = translating.changed_since(both.translation, both.original.text)
    context = {
        "section": section,
        "both": both,
        "sections": None if blocks is None else diff.sections(blocks),
        "may_match": both.is_to_check and _may_match(request, section),
    }
    return render(request, "plan/sections/changes.html", context)

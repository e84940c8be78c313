"""The text of a section: written in one language, the other beside it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actionplan import progress
from actionplan.models import Section, SectionText
from actionplan.views.guarding import with_section
from in4green.livetext.archive import reading
from in4green.livetext.editor import text_page


@require_safe
@with_section("actionplan.view_section", in_bin=True)
def text(request: HttpRequest, section: Section, language: str) -> HttpResponse:
    """What is in the bin can still be read here: nobody's words are gone."""
    rows = texts_of(section)
    row = _in(rows, language)
    other = next((one for one in rows if one is not row), None)
    context: dict[str, Any] = {
        "row": row,
        "section": section,
        "plan": section.plan,
        "places": progress.places(section.plan),
        "other": other,
        "other_html": reading.html(other.text) if other else "",
        **text_page(request.user, row.text, label=str(row)),
    }
    return render(request, "plan/sections/text.html", context)


def texts_of(section: Section) -> list[SectionText]:
    """The original first."""
    rows = list(section.texts.select_related("text", "matched_by"))
    for row in rows:
        row.section = section
    return sorted(rows, key=lambda row: not row.is_original)


def _in(rows: list[SectionText], language: str) -> SectionText:
    found = [row for row in rows if row.language == language]
    if not found:
        raise Http404
    return found[0]

"""Editions for everybody: listed, read, compared, taken away."""

import uuid
from itertools import zip_longest
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from actionplan.editions import comparing, showing, summing_up
from actionplan.models import Edition, EditionFile, EditionPicture, Plan
from in4green.common.pagecache import kept_for_strangers
from in4green.common.uploads.pictures import media_type
from in4green.common.uploads.serving import answer_with

# Then it is asked whether what stands around the frozen text has changed: files, comments, the next
# edition.
KEPT = 2  # seconds
# Both sides of a comparison are frozen; only the frame around it may change.
KEPT_LONG = 3600
FOR_EVER = "public, max-age=31536000, immutable"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def published(request: HttpRequest) -> HttpResponse:
    """What strangers find where members find their plans."""
    rows = showing.published()
    if len(rows) == 1:
        return redirect(rows[0])
    return render(request, "editions/published.html", {"editions": rows})


@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """For strangers there is a plan as soon as there is an edition of it."""
    plan = get_object_or_404(Plan.objects.select_related("group__city"), slug=slug)
    rows = list(plan.editions.in_short().order_by("-number"))
    may_publish = request.user.has_perm("actionplan.publish_edition", plan)
    if not rows and not request.user.has_perm("actionplan.view_plan", plan):
        raise Http404
    pairs = list(zip_longest(rows, rows[1:]))
    context = {"plan": plan, "pairs": pairs, "may_publish": may_publish}
    return render(request, "editions/list.html", context)


def _mark(request: HttpRequest, slug: str, number: int) -> Any:
    rows = Edition.objects.filter(plan__slug=slug, number=number)
    return rows.marks(get_language() or "").first()


@kept_for_strangers(seconds=KEPT, mark=_mark)
@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One query; the text is as it was drawn when it was published."""
    rows = Edition.objects.for_reading(get_language() or "")
    found = get_object_or_404(rows, plan__slug=slug, number=number)
    context = {
        "edition": found,
        "plan": found.plan,
        "minutes": showing.minutes(found),
        "foreign": showing.foreign(found),
        "files": showing.files_of(found),
        **showing.neighbours(found),
    }
    response = render(request, "editions/edition.html", context)
    response.headers["Last-Modified"] = http_date(found.published_at.timestamp())
    return response


@require_safe
def file(
    request: HttpRequest, slug: str, number: int, language: str, kind: str
) -> HttpResponseBase:
    rows = EditionFile.objects.select_related("edition__plan")
    wanted = {"edition__plan__slug": slug, "edition__number": number}
    found = get_object_or_404(rows, **wanted, language=language, format=kind)
    return answer_with(found.file, MEDIA_TYPES[found.format], name=found.name, to_keep=True)


@require_safe
def picture(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Public and for ever the same."""
    found = get_object_or_404(EditionPicture, pk=pk)
    response = answer_with(found.file, media_type(str(found.file.name)))
    response.headers["Cache-Control"] = FOR_EVER
    return response


@kept_for_strangers(seconds=KEPT_LONG)
@require_safe
def compare(request: HttpRequest, slug: str, number: int, other: int) -> HttpResponse:
    """From the older to the newer one, in the reader's language where both have it."""
    wanted = {"plan__slug": slug, "number__in": (number, other)}
    rows = list(Edition.objects.filter(**wanted).select_related("plan__group").order_by("number"))
    if len(rows) != 2:
        raise Http404
    if number > other:
        return redirect("plan:compare_editions", slug, other, number)
    old, new = rows
    language = showing.language_of_both(old, new)
    before, now = (row.content["in"][language] for row in rows)
    found = comparing.compare(before, now)
    context = {
        "plan": new.plan,
        "old": old,
        "new": new,
        "summary": summing_up.sum_up(before, now, found),
        "difference": found,
        "foreign": "" if language == get_language() else language,
    }
    return render(request, "editions/comparison.html", context)

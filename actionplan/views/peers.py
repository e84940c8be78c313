"""Pages behind a city's link: read what is under review, and comment, without account or cookie.

Nothing else of the group is on them, and nobody of it is named.
"""

import uuid
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from actionplan import under_review
from actionplan.forms.reviews import PeerStatementForm
from actionplan.models import PeerLink
from actionplan.services import peers, statements
from in4green.common.link_doors import LinkDoor
from in4green.common.uploads.pictures import media_type
from in4green.common.uploads.serving import answer_with
from in4green.livetext.models import TextImage

State = PeerLink.State
behind_link = LinkDoor(
    find=peers.find_link,
    is_asked_too_often=peers.is_asked_too_often,
    gone={State.EXPIRED: 410, State.REVOKED: 410, State.CLOSED: 200},
    template="reviews/peers/closed.html",
    group_of=lambda link: link.review.group,
)


def page_of(link: PeerLink, name: str = "review", *args: Any) -> str:
    return reverse(f"plan:peer_{name}", args=[link.pk, link.token, *args])


@behind_link
def home(request: HttpRequest, link: PeerLink) -> HttpResponse:
    """What can be read, and what this city has said."""
    places = under_review.places(link.review)
    context = {
        "link": link,
        "review": link.review,
        "places": [(place, page_of(link, "section", place.section.pk)) for place in places],
        "said": _said(link),
        "whole": page_of(link, "whole"),
        "done": page_of(link, "done"),
        "saved": "saved" in request.GET,
    }
    return render(request, "reviews/peers/home.html", context)


def _said(link: PeerLink) -> list[tuple[Any, str]]:
    """Each with the page on which it is corrected, as long as it may be."""
    return [
        (row, "" if row.is_answered else page_of(link, "statement", row.pk))
        for row in link.statements.all()
    ]


@behind_link
def section(request: HttpRequest, link: PeerLink, number: int) -> HttpResponse:
    """One section to read, with the form below it."""
    places = under_review.places(link.review)
    at = next((at for at, place in enumerate(places) if place.section.pk == number), None)
    if at is None:
        raise Http404
    [reading] = under_review.read(
        places[at : at + 1], link.language, picture=partial(page_of, link, "picture")
    )
    form = _form(request, [places[at]], str(number))
    done = _taken(request, link, form)
    if done is not None:
        return done
    after = next(iter(places[at + 1 :]), None)
    context = {
        "link": link,
        "reading": reading,
        "form": form,
        "back": page_of(link),
        "after": after,
        "after_url": page_of(link, "section", after.section.pk) if after else "",
    }
    return render(request, "reviews/peers/section.html", context)


@behind_link
def whole(request: HttpRequest, link: PeerLink) -> HttpResponse:
    """A statement on what is under review as a whole."""
    form = _form(request, [], "")
    done = _taken(request, link, form)
    context = {"link": link, "form": form, "back": page_of(link)}
    return done or render(request, "reviews/peers/statement.html", context)


def _form(request: HttpRequest, places: list[Any], about: str) -> PeerStatementForm:
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None:
        sent["section"] = about
    form = PeerStatementForm(sent, places=places)
    form.fields["section"].widget = form.fields["section"].hidden_widget()
    return form


def _taken(request: HttpRequest, link: PeerLink, form: PeerStatementForm) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        statements.make(link.review, link=link, **form.said)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    return redirect(f"{page_of(link)}?saved")


@behind_link
def statement(request: HttpRequest, link: PeerLink, number: int) -> HttpResponse:
    """Of this city, and not answered yet."""
    row = get_object_or_404(link.statements, pk=number)
    row.review = link.review
    form = PeerStatementForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            statements.correct(row, **form.said)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect(f"{page_of(link)}?saved")
    context = {"link": link, "form": form, "row": row, "back": page_of(link)}
    return render(request, "reviews/peers/statement.html", context)


@behind_link
def done(request: HttpRequest, link: PeerLink) -> HttpResponse:
    """Shown it does nothing: programs that follow links answer nothing."""
    if request.method == "POST":
        peers.finish(link)
    return redirect(page_of(link))


@behind_link
def picture(request: HttpRequest, link: PeerLink, image: uuid.UUID) -> HttpResponseBase:
    """Of a text that is under review."""
    shown = [place.section.pk for place in under_review.places(link.review)]
    rows = TextImage.objects.filter(text__section_text__section__in=shown)
    found = get_object_or_404(rows, pk=image)
    return answer_with(found.file, media_type(str(found.file.name)))

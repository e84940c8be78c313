"""A section is given for review, agreed, opened again: a page each that asks why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from actionplan.forms.states import ReasonForm
from actionplan.models import Section
from actionplan.services import states
from actionplan.views.guarding import View, with_section
from groups.accounts import signed_in


@dataclass(frozen=True)
class Change:
    """What the page says, and what it does."""

    act: Callable[..., Section]
    heading: Any
    words: Any
    button: Any
    said: Any
    needs_reason: bool = False


def _page(change: Change) -> View:
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, section: Section) -> HttpResponse:
        sent = request.POST if request.method == "POST" else None
        form = ReasonForm(sent, is_needed=change.needs_reason)
        if form.is_valid():
            return _do(request, section, change, form.cleaned_data["reason"])
        context = {"form": form, "section": section, "change": change}
        return render(request, "plan/sections/change.html", context)

    return view


def _do(request: HttpRequest, section: Section, change: Change, reason: str) -> HttpResponse:
    try:
        change.act(section, by=signed_in(request), reason=reason)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, change.said)
    return redirect(section)


ask_review = with_section("actionplan.submit_section")(
    _page(
        Change(
            act=states.ask_review,
            heading=_("Ask for review"),
            words=_(
                "From now on those who are responsible and coordination go on writing;"
                " everybody else in the group proposes changes."
            ),
            button=_("Ask for review"),
            said=_("The section is in review."),
        )
    )
)
approve = with_section("actionplan.approve_section")(
    _page(
        Change(
            act=states.approve,
            heading=_("Mark as agreed"),
            words=_(
                "Nobody can write in it any more; what it says now is kept as a version."
                " It can be opened again, with a reason."
            ),
            button=_("Mark as agreed"),
            said=_("The section is agreed and closed."),
        )
    )
)
reopen = with_section("actionplan.approve_section")(
    _page(
        Change(
            act=states.reopen,
            heading=_("Open for writing again"),
            words=_("The section becomes a draft again, and all members can write in it."),
            button=_("Open for writing again"),
            said=_("The section is open for writing again."),
            needs_reason=True,
        )
    )
)

"""Pages behind a guest link: a partner city enters its drafts, without an account or a cookie."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from in4green.common.link_doors import LinkDoor
from in4green.common.middleware import takes_up_to
from meetings.forms.challenges import AnswerForm
from meetings.forms.guests import GuestMeetingForm, GuestPracticeForm
from meetings.forms.practices import PracticeSheet
from meetings.forms.sheet import Sheet
from meetings.models import Challenge, GuestLink
from meetings.services import answers, entering, guests, practices
from meetings.views.entering import LARGEST_SHEET

# For what is new, and for what is there.
HEADINGS = {
    "practice": (gettext_lazy("Enter a practice"), gettext_lazy("Edit the practice")),
    "meeting": (gettext_lazy("Enter a meeting"), gettext_lazy("Edit the meeting")),
}
SEEN_MEANWHILE = gettext_lazy(
    "Coordination has reviewed this meanwhile, so it is no longer changed here. Nothing was saved:"
    " please copy what you have typed, and write to coordination."
)
FULL = gettext_lazy(
    "More than this can't be entered through one link. Nothing was saved: please copy what you have"
    " typed, and write to coordination."
)

State = GuestLink.State
behind_link = LinkDoor(
    find=guests.find_link,
    is_asked_too_often=guests.is_asked_too_often,
    gone={State.EXPIRED: 410, State.REVOKED: 410, State.FINISHED: 200},
    template="guests/closed.html",
    group_of=lambda link: link.group,
    lock=guests.lock,
)


def _page(link: GuestLink, name: str = "home", *args: Any) -> str:
    return reverse(f"guests:{name}", args=[link.pk, link.token, *args])


def _done(link: GuestLink) -> HttpResponse:
    return redirect(f"{_page(link)}?saved")


@behind_link
def home(request: HttpRequest, link: GuestLink) -> HttpResponse:
    def rows(name: str, found: Any) -> list[tuple[Any, str]]:
        """Each with the page on which it is changed, as long as it may be."""
        return [(row, _page(link, name, row.pk) if guests.may_change(row) else "") for row in found]

    challenges = Challenge.objects.public().unsolved().filter(group=link.group)
    context = {
        "link": link,
        "saved": "saved" in request.GET,
        "practices": rows("practice", link.practices.order_by("created_at", "pk")),
        "meetings": rows("meeting", link.meetings.order_by("begins_on", "pk")),
        "answers": link.answers.select_related("challenge").order_by("pk"),
        "challenges": [
            (one, _page(link, "answer", one.slug)) for one in challenges.select_related("city")
        ],
        "new_practice": _page(link, "new_practice"),
        "new_meeting": _page(link, "new_meeting"),
        "hand_in": _page(link, "hand_in"),
    }
    return render(request, "guests/home.html", context)


@takes_up_to(LARGEST_SHEET)
@behind_link
def practice(request: HttpRequest, link: GuestLink, number: int | None = None) -> HttpResponse:
    practice = guests.new_practice(link)
    if number is not None:
        practice = get_object_or_404(link.practices, pk=number)
    sent = request.POST if request.method == "POST" else None
    if practice.pk and sent is not None:
        practice = practices.lock(practice)
    sheet = PracticeSheet(practice, data=sent, form=GuestPracticeForm)
    return _sheet(
        request,
        link,
        sheet,
        name="practice",
        row=practice,
        save=lambda: practices.save_practice(sheet, by=None),
    )


@takes_up_to(LARGEST_SHEET)
@behind_link
def meeting(request: HttpRequest, link: GuestLink, number: int | None = None) -> HttpResponse:
    meeting = guests.new_meeting(link)
    if number is not None:
        meeting = get_object_or_404(link.meetings, pk=number)
    sent = request.POST if request.method == "POST" else None
    if meeting.pk and sent is not None:
        meeting = entering.lock(meeting)
    sheet = Sheet(meeting, groups=None, data=sent, form=GuestMeetingForm)
    return _sheet(
        request,
        link,
        sheet,
        name="meeting",
        row=meeting,
        save=lambda: guests.save_meeting(link, sheet),
    )


def _sheet(
    request: HttpRequest,
    link: GuestLink,
    sheet: Any,
    *,
    name: str,
    row: Any,
    save: Callable[[], Any],
) -> HttpResponse:
    refusal = "" if row.pk or guests.has_room(link, name) else FULL
    if row.pk and not guests.may_change(row):
        refusal = SEEN_MEANWHILE
    if refusal and request.method != "POST":
        return redirect(_page(link))
    for form in sheet.forms:
        form.names_people = False
    if request.method == "POST":
        if "add" in request.POST:
            sheet.leave_unchecked()
        elif sheet.is_valid() and not refusal:
            save()
            return _done(link)
        elif refusal:
            sheet.form.add_error(None, refusal)
    heading = HEADINGS[name][bool(row.pk)]
    context = {"sheet": sheet, "form": sheet, "link": link, "heading": heading}
    context["back"] = _page(link)
    return render(request, f"guests/{name}.html", context)


@behind_link
def answer(request: HttpRequest, link: GuestLink, slug: str) -> HttpResponse:
    public = Challenge.objects.public().filter(group=link.group).select_related("city", "group")
    challenge = get_object_or_404(public, slug=slug)
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(
        sent,
        practices=link.practices.all(),
        city=link.city,
        initial={"written_in": link.language},
    )
    del form.fields["words"]
    if sent is not None and form.is_valid():
        if not guests.has_room(link, "answer"):
            form.add_error(None, FULL)
        elif _give(link, challenge, form):
            return _done(link)
    context = {"form": form, "link": link, "challenge": challenge, "back": _page(link)}
    return render(request, "guests/answer.html", context)


def _give(link: GuestLink, challenge: Challenge, form: AnswerForm) -> bool:
    """False with an error in the form: what was typed stays there."""
    try:
        answers.answer_challenge(challenge, guest_link=link, **form.answer)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@behind_link
def hand_in(request: HttpRequest, link: GuestLink) -> HttpResponse:
    """Shown it does nothing: programs that follow links hand in nothing."""
    if request.method == "POST":
        guests.hand_in(link)
    return redirect(_page(link))

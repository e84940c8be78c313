"""Good practices: looked for, read, entered, reviewed and published."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView

from groups.accounts import signed_in
from groups.models import WorkingGroup
from in4green.common.permissions import require_perm
from meetings import chains, file_showing, practice_showing, queues, searching
from meetings.forms.practices import FindPracticeForm, PracticeSheet, groups_written_in
from meetings.models import Challenge, Practice, SiteVisit
from meetings.services import practices as services

State = Practice.State


class PracticeList(ListView):
    template_name = "practices/list.html"
    context_object_name = "practices"
    paginate_by = 25
    http_method_names = ["get", "head", "options"]

    @cached_property
    def find(self) -> FindPracticeForm:
        return FindPracticeForm(self.request.GET)

    def get_queryset(self) -> Any:
        visible = Practice.objects.visible_to(self.request.user)
        return _with_row(self.find.narrow(visible))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        context |= {"find": self.find, "may_enter": may_enter(self.request.user)}
        return context | self._meant(context["paginator"].count)

    def _meant(self, count: int) -> dict[str, Any]:
        """What was probably typed wrong, once the words as they are find little."""
        if not self.find.words or count >= searching.LITTLE:
            return {"meant": ""}
        meant = searching.meant(self.find.words)
        if not meant or count:
            return {"meant": meant}
        visible = Practice.objects.visible_to(self.request.user)
        return {"meant": meant, "instead": _with_row(self.find.narrow(visible, meant))[:10]}


def _with_row(practices: Any) -> Any:
    """What a row of the list shows; the long texts stay in the database."""
    shown = ("slug", "title", "organisation", "written_in", "state", "cost_from", "cost_to")
    rows = practices.select_related("city").prefetch_related("topics")
    return rows.only(*shown, "city", "city__name", "city__language")


@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    practice = find_practice(request, slug)
    user = request.user
    visits = chains.visits_seen_by(user, practices=practice)
    lessons = practice.lessons.visible_to(user).select_related("city")
    is_inside = user.has_perm("meetings.view_inside", practice)
    onward = chains.onward_from(practice, user)
    parts = practice_showing.parts_of(practice)
    context = {
        "practice": practice,
        "parts": parts,
        "unknown": [part.name for part in parts if not part.value],
        "facts": practice_showing.facts_beside(practice, is_inside=is_inside),
        "figures": practice_showing.figures_of(practice),
        "lessons": lessons,
        "chain": chains.chain_of_practice(practice, visits, lessons, onward.actions),
        "onward": onward,
        "files": file_showing.files_of(practice, user),
        "challenges": Challenge.objects.visible_to(user).helped_by(practice),
        "may_draw": may_enter(user),
        "may_change": user.has_perm("meetings.change_practice", practice),
        "may_review": user.has_perm("meetings.review_practice", practice),
    }
    return render(request, "practices/practice.html", context)


def find_practice(request: HttpRequest, slug: str) -> Practice:
    visible = Practice.objects.visible_to(request.user)
    whole = visible.select_related("city", "group", "reviewed_by", "published_by", "changed_by")
    found: Practice = get_object_or_404(whole, slug=slug)
    return found


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """``?visit=``: where it was seen."""
    visit = visit_asked_for(request)
    group = visit.meeting.group if visit else group_written_in(request)
    require_perm(request.user, "meetings.add_practice", group)
    city = visit.meeting.host if visit else group.city
    return _sheet(request, Practice(group=group, city=city or group.city), visit)


def may_enter(user: Any) -> bool:
    """Practices, lessons and challenges, for one group at least."""
    return user.is_authenticated and groups_written_in(user).exists()


def group_written_in(request: HttpRequest) -> WorkingGroup:
    """The first one for which this person may enter something. Raises PermissionDenied."""
    group = groups_written_in(request.user).select_related("city").first()
    if group is None:
        raise PermissionDenied("meetings.add_practice")
    return group


def visit_asked_for(request: HttpRequest) -> SiteVisit | None:
    """By ``?visit=``, if this person sees it. Raises Http404."""
    number = request.GET.get("visit", "")
    if not number:
        return None
    if not number.isdecimal():
        raise Http404
    visits = chains.visits_seen_by(request.user, pk=number[:18])
    if not visits:
        raise Http404
    return visits[0]


@login_required
@transaction.atomic
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    practice = find_practice(request, slug)
    if request.method == "POST":
        practice = services.lock(practice)
    require_perm(request.user, "meetings.change_practice", practice)
    return _sheet(request, practice)


def _sheet(
    request: HttpRequest, practice: Practice, visit: SiteVisit | None = None
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    sheet = PracticeSheet(practice, data=sent)
    if visit:
        sheet.form.initial["visits"] = [visit.pk]
    if sent is not None and "add" in sent:
        sheet.leave_unchecked()
    elif sent is not None and sheet.is_valid():
        saved = services.save_practice(sheet, by=signed_in(request))
        messages.success(request, _("The practice is saved."))
        return redirect(saved)
    context = {"sheet": sheet, "form": sheet, "practice": practice}
    return render(request, "practices/edit.html", context)


@require_POST
@login_required
def set_state(request: HttpRequest, slug: str) -> HttpResponse:
    practice = find_practice(request, slug)
    require_perm(request.user, "meetings.review_practice", practice)
    state = request.POST.get("state", "")
    if state not in State.values:
        raise Http404
    try:
        services.set_state(practice, state, by=signed_in(request))
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _told(state))
    return redirect(practice)


def _told(state: str) -> str:
    return {
        State.DRAFT: _("The practice is a draft again."),
        State.REVIEWED: _("The practice is reviewed. It can be published now."),
        State.PUBLISHED: _("The practice is public now."),
    }[State(state)]


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for coordination."""
    if not request.user.has_perm("meetings.review_practice"):
        raise PermissionDenied("meetings.review_practice")
    return render(
        request,
        "practices/queue.html",
        {
            "practices": queues.practices_for(request.user),
            "answers": queues.answers_for(request.user),
            "meetings": queues.meetings_for(request.user),
        },
    )

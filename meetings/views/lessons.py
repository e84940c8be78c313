"""Lessons: looked for, read, drawn from a practice or a visit, shown to everybody, removed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView

from groups.accounts import signed_in
from groups.models import WorkingGroup
from in4green.common.permissions import require_perm
from meetings import chains
from meetings.forms.lessons import FindLessonForm, LessonForm
from meetings.forms.practices import groups_written_in
from meetings.models import Lesson, Practice
from meetings.services import lessons as services
from meetings.views.practices import group_written_in, visit_asked_for


class LessonList(ListView):
    template_name = "lessons/list.html"
    context_object_name = "lessons"
    paginate_by = 25
    http_method_names = ["get", "head", "options"]

    @cached_property
    def find(self) -> FindLessonForm:
        return FindLessonForm(self.request.GET)

    def get_queryset(self) -> Any:
        visible = self.find.narrow(Lesson.objects.visible_to(self.request.user))
        return visible.select_related("city", "practice", "visit")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(find=self.find, **context)


@require_safe
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    lesson = find_lesson(request, pk)
    user = request.user
    visits = chains.visits_of_lesson(lesson, user)
    onward = chains.onward_from(lesson, user)
    context = {
        "lesson": lesson,
        "visits": visits,
        "chain": chains.chain_of_lesson(lesson, visits, onward.actions),
        "onward": onward,
        "may_change": user.has_perm("meetings.change_lesson", lesson),
        "may_publish": user.has_perm("meetings.publish", lesson),
        "is_seen_by_all": Lesson.objects.public().contains(lesson),
    }
    return render(request, "lessons/lesson.html", context)


def find_lesson(request: HttpRequest, pk: int) -> Lesson:
    visible = Lesson.objects.visible_to(request.user)
    whole = visible.select_related("city", "group", "practice__city", "visit__meeting")
    found: Lesson = get_object_or_404(whole, pk=pk)
    return found


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """``?practice=`` or ``?visit=``: what it is drawn from."""
    practice, visit = _practice(request), visit_asked_for(request)
    subject = practice or (visit.meeting if visit else None)
    if subject is None:
        return redirect("lessons:list")
    group = _group(request, subject.group_id)
    lesson = Lesson(group=group, city=group.city, practice=practice, visit=visit)
    lesson.written_in = get_language()
    return _enter(request, lesson)


def _group(request: HttpRequest, number: int) -> WorkingGroup:
    """The one whose practice or visit it is, where this person writes; else the own one."""
    theirs = groups_written_in(request.user).filter(pk=number).select_related("city").first()
    return theirs or group_written_in(request)


def _practice(request: HttpRequest) -> Practice | None:
    slug = request.GET.get("practice", "")
    visible = Practice.objects.visible_to(request.user)
    return get_object_or_404(visible, slug=slug) if slug else None


@login_required
@transaction.atomic
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    lesson = find_lesson(request, pk)
    if request.method == "POST":
        lesson = services.lock(lesson)
    require_perm(request.user, "meetings.change_lesson", lesson)
    return _enter(request, lesson)


def _enter(request: HttpRequest, lesson: Lesson) -> HttpResponse:
    form = LessonForm(request.POST or None, instance=lesson, user=request.user)
    if request.method == "POST" and form.is_valid():
        saved = services.save_lesson(form, by=signed_in(request))
        messages.success(request, _("The lesson is saved."))
        return redirect(saved)
    return render(request, "lessons/edit.html", {"form": form, "lesson": lesson})


@require_POST
@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    lesson = find_lesson(request, pk)
    require_perm(request.user, "meetings.publish", lesson)
    is_public = request.POST.get("public") == "yes"
    services.show_lesson(lesson, is_public=is_public, by=signed_in(request))
    told = _("Everybody sees the lesson now.") if is_public else _("Only your group sees it now.")
    messages.success(request, told)
    return redirect(lesson)


@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    lesson = find_lesson(request, pk)
    require_perm(request.user, "meetings.change_lesson", lesson)
    if request.method == "POST":
        services.remove_lesson(lesson, by=signed_in(request))
        messages.success(request, _("The lesson is removed."))
        return redirect(lesson.origin)
    return render(request, "lessons/remove.html", {"lesson": lesson})

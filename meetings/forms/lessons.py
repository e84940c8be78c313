"""What may be typed about a lesson, and which ones somebody looks for."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from in4green.common.versioned.forms import VersionedForm, plain_field
from meetings.forms.narrowing import NarrowingForm
from meetings.models import Lesson, Practice, SiteVisit


class LessonForm(VersionedForm):
    """Beside what it is drawn from one may name the visit, or the practice, that belongs to it."""

    verdict = forms.ChoiceField(
        label=_("What do you do with it?"),
        choices=Lesson.Verdict.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Lesson
        fields = ["verdict", "because", "city", "practice", "visit", "written_in"]
        formfield_callback = plain_field
        help_texts = {
            "because": _("Why it fits or doesn't, and what would have to be different."),
        }

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        lesson = self.instance
        near = Q(visits=lesson.visit_id) if lesson.visit_id else Q(pk=None)
        practices = Practice.objects.visible_to(user).filter(near)
        self._offer("practice", practices, lesson.practice_id)
        near = Q(practices=lesson.practice_id) if lesson.practice_id else Q(pk=None)
        visits = SiteVisit.objects.filter(near, meeting__group=lesson.group_id)
        self._offer("visit", visits, lesson.visit_id)

    def _offer(self, name: str, rows: Any, now: int | None) -> None:
        """Nothing to choose: what a new lesson is drawn from is given by the page before."""
        found = set(rows.values_list("pk", flat=True))
        if not self.is_there and (now or not found):
            del self.fields[name]
            self.stored.pop(name)
            return
        field: Any = self.fields[name]
        field.queryset = rows.model.objects.filter(pk__in=found | {now})
        field.empty_label = _("none in particular")


class FindLessonForm(NarrowingForm):
    verdict = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *Lesson.Verdict.choices]
    )
    field_order = ["verdict"]

    def narrow(self, lessons: Any) -> Any:
        found = self.cleaned_data
        if found.get("verdict"):
            lessons = lessons.filter(verdict=found["verdict"])
        if found.get("topic"):
            lessons = lessons.filter(_about(found["topic"]))
        if found.get("city"):
            lessons = lessons.filter(city__slug=found["city"])
        return lessons.order_by("-created_at", "-pk")


def _about(topic: str) -> Q:
    """Drawn from such a practice, or from a visit at which everybody knows one was seen."""
    seen = Practice.objects.public().filter(topics__slug=topic).values("visits")
    return Q(practice__topics__slug=topic) | Q(practice=None, visit__in=seen)

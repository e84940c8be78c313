"""What happens to a lesson: drawn, changed, shown to everybody, removed."""

from typing import Any

from django.db import transaction

from groups.models import User
from in4green.activity.services import record
from meetings.models import Lesson


def lock(lesson: Lesson) -> Lesson:
    locked = Lesson.objects.select_for_update(of=("self",))
    return locked.select_related("city", "changed_by", "practice", "visit__meeting").get(
        pk=lesson.pk
    )


@transaction.atomic
def save_lesson(form: Any, *, by: User | None) -> Lesson:
    """Expects a valid form, read under ``lock``."""
    is_new = not form.is_there
    lesson: Lesson = form.keep(by=by)
    record(by, "lessons.entered" if is_new else "lessons.changed", lesson)
    return lesson


@transaction.atomic
def show_lesson(lesson: Lesson, *, is_public: bool, by: User) -> Lesson:
    """To everybody, or to the group alone again. Nothing happens where it is so already."""
    lesson = lock(lesson)
    if lesson.is_public == is_public:
        return lesson
    lesson.is_public = is_public
    lesson.version += 1
    lesson.save(update_fields=["is_public", "version", "changed_at"])
    record(by, "lessons.shown" if is_public else "lessons.hidden", lesson)
    return lesson


@transaction.atomic
def remove_lesson(lesson: Lesson, *, by: User) -> None:
    """For good; the log keeps what it was about, not its words."""
    record(by, "lessons.removed", lesson, practice=lesson.practice_id, visit=lesson.visit_id)
    lesson.delete()

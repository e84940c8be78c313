"""What beat rings for exists, and nothing is stored that another version could not read."""

from datetime import timedelta

from django.conf import settings

from in4green.celery import app


def test_every_scheduled_task_is_one_that_workers_know():
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled <= app.tasks.keys()


def test_beat_counts_intervals_and_needs_no_file():
    schedules = [entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    assert all(isinstance(schedule, timedelta) for schedule in schedules)


def test_tasks_are_json_and_their_results_are_nobody_s():
    assert (app.conf.task_serializer, app.conf.accept_content) == ("json", ["json"])
    assert app.conf.task_ignore_result
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost

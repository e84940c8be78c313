"""Files of a plan: asked for by people or by an edition, made by a worker, deleted in time."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Count, F, Func, IntegerField
from django.utils import timezone, translation

from actionplan import records, tables, whole
from actionplan.editions.drawing import facts
from actionplan.models import Edition, EditionFile, Plan, PlanExport
from actionplan.printing import books, cover, office, opendata, paper, pictures
from in4green.common.making import queue
from in4green.common.uploads.lost import lost_files

Format = EditionFile.Format
Record = dict[str, Any]
Told = Callable[[int], Any]
# A draft is of the moment; who needs it later asks for a new one.
KEPT = timedelta(days=1)
# These say nothing of what the texts say.
_OF_FIGURES: dict[str, Callable[[Record, Iterable[str]], bytes]] = {
    Format.CSV: opendata.as_csv,
    Format.XLSX: books.as_workbook,
}


@transaction.atomic
def ask(plan: Plan, kind: str, language: str) -> PlanExport:
    """Of the draft as it is when a worker comes to it; whoever asks twice waits for the same."""
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    row, _is_new = PlanExport.objects.of_drafts().get_or_create(
        plan=plan, format=kind, language=language, state=PlanExport.State.WAITING
    )
    return row


def ask_for_editions() -> None:
    """All files of those that have none yet."""
    for edition in _without_files():
        PlanExport.objects.bulk_create(
            (
                PlanExport(plan_id=edition.plan_id, edition=edition, format=kind, language=language)
                for language in edition.languages
                for kind in Format
            ),
            ignore_conflicts=True,
        )


def _without_files() -> Any:
    length = Func(F("languages"), function="jsonb_array_length", output_field=IntegerField())
    counted = Edition.objects.annotate(
        asked=Count("exports", distinct=True), there=Count("files", distinct=True)
    )
    missing = counted.filter(asked__lt=length * len(Format), there__lt=length * len(Format))
    return missing.only("plan", "languages")


@transaction.atomic
def ask_again(plan: Plan) -> None:
    """For files of its editions that could not be made."""
    rows = plan.exports.filter(edition__isnull=False, state=PlanExport.State.FAILED)
    for row in rows.select_for_update(of=("self",)):
        queue.ask_again(row)


def exports_to_make() -> list[int]:
    return queue.to_make(PlanExport)


def make(export_id: int) -> None:
    """Safe at any time and any number of times, and when it is killed."""
    rows = PlanExport.objects.select_related("plan__group__city", "edition__plan__group__city")
    queue.make(rows, export_id, draw, _end)


def draw(row: PlanExport) -> bytes:
    """What the file holds. Raises Unprintable."""

    def told(percent: int) -> None:
        queue.still_waiting(row).update(progress=percent)

    told(5)
    return _of_edition(row, told) if row.edition else _of_draft(row, told)


def _of_draft(row: PlanExport, told: Told) -> bytes:
    at = timezone.now()
    if row.format in _OF_FIGURES:
        figures = _figures(row.plan, row.language)
        told(20)
        with translation.override(row.language):
            notes = cover.notes_of_draft(at)
        return _OF_FIGURES[row.format](figures, notes)
    said = _collected(row.plan, row.language)
    about = {
        "is_draft": True,
        "edition": None,
        "address": "",
        "published_at": None,
        "sha256": None,
        "approval": None,
    }
    images = pictures.of_draft(row.plan)
    return _drawn(row, said, cover.of_draft(said, at), about, images, at, told)


def _figures(plan: Plan, language: str) -> Record:
    """Actions and budget, without a word of the texts."""
    with one_moment(), translation.override(language):
        return {"language": language, **records.of_plan(plan, inside=True, described=False)}


def _collected(plan: Plan, language: str) -> Record:
    with one_moment():
        said = whole.collect(plan, language, inside=True)
    return {**said, "tables": tables.of(said)}


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything as it was at the first question; in a transaction that has begun, as in that."""
    with transaction.atomic():
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _of_edition(row: PlanExport, told: Told) -> bytes:
    edition: Any = row.edition
    said = edition.content["in"][row.language]
    with translation.override(row.language):
        frozen = facts(edition.content, said, row.language)
    around = cover.of_edition(said, edition, frozen)
    about = {
        "is_draft": False,
        "edition": edition.number,
        "address": cover.address_of(edition, row.language),
        "published_at": edition.content["published_at"],
        "sha256": edition.sha256,
        "approval": edition.approval,
    }
    images = pictures.of_editions(edition.plan)
    return _drawn(row, said, around, about, images, edition.published_at, told)


def _drawn(
    row: PlanExport,
    said: Record,
    around: cover.Cover,
    about: Record,
    images: Any,
    at: datetime,
    told: Told,
) -> bytes:
    told(20)
    if row.format == Format.JSON:
        return opendata.as_json(said, about)
    if row.format in _OF_FIGURES:
        return _OF_FIGURES[row.format](said, around.last[:1])
    shown = pictures.shown(said, images)
    told(40)
    if row.format == Format.PDF:
        return paper.as_pdf(said, around, shown, at)
    return office.as_office(row.format, said, around, shown)


def _end(made: PlanExport) -> None:
    """An edition has the file from now on; of the draft, earlier ones in this format go."""
    if made.edition:
        _hand_over(made)
        return
    earlier = PlanExport.objects.of_drafts().filter(
        plan=made.plan_id, format=made.format, language=made.language, asked_at__lt=made.asked_at
    )
    for old in earlier.exclude(state=PlanExport.State.WAITING):
        queue.delete(old)


def _hand_over(made: PlanExport) -> None:
    with made.file.open("rb") as file:
        content = file.read()
    EditionFile.objects.get_or_create(
        edition=made.edition,
        format=made.format,
        language=made.language,
        defaults={
            "file": made.file.name,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        },
    )
    PlanExport.objects.filter(pk=made.pk).delete()


def delete_old() -> int:
    """Drafts of yesterday, and files that a transaction left without a row."""
    before = timezone.now() - KEPT
    old = list(PlanExport.objects.of_drafts_before(before))
    for row in old:
        queue.delete(row)
    for path in lost_files("plans", before):
        default_storage.delete(path)
    return len(old)

"""What a page about editions says beside the frozen text."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from actionplan.models import Edition, EditionFile


@dataclass(frozen=True)
class FileShown:
    """A file to take away, with the sum by which it can be checked."""

    name: str
    url: str
    size: int
    sha256: str


WORDS_A_MINUTE = 200


def minutes(edition: Edition) -> int:
    """To read it."""
    words: int = edition.words  # type: ignore[attr-defined]  # an annotation
    return max(1, round(words / WORDS_A_MINUTE))


def files_of(edition: Edition) -> list[FileShown]:
    """From what ``for_reading`` has fetched, in the order of formats."""
    order = {value: place for place, value in enumerate(EditionFile.Format.values)}
    rows: list[dict[str, Any]] = sorted(
        edition.files_shown,  # type: ignore[attr-defined]  # an annotation
        key=lambda row: order[row["format"]],
    )
    return [
        FileShown(
            name=EditionFile.Format(row["format"]).label,
            url=_address(edition, "edition_file", row["language"], row["format"]),
            size=row["size"],
            sha256=row["sha256"],
        )
        for row in rows
    ]


def _address(edition: Edition, name: str, *more: Any) -> str:
    return reverse(f"plan:{name}", args=[edition.plan.slug, edition.number, *more])


def neighbours(edition: Edition) -> dict[str, int | None]:
    """Numbers of the editions before and after, and of the newest one where that is another."""
    numbers: list[int] = edition.numbers  # type: ignore[attr-defined]  # an annotation
    place = numbers.index(edition.number)
    return {
        "before": numbers[place - 1] if place else None,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
        "newest": numbers[-1] if numbers[-1] != edition.number else None,
    }


def foreign(edition: Edition) -> str:
    """Its language, where it could not be read in the reader's."""
    language = edition.language_read
    return "" if language == get_language() else dict(settings.LANGUAGES)[language]


def language_of_both(old: Edition, new: Edition) -> str:
    """The reader's, where both can be read in it; else the original's."""
    language = get_language() or ""
    is_there = language in old.languages and language in new.languages
    original: str = new.languages[0]
    return language if is_there else original


def newest_edition(slug: str) -> Edition | None:
    """Of the plan with this name: where strangers are sent who ask for it."""
    rows = Edition.objects.in_short().filter(plan__slug=slug)
    found: Edition | None = rows.order_by("-number").first()
    return found


def published() -> list[Edition]:
    """The newest edition of each plan, for strangers who ask which plans there are."""
    rows = Edition.objects.in_short().order_by("plan_id", "-number").distinct("plan_id")
    return list(rows)

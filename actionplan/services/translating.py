"""Translations: to which state of the original they were found to match, and what came since."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import SectionText
from groups.models import User
from in4green.activity.services import record
from in4green.livetext.archive import reading, versions
from in4green.livetext.content.diff import Block, compare
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextVersion


@transaction.atomic
def say_it_matches(
    row: SectionText, original: LiveText, *, seen: tuple[int, int], by: User
) -> None:
    """``seen`` is the state of the original that the person had before him: epoch and number.

    What was written since then he has not read, so the translation is older at once. Raises
    ValidationError for a state that there never was.
    """
    row = SectionText.objects.select_for_update(of=("self",)).get(pk=row.pk)
    original = LiveText.objects.get(pk=original.pk)
    epoch, seq = seen
    if epoch != original.epoch or not 0 <= seq <= original.head_seq:
        raise ValidationError(
            _("The original has begun anew meanwhile. Please compare again."), code="anew"
        )
    if seq == original.head_seq:
        _keep(original, by)
    row.matches_epoch, row.matches_seq = epoch, seq
    row.matched_at, row.matched_by = timezone.now(), by
    row.save(update_fields=["matches_epoch", "matches_seq", "matched_at", "matched_by"])
    record(by, "sections.translation_matches", row.section, language=row.language)


def _keep(original: LiveText, by: User) -> None:
    """So that what has changed since can be said even when the log of this time is gone."""
    if not original.quarantined_at:
        label = _("Translated so far")
        versions.save(original, by=by, label=label, kind=TextVersion.Kind.STATUS)


def changed_since(row: SectionText, original: LiveText) -> list[Block] | None:
    """In the original, since the translation was found to match; None where nobody knows it."""
    if row.matches_epoch is None or row.matches_seq is None:
        return None
    before = reading.document_at(original, row.matches_epoch, row.matches_seq)
    if before is None:
        return None
    return compare(crdt.content_json(before), reading.content(original))

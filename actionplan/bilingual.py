"""A section's text in the language that is written, and in the other one."""

from dataclasses import dataclass

from actionplan.models import Section, SectionText


@dataclass(frozen=True)
class Pair:
    row: SectionText
    other: SectionText | None

    @property
    def rows(self) -> list[SectionText]:
        """The original first."""
        found = [self.row, self.other] if self.other else [self.row]
        return sorted(found, key=lambda row: not row.is_original)

    @property
    def original(self) -> SectionText | None:
        return next((row for row in self.rows if row.is_original), None)

    @property
    def translation(self) -> SectionText | None:
        return next((row for row in self.rows if not row.is_original), None)

    @property
    def state(self) -> str:
        """Of the translation: ``unchecked``, ``older`` or ``matches``; nothing without one."""
        original, translation = self.original, self.translation
        if not (original and translation and translation.text.head_seq):
            return ""
        if translation.matches_seq is None:
            return "unchecked"
        return "older" if translation.is_older_than(original.text) else "matches"

    @property
    def is_to_check(self) -> bool:
        """Whether somebody should compare the two, here and now."""
        return self.state in ("unchecked", "older") and not self.row.section.is_deleted

    def is_beside(self, wish: str | None) -> bool:
        """Whether the other text is shown, too: as wished, else where it helps."""
        if self.other is None or wish == "no":
            return False
        return wish == "yes" or self.other.text.head_seq > 0


def pair(section: Section, language: str) -> Pair | None:
    """None for a language in which the section has no text."""
    rows = list(section.texts.select_related("text", "matched_by"))
    for row in rows:
        row.section = section
    own = next((row for row in rows if row.language == language), None)
    other = next((row for row in rows if row is not own), None)
    return Pair(own, other) if own else None

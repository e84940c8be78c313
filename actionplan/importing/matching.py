"""Which section of the plan a heading of a document means."""

from collections import Counter
from collections.abc import Iterable

from actionplan.models import Section, TemplateSection
from in4green.common.names import fold
from in4green.livetext.content import words

# Share of common words from which two titles mean the same.
ALIKE = 0.6
SHORTER = 0.7


def match(titles: Iterable[str], sections: Iterable[Section]) -> list[Section | None]:
    """For each title the section that it resembles most, each section once."""
    template = {row.key: row for row in TemplateSection.objects.all()}
    free = {section: _names(section, template) for section in sections}
    found: list[Section | None] = []
    for title in titles:
        likeness = {section: _likeness(title, names) for section, names in free.items()}
        best = max(likeness, key=lambda one: likeness[one], default=None)
        is_alike = best is not None and title != "" and likeness[best] >= ALIKE
        found.append(best if is_alike else None)
        if is_alike and best is not None:
            del free[best]
    return found


def _names(section: Section, template: dict[str, TemplateSection]) -> list[str]:
    """Its own, and those that the template has for it."""
    row = template.get(section.key)
    others = [row.title_de, row.title_en] if row else []
    return [fold(name) for name in [section.title, section.title_en, *others] if name]


def _likeness(title: str, names: list[str]) -> float:
    mine = words.bag(fold(title))
    return max((_of_bags(mine, words.bag(name)) for name in names), default=0.0)


def _of_bags(one: Counter[str], other: Counter[str]) -> float:
    """A title that says the same in fewer words means the same, too."""
    is_shorter_form = bool(one and other) and (one <= other or other <= one)
    return max(words.likeness(one, other), SHORTER if is_shorter_form else 0.0)

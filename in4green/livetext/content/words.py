"""Words of a text, as people see them: letters and digits together, each other sign apart."""

import re
from collections import Counter

# Combining marks belong to their letter, joined pictures (families, flags) to one another;
# "1.000,50" and "geht's" are one word.
_WORD = re.compile(
    r"\d+(?:[.,]\d+)+"
    r"|[\w\u0300-\u036f]+(?:['’][\w\u0300-\u036f]+)*"
    r"|[ \t\xa0\u202f]+|\s"
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    r"|[^\w\s](?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[^\w\s])*"
)


def split(text: str) -> list[str]:
    """Joined again, they are the text."""
    return _WORD.findall(text)


def beginning(text: str) -> tuple[str, ...]:
    """The first words, to find a line again that has changed further on."""
    return tuple(split(text[:60])[:5])


def ending(text: str) -> tuple[str, ...]:
    return tuple(split(text[-60:])[-5:])


def bag(text: str) -> Counter[str]:
    """How often each word occurs; spaces and signs don't count."""
    return Counter(word for word in _WORD.findall(text) if word[0].isalnum())


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """From 0, no word in common, to 1, the same words (Dice's coefficient)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0

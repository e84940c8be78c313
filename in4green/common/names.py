"""Names from many alphabets in one list: in which order they stand, and what finds them.

Letters sort as the plain ones they are made from (Łukasz beside Lukas, Čapek beside Capek), Greek
and Cyrillic names by their own alphabets after the Latin ones. A name is found by its own letters,
by plain ones, by the German spelling of umlauts, and by its transcription into Latin letters.
"""

import unicodedata
from typing import Any

from django.db import models

# Letters that are no plain letter with a mark upon it.
_PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t", "þ": "th", "æ": "ae",
     "œ": "oe", "ß": "ss", "ς": "σ", "’": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"}
)  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# ELOT 743 and the Montenegrin alphabet, as far as plain Latin letters go.
_GREEK_PAIRS = (
    ("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("γγ", "ng"), ("γξ", "nx"), ("γχ", "nch"),
)  # fmt: skip
_GREEK = str.maketrans(
    dict(zip("αβγδεζηικλμνξοπρστυφω", "avgdeziiklmnxoprstyfo", strict=True))
    | {"θ": "th", "χ": "ch", "ψ": "ps"}
)
_CYRILLIC = str.maketrans(
    dict(zip("абвгдежзијклмнопрстћуфхцчш", "abvgdezzijklmnoprstcufhccs", strict=True))
    | {"ђ": "d", "љ": "lj", "њ": "nj", "џ": "dz", "й": "i"}
)


def fold(text: str) -> str:
    """Small plain letters of the alphabet in which the text is written."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.translate(_PLAIN).split())


def in_latin_letters(text: str) -> str:
    folded = fold(text)
    for pair, latin in _GREEK_PAIRS:
        folded = folded.replace(pair, latin)
    return folded.translate(_GREEK).translate(_CYRILLIC)


def search_forms(text: str) -> str:
    """What a search looks into: each way in which somebody may type the text."""
    composed = unicodedata.normalize("NFC", text)
    german = fold(composed.casefold().translate(_UMLAUTS))
    return " ".join(dict.fromkeys([fold(text), german, in_latin_letters(text)]))


class SortKeyField(models.CharField):
    """Filled from another field whenever the row is saved; ordered by code points."""

    def __init__(self, source: str = "name", **options: Any) -> None:
        self.source = source
        defaults: dict[str, Any] = {
            "max_length": 400,
            "editable": False,
            "default": "",
            "db_collation": "C",
        }
        super().__init__(**{**defaults, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = fold(str(getattr(model_instance, self.source)))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class SearchKeyField(models.TextField):
    """Filled from other fields whenever the row is saved."""

    def __init__(self, *sources: str, **options: Any) -> None:
        self.sources = tuple(options.pop("sources", sources))
        defaults: dict[str, Any] = {"editable": False, "default": ""}
        super().__init__(**{**defaults, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "sources": self.sources}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = search_forms(" ".join(str(getattr(model_instance, name)) for name in self.sources))
        setattr(model_instance, self.attname, key)
        return key

"""Words by which practices are found: German and English stems, without accents."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

CONFIGS = ("portal_german", "portal_english")


def words_of(weight: str, *fields: str) -> Any:
    """What the database keeps of these fields; the configurations come with a migration."""
    german, english = (SearchVector(*fields, config=name, weight=weight) for name in CONFIGS)
    return german + english


class SearchWord(models.Model):
    """A word of a published practice, to tell whoever has mistyped one what was meant."""

    key = models.CharField(max_length=60, primary_key=True)
    as_written = models.CharField(max_length=60)

    class Meta:
        indexes = [GinIndex(fields=["key"], name="search_word_by_typo", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.as_written

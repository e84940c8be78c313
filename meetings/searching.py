"""Practices by words: German and English stems first, what was probably meant if that finds little.

``matching`` narrows what somebody may see; nothing here shows a row by itself.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F

from in4green.common.names import fold
from meetings.models import Practice, SearchWord
from meetings.models.words import CONFIGS

LITTLE = 3
"""Fewer than so many finds, and we ask what was meant."""
RANKED = 1000
"""More finds than so many stand by title: to rank each takes longer, and tells nobody anything."""
MOST_WORDS = 8
SHORTEST = 4  # letters: shorter words resemble too many others
ALIKE = 0.34  # of pg_trgm: one wrong letter in five
TEXTS = (
    "title", "organisation", "problem", "solution", "relevance", "results", "funding", "involved",
    "conditions", "obstacles",
)  # fmt: skip
# Each mistyped word with its nearest, in one question.
NEAREST = """
SELECT asked.key, (
    SELECT word.as_written FROM meetings_searchword AS word
    WHERE word.key %% asked.key AND similarity(word.key, asked.key) >= %s
    ORDER BY similarity(word.key, asked.key) DESC, word.key LIMIT 1
)
FROM unnest(%s::text[]) AS asked (key)
WHERE NOT EXISTS (SELECT FROM meetings_searchword AS word WHERE word.key = asked.key)
"""


def matching(practices: Any, text: str) -> Any:
    """Best first; very many by title. Quotes and a minus work as in search engines."""
    query = _query(text)
    found = practices.filter(search=query)
    if found.order_by()[: RANKED + 1].count() > RANKED:
        return found.by_title()
    return found.annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "sort_key", "pk")


def _query(text: str) -> Any:
    german, english = (
        SearchQuery(text, config=config, search_type="websearch") for config in CONFIGS
    )
    return german | english


def meant(text: str) -> str:
    """The text with its mistyped words put right; empty if there is nothing to put right."""
    words = [word for word in _words(text) if len(word) >= SHORTEST][:MOST_WORDS]
    nearest = _nearest({fold(word) for word in words}) if words else {}
    corrected = text
    for word in words:
        if better := nearest.get(fold(word)):
            corrected = re.sub(rf"\b{re.escape(word)}\b", lambda _: better, corrected)
    return "" if corrected == text else corrected


def _nearest(keys: Iterable[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, [ALIKE, sorted(keys)])
        return {key: word for key, word in cursor.fetchall() if word}


def remember_words(practice: Practice) -> None:
    """Of one that everybody may read; the words of drafts are told to nobody."""
    texts = [getattr(practice, name) for name in TEXTS]
    words = {fold(word): word for word in _words(" ".join([*texts, str(practice.city)]))}
    SearchWord.objects.bulk_create(
        [
            SearchWord(key=key[:60], as_written=word[:60])
            for key, word in words.items()
            if len(key) >= SHORTEST
        ],
        ignore_conflicts=True,
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)

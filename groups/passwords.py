"""Passwords that everybody in this city would guess."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from groups.models import City

PROJECT_WORDS = ("in4green", "urbact", "klingenstadt", "actionplan", "aktionsplan", "workinggroup")
# Written instead of a letter, and guessed as quickly.
LOOKALIKES = str.maketrans("013457@$", "oieastas")
SHORTEST_WORD = 5  # shorter ones occur in passwords by chance


class LocalWordsValidator:
    """Refuses what contains the name of a partner city or a word of the project."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = _plain(password)
        if any(word in plain for word in (*map(_plain, PROJECT_WORDS), *_city_words())):
            raise ValidationError(
                _("Please choose a password without the names of cities and of the project."),
                code="local_word",
            )

    def get_help_text(self) -> str:
        return _("It must not contain the name of a partner city or of the project.")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().translate(LOOKALIKES))
    return "".join(letter for letter in letters if letter.isalnum())


def _city_words() -> list[str]:
    names = City.objects.values_list("name", flat=True)
    words = (_plain(part) for name in names for part in name.split())
    return [word for word in words if len(word) >= SHORTEST_WORD]

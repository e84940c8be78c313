"""Passwords that everybody in this city would guess."""

from typing import Any


class LocalWordsValidator:
    def validate(self, password: str, user: Any = None) -> None:
        pass

    def get_help_text(self) -> str:
        return ""

"""Text as people type and paste it, made harmless without losing a letter.

Dropped are characters that nobody sees and that only cause trouble: control characters, those that
turn the direction of foreign text around, lone surrogates. Accents, emoji, joiners and
left-to-right marks stay as they are.
"""

import re
import unicodedata
from typing import Any

from django import forms

_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls; tab and line ends are dealt with before
    "\u202a-\u202e\u2066-\u2069"  # direction: embedding, override, isolate
    "\u206a-\u206f\ufeff\ufff9-\ufffb"  # deprecated formats, byte-order mark, annotations
    "\ud800-\udfff]"  # surrogates, which no encoding can write
)


def clean_line(text: str) -> str:
    """One line: what breaks a line becomes a space, so that no mail header can be begun."""
    return _visible(" ".join(_harmless(text).split()))


def clean_text(text: str) -> str:
    """Several lines, ended by a plain line feed, without blanks at their ends."""
    return _visible("\n".join(line.rstrip() for line in _harmless(text).split("\n")).strip())


def clean_lines(text: str) -> str:
    """Several lines as they stand, with the blanks at their beginnings and ends."""
    return _harmless(text)


def _harmless(text: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))


def _visible(text: str) -> str:
    """The text, or nothing if it consists of characters that nobody can see."""
    return text if any(unicodedata.category(letter)[0] in "LNPS" for letter in text) else ""


class CleanedField(forms.CharField):
    """Cleaned before its length is measured, and before it is shown again beside an error."""

    clean_value = staticmethod(clean_line)

    def to_python(self, value: Any) -> Any:
        return super().to_python(self._cleaned(value))

    def bound_data(self, data: Any, initial: Any) -> Any:
        return self._cleaned(super().bound_data(data, initial))

    def _cleaned(self, value: Any) -> Any:
        return self.clean_value(value) if isinstance(value, str) else value


class PlainCharField(CleanedField):
    """For one line, such as a name."""


class PlainTextField(CleanedField):
    """For several lines, such as a message."""

    widget = forms.Textarea
    clean_value = staticmethod(clean_text)


def clean_address(text: str) -> str:
    """Format characters that hide in a pasted address are dropped, too."""
    return "".join(sign for sign in clean_line(text) if unicodedata.category(sign) != "Cf")


class PlainEmailField(CleanedField, forms.EmailField):
    """For an address."""

    clean_value = staticmethod(clean_address)

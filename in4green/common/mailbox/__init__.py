"""The local mailbox of development: mails become files that the portal itself can show."""

import base64
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage as Message
from email.message import Message as Part
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_CID = re.compile(r"""(["'])cid:([^"']+)\1""")


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder().mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            draft = folder() / f"{time.time_ns()}.part"
            content = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
            draft.write_bytes(content)
            draft.rename(draft.with_suffix(".eml"))
        return len(email_messages)


@dataclass(frozen=True)
class Mail:
    """A mail as it would have left; ``number`` is its time in nanoseconds and its file's name."""

    number: int
    raw: bytes
    message: Message

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self.number / 1e9, UTC)

    @property
    def source(self) -> str:
        return self.raw.decode(errors="replace")

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        """Pictures that come with the mail stand in it as data, since nothing may be loaded."""
        return _CID.sub(self._picture, self._body("html"))

    def header(self, name: str) -> str:
        """Empty if it is missing; never fails, however broken the mail is."""
        return str(self.message.get(name, ""))

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def sender(self) -> str:
        return self.header("From")

    @property
    def recipient(self) -> str:
        return self.header("To")

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return _decoded(part) if part else ""

    def _picture(self, found: re.Match[str]) -> str:
        for part in self.message.walk():
            if part.get("Content-ID", "").strip("<> ") == found[2]:
                data = base64.b64encode(_content(part)).decode()
                return f'"data:{part.get_content_type()};base64,{data}"'
        return '""'


def _decoded(part: Part) -> str:
    try:
        return _content(part).decode(part.get_content_charset() or "utf-8", errors="replace")
    except LookupError:  # a character set that nobody knows
        return _content(part).decode(errors="replace")


def _content(part: Part) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def folder() -> Path:
    return Path(settings.VAR_DIR) / "mailbox"


def all_mails() -> list[Mail]:
    """Newest first."""
    files = sorted(folder().glob("*.eml"), key=lambda file: int(file.stem), reverse=True)
    return [read_mail(int(file.stem)) for file in files]


def read_mail(number: int) -> Mail:
    """Raises FileNotFoundError for a mail that is not, or no longer, there."""
    raw = (folder() / f"{number}.eml").read_bytes()
    return Mail(number, raw, BytesParser(_class=Message, policy=policy.default).parsebytes(raw))


def empty() -> None:
    for file in folder().glob("*.eml"):
        file.unlink(missing_ok=True)

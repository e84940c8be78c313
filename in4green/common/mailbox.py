"""The local mailbox of development: mails become files that the portal can show."""

import time
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.VAR_DIR / "mailbox"
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            draft = folder / f"{time.time_ns()}.part"
            draft.write_bytes(message.message().as_bytes(linesep="\r\n"))
            draft.rename(draft.with_suffix(".eml"))
        return len(email_messages)

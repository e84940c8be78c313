"""Structured logs in UTC, a JSON object a line, without form values, tokens, whole addresses."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from in4green.common.network import network_of

# The reference that the person sees on an error page; empty outside requests.
current_reference: ContextVar[str] = ContextVar("current_reference", default="")

_EMAIL = re.compile(r"[^\s\"'<>()=,;:]+@[^\s\"'<>()=,;:]+")
_URL = re.compile(r"(https?://[^/\s\"'?#]+)[^\s\"']*")
_IP = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"
    r"|[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F.]*(?![\w:]))"
)
# PostgreSQL repeats the values of a row that it refuses.
_DATABASE_DETAIL = re.compile(r"^(DETAIL|CONTEXT|HINT|LINE \d+): .*$", re.MULTILINE)
_LONG_SEGMENT = re.compile(r"(?<=/)[^/\s]{20,}")


class JSONFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(_message(record)),
        }
        request = getattr(record, "request", None)
        if reference := getattr(request, "reference", current_reference.get()):
            entry["reference"] = reference
        if status := getattr(record, "status_code", None):
            entry["status"] = status
        if record.exc_info:
            entry["trace"] = redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def redact(text: str) -> str:
    """The text without what could identify a person or open a door."""
    text = _DATABASE_DETAIL.sub(r"\1: […]", text)
    text = _URL.sub(r"\1/…", text)
    text = _EMAIL.sub("[e-mail]", text)
    return _IP.sub(lambda found: network_of(found[0]) or found[0], text)


def _message(record: logging.LogRecord) -> str:
    """A request is named by the pattern of its address: links in mails carry their token there."""
    message = record.getMessage()
    request = getattr(record, "request", None)
    if (path := getattr(request, "path", "")) in ("", "/"):
        return message
    match = getattr(request, "resolver_match", None)
    return message.replace(path, f"/{match.route}" if match else _LONG_SEGMENT.sub("…", path))


def logging_settings(*, plain: bool, level: str) -> dict[str, Any]:
    """For Django's ``LOGGING``; ``plain`` is for the eyes of developers."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "in4green.common.logs.JSONFormatter"},
            "plain": {"format": "{levelname} {name} {message}", "style": "{"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "plain" if plain else "json",
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"django": {"handlers": [], "propagate": True}},
    }

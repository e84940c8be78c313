"""The log's hash chain: sealed by one sealer after the commit, so that no request waits for it.

A seal is SHA-256 over the seal before it and every field of the row. The order is that of sealing:
a row that was committed late is chained when it is seen.
"""

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now

from in4green.activity.models import LogEntry
from in4green.activity.services import record

log = logging.getLogger("in4green.audit")

BATCH = 500
GENESIS = bytes(32)
# Any number that nobody else in this database uses for an advisory lock.
SEALER_LOCK = 0x1094_5EA1
PRUNED = "log.pruned"


@dataclass(frozen=True)
class Altered:
    number: int
    entry_id: int


@dataclass(frozen=True)
class Missing:
    """Both ends are gone as well."""

    first: int
    last: int


@dataclass(frozen=True)
class Unsealed:
    """No damage: the next sealing takes it up."""

    entry_id: int


Finding = Altered | Missing | Unsealed


def seal() -> int:
    """Chain every committed row that has no seal; how many. Returns 0 while another one seals."""
    total = 0
    while sealed := _seal_batch():
        total += sealed
    return total


@transaction.atomic
def _seal_batch() -> int:
    if not _lock_sealer():
        return 0
    number, previous = end()
    entries = list(LogEntry.objects.unsealed()[:BATCH])
    for entry in entries:
        number += 1
        previous = seal_of(entry, number, previous)
        entry.number, entry.seal = number, previous
    LogEntry.objects.bulk_update(entries, ["number", "seal"])
    if entries:
        # Kept outside the database as well, this line shows when the chain's end was cut off.
        log.info("log sealed up to %d: %s", number, previous.hex())
    return len(entries)


def seal_of(entry: LogEntry, number: int, previous: bytes) -> bytes:
    """Over the values as the database gives them back; the actor is a number, see the model."""
    fields = {
        "number": number,
        "id": entry.pk,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "action": entry.action,
        "subject_type": entry.subject_type_id,
        "subject_id": entry.subject_id,
        "data": entry.data,
    }
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous + text.encode()).digest()


def verify() -> Iterator[Finding]:
    """Everything that is wrong with the chain, and what is not chained yet."""
    number, previous = _start()
    for entry in LogEntry.objects.sealed().iterator(BATCH):
        here, sealed = _link(entry)
        if here != number + 1:
            yield Missing(number + 1, here - 1)
        elif sealed != seal_of(entry, here, previous):
            yield Altered(here, entry.pk)
        number, previous = here, sealed
    for entry in LogEntry.objects.unsealed().iterator(BATCH):
        yield Unsealed(entry.pk)


@transaction.atomic
def prune() -> int:
    """Delete what is older than ``LOG_KEPT`` from the chain's beginning; how many rows.

    Once a day at most, because where the chain now begins is itself a row of the log: only so far
    may rows be missing.
    """
    if LogEntry.objects.filter(action=PRUNED, at__gt=Now() - timedelta(days=1)).exists():
        return 0
    old = LogEntry.objects.sealed().filter(at__lt=Now() - settings.LOG_KEPT)
    young = LogEntry.objects.sealed().filter(at__gte=Now() - settings.LOG_KEPT).first()
    last = (old.filter(number__lt=young.number) if young else old).last()
    if last is None:
        return 0
    number, sealed = _link(last)
    record(None, PRUNED, up_to=number, seal=sealed.hex())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL in4green.log_retention = 'on'")
        deleted, _ = LogEntry.objects.filter(number__lte=number).delete()
        cursor.execute("SET LOCAL in4green.log_retention = 'off'")
    return deleted


def end() -> tuple[int, bytes]:
    """The chain's last number and seal: written down elsewhere, they prove that no end is cut."""
    last = LogEntry.objects.sealed().last()
    return _link(last) if last else _start()


def _link(entry: Any) -> tuple[int, bytes]:
    """A sealed row's place in the chain, and its seal."""
    return entry.number, bytes(entry.seal)


def _start() -> tuple[int, bytes]:
    """Where the chain begins: after what was deleted because its period was over."""
    pruned = LogEntry.objects.filter(action=PRUNED).order_by("id").last()
    if pruned is None:
        return 0, GENESIS
    return pruned.data["up_to"], bytes.fromhex(pruned.data["seal"])


def _lock_sealer() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        (free,) = cursor.fetchone()
    return bool(free)

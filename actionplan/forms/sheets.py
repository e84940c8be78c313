"""A page on which one part of an action or a plan is entered: fields of its own, and rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from in4green.common.versioned.forms import VersionedForm


@dataclass(frozen=True)
class Part:
    """``name`` stands in addresses, fields and the log; ``rows`` of the owner, found by it."""

    name: str
    title: Any
    head: Any = None
    row: Any = None
    rows: str = ""
    # What one row is called, and the button that adds one.
    one: Any = ""
    add: Any = ""
    # Together below Django's limit for the number of fields.
    most: int = 40
    # What each row needs to know, fetched once.
    offers: Callable[[Any], Mapping[str, Any]] = lambda owner: {}
    # Looks over the whole page once each row by itself is right.
    check: Callable[["PartSheet"], None] = lambda sheet: None
    hint: Any = ""


class PartSheet:
    """``data``: what was sent. Call under the plan's lock: it compares versions."""

    def __init__(self, part: Part, owner: Any, *, user: Any, data: Any = None) -> None:
        self.part, self.owner, self.data = part, owner, data
        self.head = part.head(data, instance=owner, user=user) if part.head else None
        self.rows: list[Any] = self._rows() if part.row else []

    def _rows(self) -> list[Any]:
        stored = []
        if self.owner.pk:
            rows = getattr(self.owner, self.part.rows)
            stored = list(rows.select_related("changed_by"))
        offers = self.part.offers(self.owner)
        if self.data is None:
            forms = [self._row(i, offers, instance=row) for i, row in enumerate(stored)]
            return forms or [self._row(0, offers)]
        by_pk = {str(row.pk): row for row in stored}
        return [
            self._row(i, offers, self.data, instance=by_pk.get(self.data.get(f"row-{i}-pk", "")))
            for i in range(self._count())
        ]

    def _row(self, i: int, offers: Mapping[str, Any], *data: Any, **options: Any) -> Any:
        return self.part.row(*data, prefix=f"row-{i}", owner=self.owner, **offers, **options)

    def _count(self) -> int:
        """As many as were sent, and one more if that was asked for."""
        sent = self.data.get("rows", "")
        more = "add" in self.data
        return min((int(sent) if sent.isdecimal() else 0) + more, self.part.most)

    @property
    def has_rows(self) -> bool:
        return self.part.row is not None

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= self.part.most

    @property
    def forms(self) -> Iterator[VersionedForm]:
        if self.head:
            yield self.head
        yield from self.rows

    def leave_unchecked(self) -> None:
        for form in self.forms:
            form.leave_unchecked()

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]
        if all(valid):
            self.part.check(self)
        return not self.errors

    @property
    def errors(self) -> bool:
        """For ``base.html``, which says in the title that something is wrong."""
        return self.data is not None and any(form.errors for form in self.forms)

    @property
    def kept(self) -> list[Any]:
        return [row for row in self.rows if not row.is_blank and not row.is_removed]

    @property
    def removed(self) -> list[Any]:
        return [row for row in self.rows if row.is_removed]

    @property
    def changes(self) -> bool:
        """Whether saving changes anything; for forms that are valid."""
        forms = [*([self.head] if self.head else []), *self.kept]
        return bool(self.removed) or any(not one.is_there or one.differs for one in forms)

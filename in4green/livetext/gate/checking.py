"""What may enter a text: looks at an update's bytes before anything is stored or applied.

One small message can kill a process that applies it, and structs that wait for what never comes
spoil every snapshot. So nothing is accepted but what an editor of our schema writes, in the only
order in which it can be applied. ``check`` reads the update once (``parsing``), then finds where
each new struct hangs (``placing``). An update that isn't complete has no places: ask
``is_complete`` first, and check again when what it waits for has come.
"""

from dataclasses import dataclass

from in4green.livetext.gate.contents import Refused
from in4green.livetext.gate.known import Depths, Known
from in4green.livetext.gate.lib0 import Malformed
from in4green.livetext.gate.parsing import Id, Parser, Ranges
from in4green.livetext.gate.placing import place

__all__ = ["Known", "Limits", "Refused", "Scan", "check"]


@dataclass(frozen=True, slots=True)
class Limits:
    structs: int = 2000  # parts of one update
    clients: int = 50  # whose structs one update brings
    # Committed bytes are never refused for where they hang: what doesn't fit may hold nothing.
    committed: bool = False

    @classmethod
    def unlimited(cls) -> "Limits":
        """For what has passed the gate before."""
        return cls(structs=2**31, clients=2**31, committed=True)


@dataclass(slots=True)
class Scan:
    # First and end clock of the structs that the update holds, by client.
    clients: dict[int, tuple[int, int]]
    # What must be there before, as end clocks by client.
    needs: dict[int, int]
    # Start and end of deleted ranges.
    deletes: Ranges
    structs: int
    # Clocks within new letters that take two.
    middles: list[Id]
    # Where the structs hang that were new when it was checked; empty unless it was complete.
    depths: Depths

    def is_complete(self, known: Known) -> bool:
        """Nothing that it continues, refers to or deletes is missing."""
        clocks = known.clocks
        return all(
            start <= clocks.get(client, 0) for client, (start, _) in self.clients.items()
        ) and all(clock <= clocks.get(client, 0) for client, clock in self.needs.items())

    def is_known(self, known: Known) -> bool:
        """It brings nothing new, as most answers to a sync step: they repeat all deletions."""
        return not self.new_clients(known) and all(
            client in known.deleted and known.deleted[client].covers(start, end)
            for client, ranges in self.deletes.items()
            for start, end in ranges
        )

    def repeats(self, known: Known) -> bool:
        """It brings structs that are there already.

        In a row that another process has committed, this means that one client wrote through two
        at once. Then only the order of the log tells which structs count: learn it anew.
        """
        clocks = known.clocks
        return any(start < clocks.get(client, 0) for client, (start, _) in self.clients.items())

    def new_clients(self, known: Known) -> set[int]:
        """Whose structs it brings that aren't there yet."""
        clocks = known.clocks
        return {client for client, (_, end) in self.clients.items() if end > clocks.get(client, 0)}


def check(update: bytes, known: Known, limits: Limits = Limits()) -> Scan:
    """Raises Refused, with the reason."""
    try:
        read = Parser(update, limits.structs, limits.clients)
    except Malformed as error:
        raise Refused(str(error)) from None
    clients = {section.client: (section.start, section.end) for section in read.sections}
    # Only of what is new: what it says of others' letters that are there counts for nothing.
    clocks = known.clocks
    middles = [each for each in read.middles if each[1] >= clocks.get(each[0], 0)]
    scan = Scan(clients, read.needs(), read.deletes, read.structs, middles, {})
    if not limits.committed and (read.middles or known.middles):
        _keep_letters_whole(read, known)
    if scan.is_complete(known):
        scan.depths = place(read.sections, known, limits.committed)
    return scan


def _keep_letters_whole(read: Parser, known: Known) -> None:
    """Half a letter can't be encoded; Yjs and pycrdt would count on with different clocks."""
    middles = set(read.middles)
    torn = any(known.clocks.get(client) == clock for client, clock in middles)
    for client, clock in read.cuts:
        there = known.middles.get(client)
        torn = torn or (client, clock) in middles or bool(there and there.covers(clock, clock + 1))
    if torn:
        raise Refused("a cut through a letter")

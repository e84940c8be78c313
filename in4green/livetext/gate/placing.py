"""Finds where each new struct of a complete update hangs, as Yjs will when it applies it.

A struct can be placed once its neighbours and its parent are. They may belong to clients that the
update lists later, so clients wait for each other on a stack, as in Yjs' ``integrateStructs``;
structs that wait for each other in a ring would wait for ever, and are refused.
"""

from in4green.livetext.gate.contents import Refused
from in4green.livetext.gate.known import Depths, Known
from in4green.livetext.gate.parsing import ROOT, Id, Section, Struct
from in4green.livetext.gate.places import (
    ATTRIBUTE_OF,
    BESIDE,
    COLLECTED,
    INSIDE,
    MISFIT,
    NOWHERE,
    TOP,
    Runs,
    is_gone,
)


class Waits(Exception):
    """For the struct with this id, which the update brings, too."""

    def __init__(self, wanted: Id) -> None:
        self.wanted = wanted


class Progress:
    """How far the structs of one client are placed."""

    __slots__ = ("clock", "end", "index", "known", "runs", "structs")

    def __init__(self, section: Section, known: int) -> None:
        self.structs = section.structs
        self.index = 0
        self.clock = section.start
        self.end = section.end
        self.known = known  # what lies below this clock is there already
        self.runs = Runs(known)


class Placing:
    def __init__(self, sections: list[Section], known: Known, committed: bool) -> None:
        self.known = known.depths
        self.committed = committed
        self.progress = {
            section.client: Progress(section, known.clocks.get(section.client, 0))
            for section in sections
            if section.end > known.clocks.get(section.client, 0)
        }
        self.news: Depths = {client: each.runs for client, each in self.progress.items()}

    def place(self, client: int, end: int) -> None:
        """Everything of this client up to the clock, and whatever it waits for."""
        waiting = {client: end}
        while waiting:
            client, end = next(reversed(waiting.items()))
            try:
                self._advance(client, end)
                del waiting[client]
            except Waits as other:
                client, clock = other.wanted
                if client in waiting:
                    raise Refused("structs wait for each other") from None
                waiting[client] = clock + 1

    def _advance(self, client: int, end: int) -> None:
        progress = self.progress[client]
        while progress.clock < end:
            struct = progress.structs[progress.index]
            after = progress.clock + struct[0]
            if after > progress.known:
                code = self._code(struct)
                if progress.clock < progress.known:
                    code = self._continued(client, progress.known, code)
                progress.runs.append(after - max(progress.clock, progress.known), code)
            progress.clock = after
            progress.index += 1

    def _code(self, struct: Struct) -> int:
        _length, table, neighbours, parent, is_attribute = struct
        if table is None:
            return COLLECTED
        if parent is not None:
            place = self._inside(parent, is_attribute)
        else:
            place = self._between(neighbours)
        code = table[place]  # NOWHERE leads to NOWHERE
        if code == NOWHERE:
            return self._misfit("an element is too deep, or content where none belongs")
        return code

    def _inside(self, parent: Id, is_attribute: bool) -> int:
        if parent is ROOT:
            return NOWHERE if is_attribute else TOP
        return (ATTRIBUTE_OF if is_attribute else INSIDE)[self._at(parent)]

    def _between(self, neighbours: tuple[Id, ...]) -> int:
        """Both neighbours hang in one place; one of them may have lost its own."""
        place = BESIDE[self._at(neighbours[0])]
        for neighbour in neighbours[1:]:
            other = BESIDE[self._at(neighbour)]
            if is_gone(place):
                place = other
            elif other != place and not is_gone(other):
                return NOWHERE
        return place

    def _at(self, wanted: Id) -> int:
        client, clock = wanted
        for depths in (self.known, self.news):
            runs = depths.get(client)
            if runs is not None and clock < runs.end:
                return runs.at(clock)
        raise Waits(wanted)

    def _continued(self, client: int, known: int, code: int) -> int:
        """Yjs hangs the rest of a struct beside the part that is there already."""
        before = BESIDE[self.known[client].at(known - 1)]
        if before == BESIDE[code] or is_gone(before) or is_gone(code):
            return code
        return self._misfit("a struct contradicts its beginning")

    def _misfit(self, reason: str) -> int:
        if not self.committed:
            raise Refused(reason)
        return MISFIT


def place(sections: list[Section], known: Known, committed: bool) -> Depths:
    """The codes of all structs that are new; raises Refused, except for what is committed."""
    placing = Placing(sections, known, committed)
    for client, progress in placing.progress.items():
        placing.place(client, progress.end)
    return placing.news

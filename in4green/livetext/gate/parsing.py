"""Reads an update of Yjs (version 1) into its structs.

The layout is that of ``readClientsStructRefs`` and ``readDeleteSet`` in yjs 13.6. What is refused
here needs no knowledge of the text: foreign contents and roots, sizes, and everything that one
parser would read otherwise than another.
"""

from dataclasses import dataclass

from in4green.livetext import schema
from in4green.livetext.gate.contents import READERS, Refused
from in4green.livetext.gate.lib0 import Malformed, read_var_string, read_var_uint

Id = tuple[int, int]  # client and clock
# Length; the table of ``places`` that says where it may hang, None for what is collected; the
# neighbours, left and right; where it has none, its parent; is it an attribute of that?
Struct = tuple[int, bytes | None, tuple[Id, ...], Id | None, bool]
Ranges = dict[int, list[tuple[int, int]]]  # start and end clocks by client

ROOT: Id = (-1, 0)  # the parent of what stands in no element
END_OF_CLOCKS = 2**31
LONGEST_NAME = 100  # characters of an attribute's name

COLLECTED, SKIPPED = 0, 10
HAS_LEFT, HAS_RIGHT, HAS_NAME, CONTENT = 128, 64, 32, 31


@dataclass(slots=True)
class Section:
    """The structs of one client, without gap from clock to clock."""

    client: int
    start: int
    end: int
    structs: list[Struct]


class Parser:
    """Reads once from front to back. ``sections`` and ``deletes`` are what it found.

    ``wanted`` are the end clocks of all that the structs refer to, ``skipped`` those of the gaps
    that the update leaves to others. ``cuts`` are the clocks before which its structs will split
    others, ``middles`` those within letters that take two.
    """

    def __init__(self, data: bytes, structs: int, clients: int) -> None:
        self.data = data
        self.at = 0
        self.limit = structs
        self.structs = 0
        self.sections: list[Section] = []
        self.deletes: Ranges = {}
        self.wanted: dict[int, int] = {}
        self.skipped: dict[int, int] = {}
        self.cuts: list[Id] = []
        self.middles: list[Id] = []
        try:
            self._read(clients)
        except IndexError:
            raise Malformed("the bytes end too early") from None

    def needs(self) -> dict[int, int]:
        """What must be there before, by client: the end clocks that the update doesn't bring."""
        brought = {section.client: section.end for section in self.sections}
        needs = {client: end for client, end in self.wanted.items() if end > brought.get(client, 0)}
        for client, end in self.skipped.items():
            needs[client] = max(end, needs.get(client, 0))
        return needs

    def _read(self, clients: int) -> None:
        count = self._number()
        if count > clients:
            raise Refused("an update of too many clients")
        for _ in range(count):
            self._section()
        for _ in range(self._number()):
            self._deletions()
        if self.at != len(self.data):
            raise Malformed("bytes follow the update")

    def _number(self) -> int:
        number, self.at = read_var_uint(self.data, self.at)
        return number

    def _section(self) -> None:
        count, client, start = self._number(), self._number(), self._number()
        self.structs += count
        if self.structs > self.limit:
            raise Refused("an update of too many parts")
        # Encoders sort; a client that came twice would be read in different ways.
        if not count or (self.sections and client >= self.sections[-1].client):
            raise Malformed("clients are out of order")
        clock = start
        structs = []
        for _ in range(count):
            struct = self._struct(client, clock)
            clock += struct[0]
            if not struct[0] or clock >= END_OF_CLOCKS:
                raise Refused("a clock is out of bounds")
            structs.append(struct)
        self.sections.append(Section(client, start, clock, structs))

    def _struct(self, client: int, clock: int) -> Struct:
        info = self.data[self.at]
        self.at += 1
        if info in (COLLECTED, SKIPPED):
            length = self._number()
            if info == SKIPPED:
                self.skipped[client] = clock + length
            return length, None, (), None, False
        neighbours = self._neighbours(info)
        parent, is_attribute = None, False
        if not neighbours:
            parent = self._parent()
            is_attribute = info & HAS_NAME != 0
            if is_attribute:
                self._name()
        read = READERS.get(info & CONTENT)
        if read is None:
            raise Refused("a kind of content that texts don't have")
        table, length, self.at, middles = read(self.data, self.at)
        for middle in middles:
            self.middles.append((client, clock + middle))
        return length, table, neighbours, parent, is_attribute

    def _neighbours(self, info: int) -> tuple[Id, ...]:
        neighbours: tuple[Id, ...] = ()
        if info & HAS_LEFT:
            client, clock = left = self._id()
            neighbours = (left,)
            self.cuts.append((client, clock + 1))
        if info & HAS_RIGHT:
            right = self._id()
            neighbours = (*neighbours, right)
            self.cuts.append(right)
        return neighbours

    def _id(self) -> Id:
        client, clock = self._number(), self._number()
        self._want(client, clock + 1)
        return client, clock

    def _want(self, client: int, end: int) -> None:
        if end > self.wanted.get(client, 0):
            self.wanted[client] = end

    def _parent(self) -> Id:
        kind = self._number()
        if not kind:
            return self._id()
        name, self.at = read_var_string(self.data, self.at)
        if kind != 1 or name != schema.root():
            raise Refused("a root that isn't the text's")
        return ROOT

    def _name(self) -> None:
        name, self.at = read_var_string(self.data, self.at)
        if len(name) > LONGEST_NAME or "\0" in name:
            raise Refused("an attribute's name is too long")

    def _deletions(self) -> None:
        client, count = self._number(), self._number()
        if not count:
            raise Malformed("a client without deletions")
        ranges = self.deletes.setdefault(client, [])
        for _ in range(count):
            start = self._number()
            end = start + self._number()
            if start == end or end >= END_OF_CLOCKS:
                raise Refused("a clock is out of bounds")
            ranges.append((start, end))
            self.cuts += (client, start), (client, end)
            self._want(client, end)

"""The gate beside our own CRDT library: whatever it writes passes, whole or mutilated."""

import time
from collections import Counter

import pycrdt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from in4green.livetext.gate import Known, Limits, Refused, check
from in4green.livetext.gate.known import read_state_vector
from in4green.livetext.gate.places import ELEMENT
from tests.livetext.knowing import assert_equal_but_for_what_is_deleted, codes, is_deleted, learn
from tests.livetext.updates import (
    ROOT,
    SCENARIOS,
    Golden,
    element,
    enter,
    item,
    letters,
    text,
    update,
)

# --- What our own library writes ----------------------------------------------------------------

NAMES = ["paragraph", "heading", "blockquote", "bulletList", "listItem", "tableCell"]


class Person:
    """A copy of a text, edited at random."""

    def __init__(self, client):
        self.doc = pycrdt.Doc(client_id=client)
        self.root = self.doc.get("prosemirror", type=pycrdt.XmlFragment)
        self.news = []
        self.receiving = False
        self.doc.observe(self._changed)

    def _changed(self, event):
        if not self.receiving:
            self.news.append(event.update)

    def receive(self, raw):
        self.receiving = True
        self.doc.apply_update(raw)
        self.receiving = False

    def parts(self, kind):
        """The root and all that hangs in it, of one kind."""
        found, waiting = [], [(self.root, 0)]
        for part, depth in waiting:
            found += [(part, depth)] if isinstance(part, kind) else []
            if not isinstance(part, pycrdt.XmlText):
                waiting += [(child, depth + 1) for child in part.children]
        return found

    def edit(self, draw):
        """One change, or several in one transaction."""
        with self.doc.transaction():
            for _ in range(draw(st.integers(1, 3))):
                draw(
                    st.sampled_from(
                        [
                            self._put,
                            self._put,
                            self._type,
                            self._type,
                            self._mark,
                            self._set,
                            self._cut,
                            self._delete,
                        ]
                    )
                )(draw)

    def _put(self, draw):
        part, depth = draw(st.sampled_from(self.parts(pycrdt.XmlFragment | pycrdt.XmlElement)))
        at = draw(st.integers(0, len(part.children)))
        if depth and draw(st.booleans()):
            part.children.insert(at, pycrdt.XmlText(draw(st.sampled_from(["abc", "", "Größe 😀"]))))
        elif depth < 20:
            part.children.insert(at, pycrdt.XmlElement(draw(st.sampled_from(NAMES))))

    def _text(self, draw):
        texts = [text for text, _ in self.parts(pycrdt.XmlText) if len(text)]
        if not texts:
            return None, 0, 0
        text = draw(st.sampled_from(texts))
        # Offsets are UTF-8 bytes; none may lie within a letter.
        letters = "".join(piece for piece, _ in text.diff())
        ends = [len(letters[:i].encode()) for i in range(len(letters) + 1)]
        start = draw(st.sampled_from(ends))
        return text, start, draw(st.sampled_from([end for end in ends if end >= start]))

    def _type(self, draw):
        text, start, _ = self._text(draw)
        if text is not None:
            text.insert(start, draw(st.sampled_from(["x", "ä", "漢字", "😀", "more words"])))

    def _mark(self, draw):
        text, start, end = self._text(draw)
        if text is not None and end > start:
            text.format(
                start,
                end,
                draw(
                    st.sampled_from(
                        [
                            {"bold": {}},
                            {"bold": None},
                            {"link": {"href": "https://example.org/"}},
                            {"comment--iZ+/a09=": {}},
                        ]
                    )
                ),
            )

    def _cut(self, draw):
        text, start, end = self._text(draw)
        if text is not None and end > start:
            del text[start:end]

    def _set(self, draw):
        elements = [element for element, _ in self.parts(pycrdt.XmlElement)]
        if elements:
            element = draw(st.sampled_from(elements))
            element.attributes["level"] = draw(st.sampled_from([2, 3, "4", None, [120, 80.5]]))

    def _delete(self, draw):
        part, _ = draw(st.sampled_from(self.parts(pycrdt.XmlFragment | pycrdt.XmlElement)))
        count = len(part.children)
        if count:
            start = draw(st.integers(0, count - 1))
            del part.children[start : draw(st.integers(start + 1, count))]


class Log:
    """What is committed, and what the gate knows of it."""

    def __init__(self):
        self.known = Known()
        self.rows = []

    def take(self, raw):
        scan = check(raw, self.known)
        assert scan.is_complete(self.known), scan.needs
        if not scan.is_known(self.known):
            self.known.apply(scan)
            self.rows.append(raw)

    def meet(self, draw, person):
        """The person sends his news in one of the ways of providers, and gets those of others."""
        whole = pycrdt.merge_updates(*self.rows) if self.rows else b"\x00\x00"
        news, person.news = person.news, []
        way = draw(st.sampled_from(["each", "merged", "missing", "state"]))
        if way == "merged" and news:
            news = [pycrdt.merge_updates(*news)]
        elif way == "missing":
            news = [person.doc.get_update(self.known.state_vector())]
        elif way == "state":
            news = [person.doc.get_update()]
        person.receive(pycrdt.get_update(whole, person.doc.get_state()))
        for raw in news:
            self.take(raw)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_all_that_our_library_writes_passes_and_is_known_exactly(data):
    log = Log()
    people = [Person(client) for client in (7, 2**31 + 5, 2**52 + 1)]
    for _ in range(data.draw(st.integers(1, 25))):
        person = data.draw(st.sampled_from(people))
        person.edit(data.draw)
        if data.draw(st.booleans()):
            log.meet(data.draw, person)
    for person in people * 2:
        log.meet(data.draw, person)

    for person in people:
        assert read_state_vector(person.doc.get_state()) == log.known.clocks
        assert str(person.root) == str(people[0].root)
    if log.rows:
        assert_equal_but_for_what_is_deleted(learn([pycrdt.merge_updates(*log.rows)]), log.known)
    again = Known.from_bytes(*log.known.to_bytes())
    assert codes(again) == codes(log.known)
    log.take(people[0].doc.get_update())
    assert live_elements(log.known) == Counter(d for _, d in people[0].parts(pycrdt.XmlElement))


def live_elements(known):
    """How many there are of each depth."""
    return Counter(
        (code >> 3) + 1
        for (client, clock), code in codes(known).items()
        if code & 7 == ELEMENT and not is_deleted(known, client, clock)
    )


# --- What is broken -----------------------------------------------------------------------------


@st.composite
def mutilated(draw, raw):
    """Bytes of an update with some of them changed, cut out, doubled or put in."""
    broken = bytearray(raw)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(broken)))
        end = draw(st.integers(start, min(len(broken), start + 30)))
        piece = draw(st.just(broken[start:end] * 2) | st.binary(max_size=4))
        broken[start:end] = piece
    return bytes(broken[: draw(st.just(len(broken)) | st.integers(0, len(broken)))])


@settings(suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_mutilated_update_is_refused_or_can_be_applied_completely(data):
    golden = Golden(data.draw(st.sampled_from([name for name in SCENARIOS if name != "gap"])))
    before = data.draw(st.integers(0, len(golden.updates) - 1))
    known = learn(golden.updates[:before])
    broken = data.draw(mutilated(golden.updates[before]) | mutilated(golden.state))

    begun = time.process_time()
    try:
        scan = check(broken, known)
    except Refused:
        scan = None
    assert time.process_time() - begun < 0.5

    if scan and scan.is_complete(known):
        known.apply(scan)
        doc = pycrdt.Doc()
        for raw in [*golden.updates[:before], broken]:
            doc.apply_update(raw)
        assert read_state_vector(doc.get_state()) == known.clocks


def test_a_whole_state_is_read_within_a_second():
    """Half a million letters in 10,000 structs of 40 people, each beside one of another."""
    known, clock = Known(), dict.fromkeys(range(1, 41), 0)
    parts = {client: [] for client in clock}
    last = None
    for number in range(10_000):
        client = number % 40 + 1
        there = {"left": last} if last else {"inside": (100, 0)}
        parts[client].append(item(letters("abcdefghijklmnopqrstuvwxy" * 2), **there))
        clock[client] += 50
        last = (client, clock[client] - 1)
    state = update(
        (100, 0, [item(text(), inside=(101, 0))]),
        *[(client, 0, parts[client]) for client in range(40, 0, -1)],
    )
    enter(known, update((101, 0, [item(element("paragraph"), inside=ROOT)])))

    begun = time.process_time()
    enter(known, state, limits=Limits.unlimited())

    assert sum(known.clocks.values()) == 500_002
    assert time.process_time() - begun < 1

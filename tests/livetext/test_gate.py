"""The gate as a whole: what editors and our own CRDT library write passes, mutilated or not."""

import time
from collections import Counter

import pycrdt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from in4green.livetext.gate import Known, Limits, Refused, check
from in4green.livetext.gate.known import read_state_vector
from in4green.livetext.gate.places import ELEMENT, is_gone
from tests.livetext.updates import (
    ROOT,
    SCENARIOS,
    Golden,
    element,
    enter,
    item,
    letters,
    sentence,
    text,
    update,
)


def codes(known):
    """Clock by clock, what hangs where."""
    return {
        (client, clock): code
        for client, runs in known.depths.items()
        for start, end, code in runs.spans()
        for clock in range(start, end)
    }


def is_deleted(known, client, clock):
    return client in known.deleted and known.deleted[client].covers(clock, clock + 1)


def assert_equal_but_for_what_is_deleted(of_the_state, known):
    """Who has collected something sends it without its place, and what is in it has none."""
    at_once, one_by_one = codes(of_the_state), codes(known)
    assert at_once.keys() == one_by_one.keys()
    for place, code in at_once.items():
        assert code == one_by_one[place] or is_gone(code) or is_deleted(known, *place)


def learn(updates):
    """In the order of the log; what waits for another comes again later in it."""
    known = Known()
    for raw in updates:
        scan = check(raw, known)
        if scan.is_complete(known):
            known.apply(scan)
    return known


# --- What editors write -----------------------------------------------------------------------


@pytest.mark.parametrize("name", SCENARIOS)
def test_all_that_editors_write_passes(name):
    golden = Golden(name)

    known = learn(golden.updates)

    assert known.clocks == read_state_vector(golden.state_vector)
    # Only deletions that follow from others may be new, and only once.
    assert not check(golden.state, known).new_clients(known)
    enter(known, golden.state)
    assert check(golden.state, known).is_known(known)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_text_is_known_alike_from_updates_and_from_their_sum(name):
    updates = Golden(name).updates
    one_by_one = learn(updates)

    at_once = learn([pycrdt.merge_updates(*updates)])

    assert codes(at_once) == codes(one_by_one)
    assert at_once.clocks == one_by_one.clocks


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_state_of_a_text_tells_the_same_but_for_what_it_collected(name):
    golden = Golden(name)
    known, of_the_state = learn([*golden.updates, golden.state]), learn([golden.state])

    assert_equal_but_for_what_is_deleted(of_the_state, known)


def test_somebody_who_lacks_an_update_sends_a_gap():
    first, *others, last = Golden("gap").updates
    known = Known()

    scan = check(first, known)

    assert scan.needs
    assert not scan.is_complete(known)
    enter(known, *others, last)
    assert check(first, known).is_known(known)


# --- What a scan answers --------------------------------------------------------------------------


def typing(clock, client=1):
    return update((client, clock, [item(letters("x"), left=(client, clock - 1))]))


def test_an_update_is_complete_when_nothing_before_it_is_missing():
    known = Known()
    enter(known, sentence("abc"))

    assert check(typing(5), known).is_complete(known)
    assert not check(typing(6), known).is_complete(known)
    assert not check(update(deletes={1: [(4, 2)]}), known).is_complete(known)
    assert not check(update((2, 0, [item(letters("x"), left=(9, 0))])), known).is_complete(known)
    assert not check(update((2, 0, [item(letters("x"), right=(1, 5))])), known).is_complete(known)
    assert not check(update((2, 0, [item(text(), inside=(1, 5))])), known).is_complete(known)


def test_an_update_is_known_when_it_brings_nothing_new():
    known = Known()
    enter(known, sentence("abc"), update(deletes={1: [(2, 2)]}))

    assert check(b"\x00\x00", known).is_known(known)
    assert check(sentence("abc"), known).is_known(known)
    assert check(update(deletes={1: [(2, 1), (3, 1)]}), known).is_known(known)
    assert not check(update(deletes={1: [(2, 3)]}), known).is_known(known)
    assert not check(update(deletes={2: [(0, 1)]}), known).is_known(known)
    assert not check(sentence("abcd"), known).is_known(known)


def test_a_client_is_new_with_what_it_brings_beyond_what_is_known():
    known = Known()
    enter(known, sentence("abc"), typing(5))

    scan = check(
        update(
            (3, 0, [item(text(), inside=(1, 0))]),
            (2, 0, [item(text(), inside=(1, 0))]),
            (1, 5, [item(letters("x"), left=(1, 4))]),
        ),
        known,
    )

    assert scan.new_clients(known) == {2, 3}


def test_an_update_repeats_what_is_there_already():
    known = Known()
    enter(known, sentence("abc"))

    assert check(update((1, 2, [item(letters("abcd"), inside=(1, 1))])), known).repeats(known)
    assert check(sentence("abc"), known).repeats(known)
    assert not check(typing(5), known).repeats(known)
    assert not check(update((2, 0, [item(text(), inside=(1, 0))])), known).repeats(known)


# --- Letters that take two clocks -----------------------------------------------------------------

SMILE = sentence("a😀b")  # clocks 2 to 5


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(update((2, 0, [item(letters("x"), left=(1, 3))])), id="after its first half"),
        pytest.param(update((2, 0, [item(letters("x"), right=(1, 4))])), id="before its second"),
        pytest.param(update(deletes={1: [(3, 1)]}), id="delete the first"),
        pytest.param(update(deletes={1: [(4, 2)]}), id="delete from the second"),
        pytest.param(update((1, 2, [item(letters("😀😀😀"), inside=(1, 1))])), id="go on in one"),
        pytest.param(
            update((2, 0, [item(letters("x😀"), left=(1, 5)), item(letters("y"), left=(2, 1))])),
            id="one that it brings itself",
        ),
    ],
)
def test_half_a_letter_is_neither_left_nor_taken(raw):
    known = Known()
    enter(known, sentence("abc") if b"\x98\x80\xf0" in raw else SMILE)
    for here in (known, Known.from_bytes(*known.to_bytes())):
        with pytest.raises(Refused, match="letter"):
            check(raw, here)
        enter(here, raw, limits=Limits.unlimited())


def test_what_is_said_again_of_letters_that_are_there_counts_for_nothing():
    known = Known()
    enter(known, sentence("abcd"))
    again = update(
        (2, 0, [item(text(), inside=(1, 0))]), (1, 2, [item(letters("a😀d"), inside=(1, 1))])
    )

    enter(known, again, update(deletes={1: [(4, 1)]}))

    assert known.middles == {}


def test_around_a_letter_of_two_clocks_all_may_be_done():
    known = Known()
    enter(
        known,
        SMILE,
        update((2, 0, [item(letters("x"), left=(1, 4), right=(1, 5))])),
        update((2, 1, [item(letters("x"), left=(1, 2), right=(1, 3))])),
        update((1, 2, [item(letters("a😀bc😀"), inside=(1, 1))])),
        update(deletes={1: [(3, 2)]}),
    )
    assert known.clocks == {1: 9, 2: 2}


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

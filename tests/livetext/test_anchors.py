import pytest
from hypothesis import given
from pycrdt import XmlFragment

from in4green.livetext.discussion import anchors
from in4green.livetext.discussion.anchors import Passage
from in4green.livetext.document import crdt
from tests.livetext.test_replacing import commented
from tests.livetext.writing import comment, contents, doc, node, p, table, text, thread


def marked(content, passage, number=1):
    """The content once the passage is marked."""
    shared = crdt.load([crdt.from_json(content)])
    crdt.apply(shared, anchors.mark(crdt.read(shared), passage, thread(number)))
    return crdt.content_json(shared)


def test_a_passage_is_marked_where_its_words_are():
    content = marked(doc(p("Wir nutzen Abwärme.")), Passage("Abwärme"))

    assert content == doc(p("Wir nutzen ", text("Abwärme", comment(1)), "."))


@pytest.mark.parametrize(
    ("prefix", "suffix", "first"),
    [("Der ", " steht", "eins "), ("Ein ", " fällt", "zwei "), ("", "", "eins ")],
)
def test_of_equal_words_those_with_the_same_neighbours_are_marked(prefix, suffix, first):
    content = doc(p("eins Der Baum steht."), p("zwei Ein Baum fällt."))

    blocks = marked(content, Passage("Baum", prefix, suffix))["content"]

    (block,) = (block for block in blocks if len(block["content"]) > 1)
    assert block["content"][0]["text"].startswith(first)


def test_a_passage_over_several_blocks_is_marked_in_each():
    content = doc(p("eins"), node("image", src="/a.png"), table(["zwei", "drei"]))

    result = marked(content, Passage("ns\n \nzwei\ndr"))

    assert commented(result, 1) == "nszweidr"


def test_a_break_counts_as_a_space():
    assert commented(marked(doc(p("a", node("hardBreak"), "b")), Passage("a b")), 1) == "ab"


def test_signs_of_several_bytes_before_a_passage_move_nothing():
    content = marked(doc(p("😀 Größe é", text(" fett", "bold"))), Passage("é fe"))

    assert commented(content, 1) == "é fe"


@pytest.mark.parametrize("quote", ["fehlt", "", "  ", "\ufffd", "Baum Haus"])
def test_what_is_not_in_the_text_is_marked_nowhere(quote):
    shared = crdt.load([crdt.from_json(doc(p("Baum"), p("Haus")))])

    assert anchors.mark(crdt.read(shared), Passage(quote), thread(1)) == []
    assert crdt.apply(shared, []) is None


def test_a_letter_that_a_browser_has_cut_through_does_no_harm():
    content = doc(p("😀 Baum 😀"), p("😎 Baum 😎"))

    result = marked(content, Passage("Baum \ufffd", "\ufffd ", " \ufffd"))

    assert commented(result, 1) == "Baum"


def test_two_threads_may_hang_on_the_same_words():
    content = marked(doc(p("eins zwei drei")), Passage("eins zwei"))
    content = marked(content, Passage("zwei drei"), 2)

    assert (commented(content, 1), commented(content, 2)) == ("eins zwei", "zwei drei")
    assert anchors.threads(content) == [thread(1), thread(2)]


@given(contents(comments=True))
def test_a_mark_that_is_taken_away_leaves_the_text_as_it_was(content):
    shared = crdt.load([crdt.from_json(content)])
    for passage in anchors.passages(content, around=20):
        crdt.apply(shared, anchors.mark(crdt.read(shared), passage, thread(3)))
        assert thread(3) in anchors.threads(crdt.content_json(shared))

    crdt.apply(shared, anchors.unmark(crdt.read(shared), thread(3)))

    assert crdt.content_json(shared) == content


@given(contents())
def test_each_passage_of_a_text_is_found_again(content):
    for passage in anchors.passages(content, around=30):
        assert commented(marked(content, passage), 1).strip()


def test_passages_are_the_blocks_with_words():
    content = doc(node("heading", "Ziele"), p(), p("Erstens"), node("blockquote", p("Zitat")))

    found = anchors.passages(content, around=4)

    assert found == [
        Passage("Ziele", "", "\n\nEr"),
        Passage("Erstens", "le\n\n", "\nZit"),
        Passage("Zitat", "ens\n", ""),
    ]


def test_a_hostile_quote_in_a_long_text_costs_no_time():
    """Fifty thousand candidates: looking at all that is before each would take minutes."""
    content = doc(*(p("e" * 1000) for _ in range(50)))

    assert commented(marked(content, Passage("e", "e" * 100, "e" * 100)), 1) == "e"


class TestWhatAnAnchorSurvives:
    """Two documents, as two people have them: one comments, the other changes the text."""

    def fresh(self, *blocks):
        return crdt.load([crdt.from_json(doc(*blocks))])

    def replica(self, shared):
        return crdt.load([crdt.state(shared)])

    def mark(self, shared, words):
        crdt.apply(shared, anchors.mark(crdt.read(shared), Passage(words), thread(1)))

    def merged(self, one, other):
        return crdt.content_json(crdt.load([crdt.state(one), crdt.state(other)]))

    def top(self, shared):
        return shared.get("prosemirror", type=XmlFragment).children

    def test_words_that_somebody_else_writes_into_the_passage_meanwhile(self):
        shared = self.fresh(p("Wir nutzen Wärme gemeinsam."))
        other = self.replica(shared)
        self.mark(shared, "nutzen Wärme")
        self.top(other)[0].children[0].insert(len("Wir nutzen "), "die ")

        assert commented(self.merged(shared, other), 1) == "nutzen die Wärme"

    def test_words_behind_the_passage_stay_outside(self):
        shared = self.fresh(p("Wir nutzen Wärme."))
        self.mark(shared, "Wärme")
        words = self.top(shared)[0].children[0]
        words.insert(len("Wir nutzen Wärme".encode()), " heute", {})

        assert commented(crdt.content_json(shared), 1) == "Wärme"

    def test_words_of_the_passage_that_go(self):
        shared = self.fresh(p("Wir nutzen die Wärme."))
        other = self.replica(shared)
        self.mark(shared, "nutzen die Wärme")
        del self.top(other)[0].children[0][len("Wir ") : len("Wir nutzen die ")]

        assert commented(self.merged(shared, other), 1) == "Wärme"

    def test_a_passage_that_goes_wholly_is_gone_and_comes_back_with_its_words(self):
        shared = self.fresh(p("Wir nutzen Wärme."))
        self.mark(shared, "Wärme")
        before = crdt.content_json(shared)
        crdt.replace(shared, doc(p("Wir nutzen.")))
        assert anchors.threads(crdt.content_json(shared)) == []

        crdt.replace(shared, before)

        assert commented(crdt.content_json(shared), 1) == "Wärme"

    def test_a_block_that_is_parted_within_the_passage_and_joined_again(self):
        """As an editor does it: the end of the words goes into a new block, marks and all."""
        shared = self.fresh(p("Wir nutzen Wärme gemeinsam."))
        self.mark(shared, "nutzen Wärme")
        parted = doc(
            p("Wir ", text("nutzen", comment(1))), p(text(" Wärme", comment(1)), " gemeinsam.")
        )
        joined = crdt.content_json(shared)

        crdt.replace(shared, parted)
        assert crdt.content_json(shared) == parted
        crdt.replace(shared, joined)

        assert crdt.content_json(shared) == joined

    def test_a_passage_that_is_moved_to_another_place(self):
        shared = self.fresh(p("eins zwei"), p("drei"))
        self.mark(shared, "zwei")

        crdt.replace(shared, doc(p("eins"), p("drei ", text("zwei", comment(1)))))

        assert commented(crdt.content_json(shared), 1) == "zwei"

"""A proposal and a text that has gone on since."""

from hypothesis import assume, given
from hypothesis import strategies as st

from in4green.livetext.content import tree
from in4green.livetext.content.alignment import find_changes, key
from in4green.livetext.content.plain import to_text
from in4green.livetext.content.threeway import apply, merge, outcomes
from in4green.livetext.content.validating import validate
from tests.livetext.writing import contents, doc, items, node, p, table

A, B, C = p("Wir bauen ein Netz."), p("Es bringt viel Wärme."), p("Alle machen mit.")


def review(base, proposed, now, **options):
    return outcomes(base, proposed, now, find_changes(base, proposed), **options)


def accepted(base, proposed, now, anew=()):
    return apply(now, review(base, proposed, now), anew=anew)


def test_changes_of_different_blocks_are_both_there():
    proposed = [A, p("Es bringt sehr viel Wärme."), C]
    now = [p("Neu."), A, B, p("Alle machen gerne mit.")]

    result = accepted([A, B, C], proposed, now)

    assert result == [p("Neu."), A, proposed[1], p("Alle machen gerne mit.")]


def test_changes_of_one_block_are_put_together_and_it_says_so():
    proposed, now = [A, p("Es bringt sehr viel Wärme."), C], [A, p("Es bringt viel Wärme her."), C]

    [outcome] = review([A, B, C], proposed, now)

    assert outcome.merged.after == (p("Es bringt sehr viel Wärme her."),)
    assert (outcome.is_newer, outcome.merged.is_contested) == (True, False)
    assert not outcome.merged.lost


def test_of_the_same_words_those_of_the_proposal_stand_and_it_says_so():
    proposed, now = [p("Es bringt wenig Wärme.")], [p("Es bringt reichlich Wärme.")]

    [outcome] = review([B], proposed, now)

    assert outcome.merged.after == (proposed[0],)
    assert outcome.merged.is_contested


def test_what_was_proposed_for_a_deleted_block_would_vanish_or_comes_anew_to_its_place():
    proposed = [A, p("Es bringt sehr viel Wärme."), C]

    [outcome] = review([A, B, C], proposed, [A, C])

    assert outcome.would_vanish
    assert outcome.merged.lost == (proposed[1],)
    assert apply([A, C], [outcome]) == [A, C]
    assert apply([A, C], [outcome], anew=[0]) == [A, proposed[1], C]


def test_a_deleted_item_of_a_list_would_vanish_as_well():
    base = node("bulletList", *items("listItem", "Erster Punkt hier", "Zweiter Punkt dort"))
    proposed = node("bulletList", *items("listItem", "Erster Punkt hier", "Zweiter Punkt ganz"))
    now = node("bulletList", *items("listItem", "Erster Punkt hier"))

    [outcome] = review([base], [proposed], [now])

    assert to_text(outcome.merged.lost[0]) == "Zweiter Punkt ganz"
    assert apply([now], [outcome]) == [now]
    assert apply([now], [outcome], anew=[0]) == [proposed]


def test_cells_of_a_row_are_put_together_by_their_column():
    base, proposed = table(["ja", "nein"]), table(["ja", "doch"])
    now = table(["vielleicht", "nein"])

    [outcome] = review([base], [proposed], [now])

    assert outcome.merged.after == (table(["vielleicht", "doch"]),)


def test_a_new_kind_and_new_words_are_put_together():
    heading = node("heading", "Wir bauen ein Netz.", level=2)
    longer = p("Wir bauen ein großes Netz.")
    wanted = node("heading", "Wir bauen ein großes Netz.", level=2)

    assert merge(A, heading, longer).after == (wanted,)
    assert merge(A, longer, heading).after == (wanted,)


def test_what_can_not_be_put_together_stands_side_by_side_only_if_asked_for():
    quote = node("blockquote", A)
    longer = p("Wir bauen ein großes Netz.")

    merged = merge(A, longer, quote)

    assert (merged.after, merged.anew, merged.lost) == ((quote,), (quote, longer), (longer,))


def test_a_block_that_both_took_away_or_added_needs_no_decision():
    assert [o.is_moot for o in review([A, B, C], [A, C], [A, C])] == [True]
    assert [o.is_moot for o in review([A, C], [A, B, C], [A, B, C])] == [True]
    assert [o.is_moot for o in review([A, C], [A, B, C], [A, C])] == [False]


def test_taking_away_a_block_that_was_changed_meanwhile_says_so():
    now = p("Es bringt sehr viel Wärme.")

    [outcome] = review([A, B, C], [A, C], [A, now, C])

    assert (outcome.before, outcome.merged.after, outcome.is_newer) == ((now,), (), True)


def blocks(content):
    return content["content"]


texts = contents().map(blocks)


@given(texts, texts)
def test_accepting_all_in_an_untouched_text_makes_it_the_proposal(base, proposed):
    assert accepted(base, proposed, base) == proposed


@given(texts, texts)
def test_a_proposal_that_changes_nothing_changes_nothing(base, now):
    assert review(base, base, now) == []


@given(texts, texts, texts)
def test_whatever_came_in_between_the_result_is_a_text_and_no_word_is_lost_in_silence(
    base, proposed, now
):
    found = review(base, proposed, now)

    for anew in [(), range(len(found))]:
        result = apply(now, found, anew=anew)
        assert validate(tree.to_json(tree.from_json(doc(*result) if result else doc()))) == []
    result = apply(now, found, anew=range(len(found)))
    kept = {word for block in [*result] for word in to_text(block).split()}
    wanted = {w for b in proposed if key(b) not in map(key, base) for w in to_text(b).split()}
    known = {w for b in base for w in to_text(b).split()}
    assert wanted - known <= kept


@given(st.data())
def test_one_by_one_in_any_order_is_as_all_at_once(data):
    """In a text that nobody else touches, of blocks that can be told apart."""
    names = [f"Absatz {number}" for number in range(6)]
    base = data.draw(st.permutations(names).map(lambda row: [p(name) for name in row[:4]]))
    proposed = data.draw(
        st.lists(st.sampled_from(names), unique=True).map(lambda row: [p(name) for name in row])
    )
    assume(proposed)
    spans = find_changes(base, proposed)
    now, taken = base, set()
    for number in data.draw(st.permutations(range(len(spans)))):
        found = {o.number: o for o in outcomes(base, proposed, now, spans, taken=taken)}
        now = apply(now, [found[number]], anew=[number])
        taken.add(number)

    assert now == proposed

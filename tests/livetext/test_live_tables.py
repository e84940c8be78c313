"""A table made from records: the text says which one, everything else is drawn anew."""

import pytest
from django.core.exceptions import ValidationError

from in4green.livetext import by_form, services
from in4green.livetext.archive import reading
from in4green.livetext.content import diff, live_tables, markup
from in4green.livetext.content.attributes import clean
from in4green.livetext.content.blocks import to_blocks
from in4green.livetext.content.html_in import from_html
from in4green.livetext.content.nodes import specification
from in4green.livetext.content.render import to_html
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextProposal
from tests.factories import NoteFactory
from tests.livetext.people import editor_of, reader_of
from tests.livetext.talking import at, content_of, drawn
from tests.livetext.writing import TABLES, doc, live_table, node, p

__all__ = ["drawn"]
COSTS = live_table("costs")
ESCAPED = "Kosten &amp; &lt;b&gt;Geld&lt;/b&gt;"
EMPTY = doc(p())


@pytest.mark.parametrize("slug", ["Costs", "a" * 31, "a-b", "<b>", "", 7, None])
def test_only_a_name_for_programs_is_one(slug):
    assert clean(specification("liveTable"), {"table": slug}) == {"table": None}


def test_a_text_names_its_tables_once_in_their_order():
    content = doc(live_table("times"), node("blockquote", COSTS), live_table("times"))

    assert live_tables.shown_in(content) == ["times", "costs"]


def test_it_is_shown_as_it_was_drawn_and_named_where_it_was_not():
    html = to_html(doc(COSTS, live_table("times")), tables={"costs": "<p>7 €</p>"})

    assert html == (
        '<div class="live-table" data-live-table="costs"><p>7 €</p></div>'
        '<div class="live-table" data-live-table="times"><p>Tabelle: Zeiten</p></div>'
    )


def test_a_name_is_escaped_and_an_unknown_one_says_so():
    assert ESCAPED in to_html(doc(COSTS))
    assert "die es hier nicht gibt" in to_html(doc(live_table("script")))
    assert "die es hier nicht gibt" in to_html({"type": "doc", "content": [{"type": "liveTable"}]})


def test_of_pasted_html_only_known_tables_are_kept_and_nothing_that_they_said():
    old = '<p>a</p><div data-live-table="costs"><table><tr><td>3 €</td></tr></table></div><p>b</p>'

    assert from_html(old) == doc(p("a"), COSTS, p("b"))
    assert from_html('<div data-live-table="theirs"><p>3 €</p></div>') == doc(p("3 €"))
    assert from_html('<p data-live-table="costs">3 €</p>') == doc(p("3 €"))


def test_in_lines_it_has_its_name_and_can_be_moved_and_taken_away():
    base = doc(p("davor"), COSTS)

    lines = markup.write(base)

    assert lines == "davor\n\n{{Tabelle: Kosten & <b>Geld</b>}}"
    assert markup.read("{{Tabelle: Kosten & <b>Geld</b>}}\n\ndavor", base) == doc(COSTS, p("davor"))
    assert markup.read("davor", base) == doc(p("davor"))


@pytest.mark.parametrize(
    "line",
    ["{{Tabelle: zeiten}}", "{{ table:times }}", "{{Tabelle: Zeiten}}", "davor\n{{t: times}}"],
)
def test_by_lines_one_is_added_by_its_name_or_its_slug(line):
    found = markup.read(line, EMPTY, tables=TABLES)["content"]

    assert found[-1] == {"type": "liveTable", "attrs": {"table": "times"}}


def test_a_line_with_another_name_says_which_there_are():
    with pytest.raises(ValidationError) as error:
        markup.read("{{Tabelle: Ziele}}", EMPTY, tables=["times"])

    assert error.value.messages == [
        "Es gibt keine Tabelle „Ziele“. Hier können Sie schreiben: {{Tabelle: Zeiten}}."
    ]


def test_where_no_table_is_offered_the_line_is_text():
    read = markup.read("{{Tabelle: Zeiten}}", EMPTY)

    assert read == doc(p("{{Tabelle: Zeiten}}"))
    assert markup.read(markup.write(read), EMPTY, tables=TABLES) == read


def test_a_difference_tells_it_by_its_name():
    ((_same, block),) = (diff.compare(doc(p("a")), doc(p("a"), COSTS)),)

    assert (block.kind, block.label) == ("added", "Tabelle")
    assert ESCAPED in block.html


def test_on_paper_it_is_what_the_room_gives_or_its_name():
    given = [{"kind": "quote", "blocks": []}]

    drawn_one, named = to_blocks(doc(COSTS, live_table("times")), {}, {"costs": given})

    assert drawn_one == given[0]
    assert named["runs"][0]["text"] == "Tabelle: Zeiten"


@pytest.mark.django_db
class TestOfAnOwner:
    @pytest.fixture
    def note(self, drawn):
        return NoteFactory()

    def put(self, note, *blocks) -> LiveText:
        change = crdt.from_json(doc(*blocks))
        services.edit(note.text, lambda shared: change, by=editor_of(note.group))
        return LiveText.objects.get(pk=note.text_id)

    def test_a_text_shows_what_its_tables_say_now(self, note, drawn):
        html = reading.html(self.put(note, p("a"), COSTS, live_table("times")))

        assert html.count("7 €") == 1
        assert "Zeiten" in html
        assert drawn == [("costs",)]

    def test_a_text_without_tables_asks_its_owner_for_none(self, note, drawn):
        assert reading.html(self.put(note, p("a"))) == "<p>a</p>"
        assert drawn == []

    def test_by_the_form_a_table_of_the_owner_is_put_in(self, note):
        by_form.save(
            note.text, by_form.base_of(note.text), "{{table: costs}}", by=editor_of(note.group)
        )

        assert content_of(note.text) == doc(COSTS)

    def test_who_proposes_may_put_one_in_and_is_told_how(self, client, note):
        client.force_login(editor_of(note.group))
        address = at("propose", note.text)
        base = str(by_form.base_of(note.text))

        page = client.get(address).content.decode()
        client.post(address, {"lines": "{{table: costs}}", "base": base, "send": "yes"})

        assert f"<code>{{{{Tabelle: {ESCAPED}}}}}</code>" in page
        assert TextProposal.objects.get().content == doc(COSTS)

    def test_the_form_says_how_a_table_is_put_in(self, client, note):
        client.force_login(editor_of(note.group))

        page = client.get(at("edit", note.text)).content.decode()

        assert f"<code>{{{{Tabelle: {ESCAPED}}}}}</code>" in page

    def test_the_table_alone_is_for_whoever_reads_the_text(self, client, note):
        client.force_login(reader_of(note.group))

        answer = client.get(at("table", note.text, "costs"))

        assert "7 €" in answer.content.decode()

    def test_another_groups_people_and_unknown_tables_are_not_found(self, client, note):
        client.force_login(editor_of(NoteFactory().group))
        assert client.get(at("table", note.text, "costs")).status_code == 404
        client.force_login(editor_of(note.group))
        assert client.get(at("table", note.text, "times")).status_code == 404

    def test_the_bar_offers_the_owners_tables_and_no_others(self, client, note):
        client.force_login(editor_of(note.group))

        page = client.get(note.get_absolute_url()).content.decode()

        assert 'data-command="liveTable"' in page
        assert f'data-value="costs" >{ESCAPED}' in " ".join(page.split())
        assert at("table", note.text, "costs") in page
        assert 'data-value="times"' not in page


@pytest.mark.django_db
def test_without_tables_of_the_owner_there_is_nothing_to_put_in(client):
    note = NoteFactory()
    client.force_login(editor_of(note.group))

    assert 'data-command="liveTable"' not in client.get(note.get_absolute_url()).content.decode()

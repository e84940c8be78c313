"""A table made from records, in the editor: put in, shown, kept up to date, taken away."""

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import Locator, expect

from in4green.livetext import services
from tests.browser import axe
from tests.livetext.editing import Author, Room
from tests.livetext.talking import drawn
from tests.livetext.writing import TABLES

__all__ = ["drawn"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("drawn")]


def shown(author: Author) -> Locator:
    return author.text.get_by_role("group", name=TABLES["costs"])


def kinds(author: Author) -> list[str]:
    return [block["type"] for block in author.content()]


def test_a_table_is_put_in_seen_by_others_and_taken_away_by_keyboard(room: Room) -> None:
    anna, ben = room.open("Anna Beispiel"), room.open("Ben Beispiel")
    anna.type("Davor")
    anna.choose(_("Table"), TABLES["costs"])

    for author in (anna, ben):
        expect(shown(author)).to_contain_text("7 €")
        expect(shown(author)).to_have_attribute("contenteditable", "false")
    axe(anna.page)

    anna.page.keyboard.type("Danach")
    ben.sees("Danach")
    assert kinds(ben) == ["paragraph", "liveTable", "paragraph"]
    for _key in range(len("Danach") + 2):  # the letters; the empty paragraph selects it; it goes
        anna.page.keyboard.press("Backspace")
    expect(shown(ben)).to_have_count(0)
    anna.is_saved()
    ben.sees("Davor")


def test_a_table_is_renewed_when_told_and_a_pasted_one_only_where_it_is_known(room: Room) -> None:
    anna = room.open("Anna Beispiel")
    anna.focus()
    anna.paste(
        '<div data-live-table="costs"><p>einst 3 €</p></div>'
        '<div data-live-table="times"><p>fremd</p></div>'
    )
    expect(shown(anna)).to_contain_text("Stand 1")
    anna.sees("fremd")
    assert kinds(anna).count("liveTable") == 1
    assert "einst" not in anna.text.inner_text()

    services.tell_changed(room.note.text, "tables")

    expect(shown(anna)).to_contain_text("Stand 2")

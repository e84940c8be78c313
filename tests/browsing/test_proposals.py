"""From a text that can't be saved any more to a proposal that is accepted."""

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from playwright.sync_api import expect

from actionplan.models import SectionText
from actionplan.services import states
from in4green.livetext.archive import reading
from in4green.livetext.content.plain import to_text
from in4green.livetext.models import LiveText
from tests.browser import axe
from tests.browsing.test_editor_saving import keeps, kill
from tests.livetext.editing import Room
from tests.livetext.live import Live
from tests.plan_factories import SectionTextFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room_live(own_room_live: Live) -> Live:
    """Killed and begun anew here."""
    return own_room_live


@pytest.fixture
def row(room: Room) -> SectionText:
    row: SectionText = SectionTextFactory(section__plan__group=room.note.group)
    return row


def test_who_loses_the_right_to_write_keeps_the_words_as_a_proposal(
    room: Room, row: SectionText
) -> None:
    responsible = room.member("Ben Beispiel")
    row.section.responsible.add(responsible)
    anna = room.author("Anna Beispiel")
    anna.address = row.get_absolute_url()
    anna.open()
    anna.type("Wir bauen ein Netz.")
    anna.is_saved()
    port = kill(room)
    anna.type(" Es bringt Wärme.")
    states.ask_review(row.section, by=responsible)
    room.live.start(port)

    alert = anna.is_told(_("You can't write in this text any more"))
    alert.get_by_role("button", name=_("Keep it as a proposal")).click()

    expect(anna.page.locator("ins")).to_contain_text("Es bringt Wärme.")
    assert keeps(anna.page) == 0
    axe(anna.page)
    anna.page.get_by_role("button", name=_("Send the proposal")).click()
    expect(anna.page.get_by_text(_("Waits for a decision"))).to_be_visible()

    ben = room.author(responsible).page
    ben.goto(anna.page.url)
    axe(ben)
    ben.get_by_role("radio", name=pgettext("change of a text", "Accept")).check()
    ben.get_by_role("button", name=_("Save my decisions")).click()
    expect(ben.get_by_text(_("Decided")).first).to_be_visible()
    axe(ben)

    text = LiveText.objects.get(pk=row.text_id)
    assert to_text(reading.content(text)) == "Wir bauen ein Netz. Es bringt Wärme."
    assert text.updates.latest("seq").author == anna.user

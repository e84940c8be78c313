"""A plan's whole way in browsers: written by two, proposed by a third, agreed, published twice."""

import hashlib
import io
import re
from datetime import timedelta
from pathlib import Path

import openpyxl
import pdfua
import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from playwright.sync_api import Page, expect

from actionplan import loading
from actionplan.models import Action, Edition, EditionFile, Plan, Section
from groups.models import Membership
from groups.services.accounts import enrol_totp
from tests.browser import OpenPage
from tests.factories import coordinator_of
from tests.groups.doors import SECRET
from tests.livetext.editing import Author, Room
from tests.support.offices import Opened, convert, said
from tests.support.waiting import wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chaos]
# Milliseconds: a vote keeps the state of each text, and three processes share the machine.
PATIENCE = 60_000
BETTER = "Zwei Drittel der Wärme gehen verloren."


@pytest.fixture
def room_live(own_room_live):
    return own_room_live


@pytest.fixture
def workers(spawn, valkey, settings, tmp_path) -> None:
    """They make the files, in the folder from which the portal gives them out."""
    settings.MEDIA_ROOT = tmp_path / "media"
    spawn.environment["MEDIA_ROOT"] = str(settings.MEDIA_ROOT)


@pytest.fixture
def erika(room: Room) -> Author:
    """Coordination, in a portal that has its template of a plan."""
    loading.load_template()
    user = coordinator_of(room.note.group, name="Erika Beispiel")
    enrol_totp(user, SECRET)
    return room.author(user)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def fill(page: Page, address: str, button: str, **fields: str) -> None:
    """A form of the portal, sent and taken."""
    page.goto(address)
    for name, value in fields.items():
        page.locator(f"[name$='{name}']").first.fill(value)
    press(page, button)
    expect(page).not_to_have_url(re.compile(f"{re.escape(address)}$"), timeout=PATIENCE)


def begin(page: Page) -> Plan:
    fill(page, reverse("plan:begin"), _("Begin"), title="Musterplan")
    return Plan.objects.get()


def write_together(anna: Author, ben: Author, section: Section) -> None:
    for author in (anna, ben):
        author.address = section.texts.get(language="de").get_absolute_url()
        author.open()
    anna.type("Solingen härtet Stahl.")
    ben.sees("Solingen härtet Stahl.")
    ben.focus()
    ben.page.keyboard.press("Enter")
    ben.page.keyboard.type("Die Wärme geht verloren.")
    anna.sees("Die Wärme geht verloren.")
    for author in (anna, ben):
        author.is_saved()


def propose(page: Page, section: Section) -> None:
    page.goto(section.texts.get(language="de").get_absolute_url())
    page.get_by_role("link", name=_("Propose a change")).click()
    lines = page.locator("[name=lines]")
    lines.fill(lines.input_value().replace("Die Wärme geht verloren.", BETTER))
    press(page, _("Send the proposal"))
    expect(page.get_by_text(_("Waits for a decision"))).to_be_visible()


def accept(author: Author, section: Section) -> None:
    """While the text is open: whoever writes in it sees the new words come."""
    page = author.page.context.new_page()
    text = section.texts.get(language="de").text
    page.goto(reverse("text:proposal", args=[text.pk, text.proposals.get().pk]))
    page.get_by_role("radio", name=pgettext("change of a text", "Accept")).check()
    press(page, _("Save my decisions"))
    author.sees(BETTER)
    page.close()


def enter_action(page: Page, plan: Plan, title: str) -> Action:
    address = reverse("plan:new_action", args=[plan.slug])
    fill(page, address, _("Save"), title=title, ends_on="2028-06-30")
    return plan.actions.get(title=title)


def agree(coordination: Page, members: list[Page], section: Section) -> None:
    plan = section.plan
    for step, button in (
        ("ask_review", _("Ask for review")),
        ("approve_section", _("Mark as agreed")),
    ):
        fill(coordination, reverse(f"plan:{step}", args=[plan.slug, section.pk]), button)
    day = (timezone.localdate() + timedelta(days=7)).isoformat()
    address = reverse("plan:new_vote", args=[plan.slug])
    fill(coordination, address, _("Open the vote"), closes_on=day)
    vote = plan.approvals.get()
    for page in members:
        page.goto(vote.get_absolute_url())
        page.locator("[name=choice][value=yes]").check()
        press(page, _("Vote"))
        expect(page.locator("[name=choice][value=yes]")).to_be_checked()
    coordination.goto(vote.get_absolute_url())
    press(coordination, _("Close the vote now and count"))
    expect(coordination.get_by_text(re.compile("2 von 3 haben abgestimmt"))).to_be_visible()


def publish(page: Page, plan: Plan) -> Edition:
    number = plan.editions.count() + 1
    button = _("Publish edition %(number)s now") % {"number": number}
    fill(page, reverse("plan:publish", args=[plan.slug]), button)
    return plan.editions.get(number=number)


def change_three(page: Page, plan: Plan, grid: Action, tram: Action) -> None:
    """One is dropped, one later, one new."""
    dropping = reverse("plan:drop_action", args=[plan.slug, tram.number])
    fill(page, dropping, _("Drop it"), reason="zu teuer")
    changing = reverse("plan:action_facts", args=[plan.slug, grid.number])
    fill(page, changing, _("Save"), ends_on="2028-12-31")
    enter_action(page, plan, "Lastenräder")


def download(page: Page, edition: Edition) -> dict[str, bytes]:
    """All files of its German half, as they stand on its page, each with the sum beside it."""
    wait_for(lambda: edition.files.filter(language="de").count() == len(EditionFile.Format), 240)
    page.goto(edition.get_absolute_url())
    files = {}
    for link in page.locator(".edition__files li", has=page.get_by_role("link")).all():
        with page.expect_download() as told:
            link.get_by_role("link").click()
        content = told.value.path().read_bytes()
        assert hashlib.sha256(content).hexdigest() in link.inner_text()
        files[told.value.suggested_filename.rpartition(".")[2]] = content
    return files


def check(files: dict[str, bytes], folder: Path) -> None:
    assert set(files) == set(EditionFile.Format.values)
    paper = folder / "plan.pdf"
    paper.write_bytes(files["pdf"])
    assert [str(finding) for finding in pdfua.validate(str(paper)).findings] == []
    with pikepdf.open(paper) as pdf, pdf.open_metadata() as told:
        assert (told["pdfuaid:part"], told["pdfaid:part"], told["pdfaid:conformance"]) == (
            "1", "2", "A",
        )  # fmt: skip
    for kind in ("docx", "odt"):
        opened = Opened(convert({f"plan.{kind}": files[kind]}, "fodt", made(folder / kind))["plan"])
        assert "1 Wärmenetz" in {words for _level, words in opened.headings()}
        assert BETTER in " ".join(said(each) for each in opened.all("text:p"))
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    names = [cell.value for row in book["Maßnahmen"].iter_rows() for cell in row]
    assert {"Wärmenetz", "Solardach", "Lastenräder"} <= set(names)


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_plan_is_written_agreed_published_changed_and_published_again_in_browsers(
    room: Room, workers: None, spawn, erika: Author, open_page: OpenPage, tmp_path: Path
) -> None:
    anna, ben = room.author("Anna Beispiel"), room.author("Ben Beispiel")
    cem = room.author("Cem Beispiel", role=Membership.Role.READER)
    for person in (erika, anna, ben, cem):
        person.page.set_default_timeout(PATIENCE)
    plan = begin(erika.page)
    section = plan.sections.get(title="Wo wir heute stehen")

    write_together(anna, ben, section)
    propose(cem.page, section)
    accept(anna, section)
    grid, _roof, tram = (
        enter_action(ben.page, plan, title) for title in ("Wärmenetz", "Solardach", "Seilbahn")
    )
    agree(erika.page, [anna.page, ben.page], section)
    first = publish(erika.page, plan)
    change_three(erika.page, plan, grid, tram)
    second = publish(erika.page, plan)

    stranger = open_page()
    stranger.goto(second.get_absolute_url())
    expect(stranger.get_by_text(BETTER)).to_be_visible()
    stranger.goto(reverse("plan:compare_editions", args=[plan.slug, 1, 2]))
    told = stranger.get_by_role("main")
    for words in ("1 Maßnahme neu", "1 Maßnahme entfallen (weil: zu teuer)", "1 Maßnahme später"):
        expect(told).to_contain_text(words)
    spawn.worker()
    spawn.beat()
    check(download(stranger, second), tmp_path)
    assert Edition.objects.get(pk=first.pk).sha256 == first.sha256

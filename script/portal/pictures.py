"""``script/pictures``: the pictures of the README, taken from the demo that script/server runs."""

import os
import re
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from portal import chromium, node
from portal.errors import Refusal
from portal.paths import ROOT
from portal.steps import say

FOLDER = ROOT / "docs" / "pictures"
PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=800)
# Of the demo.
NOTE = "Ideen: Wärme gemeinsam nutzen"
HELD = "demo-auftakt"
VISIT = "Müllheizkraftwerk"
PRACTICE = "Strom und Fernwärme aus Restmüll"
TIMELINE = "Zeitplan"
CODE = re.compile("ist Ihr Code")


def main(address: str = "http://localhost:8000") -> int:
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = node.program()
    FOLDER.mkdir(parents=True, exist_ok=True)
    accounts = subprocess.check_output([ROOT / "script" / "manage", "demo_accounts"], text=True)
    found = chromium.browser()
    with sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=found.program, env={**os.environ, **found.environment}
        )
        take_all(browser, address, accounts)
        browser.close()
    return 0


def take_all(browser: Browser, address: str, accounts: str) -> None:
    visitor = browser.new_page(base_url=address, viewport=DESK, locale="de-DE")
    visitor.goto("/")
    keep(visitor, "home.png")
    phone = browser.new_page(base_url=address, viewport=PHONE, locale="de-DE")
    phone.goto(status_page(visitor))
    keep(phone, "status.png")
    desk = browser.new_page(base_url=address, viewport=DESK, locale="de-DE")
    sign_in(desk, accounts)
    desk.goto("/admin/groups/interestsignup/")
    desk.locator("#result_list tbody th a").first.click()
    desk.wait_for_url("**/change/")
    keep(desk, "review.png")
    visit = browser.new_context(base_url=address, viewport=DESK, locale="de-DE")
    member = visit.new_page()
    sign_in_member(member, accounts)
    write_together(desk, member)
    remember_meetings(visitor, desk, member)
    read_plan(visitor, desk)


def write_together(desk: Page, member: Page) -> None:
    """Two people in one note of the demo: the coordinator sees where the member is."""
    for page in (member, desk):
        page.goto("/notizbuch/")
        page.get_by_role("main").get_by_role("link", name=NOTE).click()
        page.get_by_role("textbox").last.wait_for()
    text = member.locator(".ProseMirror p").last
    text.click()
    member.keyboard.press("End")
    desk.locator(".caret__name").first.wait_for(state="attached")
    keep(desk, "notebook.png")


def remember_meetings(visitor: Page, desk: Page, member: Page) -> None:
    """From a meeting abroad to what was learnt, who came, and what is jotted down on a phone."""
    visitor.goto("/treffen/2024-solingen/")
    visitor.get_by_role("heading", name=VISIT).evaluate("heading => heading.scrollIntoView()")
    keep(visitor, "meeting.png")
    visitor.get_by_role("link", name=PRACTICE).click()
    keep(visitor, "practice.png")
    desk.goto(f"/treffen/{HELD}/teilnehmende/")
    keep(desk, "people.png")
    member.set_viewport_size(PHONE)
    member.goto(f"/treffen/{HELD}/festhalten/")
    keep(member, "capture.png")


def read_plan(visitor: Page, desk: Page) -> None:
    """As its group works on it, and as everybody reads its newest edition."""
    desk.goto("/plan/")
    keep(desk, "plan.png")
    visitor.goto("/plan/")
    timeline = visitor.get_by_role("heading", name=TIMELINE).first
    timeline.evaluate("heading => heading.scrollIntoView()")
    keep(visitor, "edition.png")


def status_page(page: Page) -> str:
    """As its owner finds it: in the mail that says the sign-up has arrived."""
    page.goto("/mailbox/")
    page.get_by_role("link", name="Ihre Anmeldung ist eingegangen").first.click()
    link = re.search(r"https?://\S+/mitmachen/stand/\S+?/\S+?/", page.locator("main").inner_text())
    if link is None:
        raise Refusal("The mailbox holds no mail with a status page: load the demo first.")
    return link[0]


def sign_in(page: Page, accounts: str) -> None:
    found = re.search(
        r"(?P<email>\S+) +coordinator.*: (?P<password>\S+)\n.*: (?P<code>\d+)", accounts, re.S
    )
    if found is None:
        raise Refusal("There are no demo accounts here: start script/server once.")
    enter(page, found)
    page.locator("#id_code").fill(found["code"])
    page.locator("#id_code").press("Enter")
    page.wait_for_url("**/mitglieder/**")


def sign_in_member(page: Page, accounts: str) -> None:
    """With the code that is mailed to whoever comes with a new device."""
    found = re.search(r"(?P<email>mitglied\S+).*each: (?P<password>\S+)", accounts, re.S)
    if found is None:
        raise Refusal("There are no demo accounts here: start script/server once.")
    enter(page, found)
    field = page.get_by_label("Code")
    field.wait_for()
    mailbox = page.context.new_page()
    mailbox.goto("/mailbox/")
    code = mailbox.get_by_role("link", name=CODE).first.inner_text()
    field.fill(code.split()[0])
    field.press("Enter")
    page.get_by_role("button", name="Nein").click()
    page.wait_for_url("**/mitglieder/**")


def enter(page: Page, account: re.Match[str]) -> None:
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(account["email"])
    page.locator("#id_password").fill(account["password"])
    page.locator("#id_password").press("Enter")


def keep(page: Page, name: str) -> None:
    target: Path = FOLDER / name
    page.screenshot(path=target)
    say(f"✓ {target.relative_to(ROOT)}")

"""The frame, the home page and the pages for faults, as visitors meet them."""

import gzip
import re

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Response, expect

from tests.browser import PHONE, OpenPage, axe
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db(transaction=True)

HOME = {"de": "/", "en": "/en/"}
MISSING = {"de": "/no-such-page/", "en": "/en/no-such-page/"}
LETTERS = "text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a"
BUDGET = 60 * 1024  # bytes of a first visit, compressed, without fonts


@pytest.fixture(autouse=True)
def topics(db):
    TopicFactory.create_batch(4)


def test_home_and_error_pages_are_accessible(page: Page):
    for pages in (HOME, MISSING):
        for language, address in pages.items():
            page.goto(address)
            expect(page.locator("html")).to_have_attribute("lang", language)
            axe(page)


def test_home_is_accessible_on_a_phone_with_its_menu_open(phone: Page):
    phone.goto("/en/")
    phone.get_by_text("Menu", exact=True).tap()

    axe(phone)


def test_pages_for_faults_are_accessible(page: Page):
    page.goto("/")
    for name in ("400", "403", "403_csrf", "404", "413", "500", "503"):
        page.set_content(render_to_string(f"{name}.html", {"reference": "1f2e3d4c"}))
        axe(page)


def test_nothing_has_to_be_scrolled_sideways_at_320_pixels(open_page: OpenPage):
    page = open_page(viewport={"width": 320, "height": 640})
    for address in (*HOME.values(), *MISSING.values(), "/accounts/login/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address


def test_the_first_key_leads_to_the_content(page: Page):
    page.goto("/en/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_the_menu_on_a_phone_works_with_the_keyboard_and_without_scripts(open_page: OpenPage):
    phone = open_page(**PHONE, java_script_enabled=False)
    phone.goto("/en/")
    sign_in = phone.get_by_role("link", name="Sign in")
    expect(sign_in).not_to_be_visible()
    phone.get_by_text("Menu", exact=True).focus()
    phone.keyboard.press("Enter")
    expect(sign_in).to_be_visible()
    for _link in ("Plan", "Meetings", "Good practices", "Join in", "Sign in"):
        phone.keyboard.press("Tab")
    expect(sign_in).to_be_focused()
    phone.keyboard.press("Enter")

    expect(phone).to_have_url(re.compile("/en/accounts/login/"))


def test_the_menu_on_a_wide_page_needs_no_button(page: Page):
    page.goto("/en/")

    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Menu", exact=True)).not_to_be_visible()


def test_changing_the_language_keeps_the_page(page: Page):
    page.goto("/en/accounts/login/")
    german = page.get_by_role("link", name="Deutsch")
    expect(german).to_have_attribute("hreflang", "de")
    expect(german).to_have_attribute("lang", "de")
    german.click()

    expect(page).to_have_url(re.compile("[0-9]/accounts/login/$"))
    expect(page.locator("html")).to_have_attribute("lang", "de")


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_the_funding_line_is_seen_without_scrolling(open_page: OpenPage, options):
    page = open_page(**options)
    page.goto("/en/")

    expect(page.get_by_role("img", name="Flag of the European Union")).to_be_in_viewport()
    expect(page.get_by_text("Co-funded by the European Union")).to_be_in_viewport()


def test_the_emblem_is_not_smaller_than_the_mark(page: Page):
    page.goto("/en/")
    emblem = page.locator(".funding__emblem").bounding_box()
    mark = page.locator(".dots").bounding_box()

    assert emblem["width"] >= mark["width"]
    assert emblem["height"] >= mark["height"]


def test_names_on_the_map_are_legible_and_apart_at_every_width(page: Page):
    page.goto("/")
    page.evaluate("document.fonts.ready")
    for width in (320, 360, 480, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        names = page.locator(".map text:visible")
        boxes = [name.bounding_box() for name in names.all()]
        frame = page.locator(".map").bounding_box()

        assert len(boxes) == 10, width
        assert not [1 for at, a in enumerate(boxes) for b in boxes[at + 1 :] if cover(a, b)], width
        assert all(b["x"] + b["width"] <= frame["x"] + frame["width"] + 1 for b in boxes), width
        assert names.first.evaluate(LETTERS) >= 11, width


def cover(a: dict, b: dict) -> bool:
    """More than the empty room above and below the letters, which lines of text may share."""
    across = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])
    down = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])
    return across > 1 and down > 0.4 * a["height"]


def test_a_first_visit_is_light(page: Page):
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/", wait_until="networkidle")
    parts = {
        answer.url: len(gzip.compress(answer.body()))
        for answer in answers
        if "/fonts/" not in answer.url
    }

    assert any("site" in url and ".css" in url for url in parts)
    assert sum(parts.values()) <= BUDGET, parts


def test_targets_are_large_enough_for_a_thumb(phone: Page):
    phone.goto("/en/")
    phone.get_by_text("Menu", exact=True).tap()
    targets = phone.locator("header a:visible, header summary, .funding a, main .btn, footer a")
    small = [
        (target.inner_text(), target.bounding_box())
        for target in targets.all()
        if target.bounding_box()["height"] < 44
    ]

    assert not small


def test_errors_take_the_focus_and_lead_to_their_fields(page: Page):
    page.goto("/en/accounts/login/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    axe(page)
    summary.get_by_role("link").first.click()

    expect(page.locator("[name=login]")).to_be_focused()


def test_paper_carries_the_text_and_no_menu(page: Page):
    page.goto("/en/")
    page.emulate_media(media="print")

    expect(page.get_by_role("link", name="Sign in")).not_to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Co-funded by the European Union")).to_be_visible()


def test_a_field_that_has_the_focus_shows_it(page: Page):
    page.goto("/en/accounts/login/")
    field = page.get_by_label("Password", exact=True)
    expect(field).to_have_css("outline-style", "none")
    field.focus()
    expect(field).to_have_css("outline", "rgb(180, 67, 15) solid 3px")

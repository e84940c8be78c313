"""The browser of the tests notices what a visitor should never meet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import OpenPage, axe
from tests.support.pages import Watch, add_authenticator


@pytest.fixture
def watch(site: str) -> Watch:
    return Watch(site)


@pytest.fixture
def watched_page(browser: Browser, site: str, watch: Watch) -> Iterator[Page]:
    context = browser.new_context(base_url=site)
    context.on("page", watch.over)
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def test_the_home_page_gives_no_reason_to_complain(watched_page, watch):
    assert watch.faults == []


def test_inline_style_is_noticed(watched_page, watch):
    watched_page.evaluate("document.body.setAttribute('style', 'color: red')")

    [fault] = watch.faults
    assert "Content Security Policy" in fault


def test_a_script_error_is_noticed(watched_page, watch):
    watched_page.evaluate("setTimeout(() => { throw new Error('broken') })")
    watched_page.wait_for_function("() => true")

    assert watch.faults == ["script error: broken"]


def test_a_missing_file_is_noticed(watched_page, watch, site):
    watched_page.evaluate("fetch('/static/no-such-file.css')")

    assert watch.faults == [f"404 for {site}/static/no-such-file.css"]


def test_a_request_to_another_host_is_noticed(browser, site, watch):
    with browser.new_context(base_url=site, bypass_csp=True) as context:
        context.on("page", watch.over)
        page = context.new_page()
        page.goto("/")
        page.evaluate("fetch('http://127.0.0.1:1/').catch(() => null)")

    assert "request to another host: http://127.0.0.1:1/" in watch.faults


@pytest.mark.parametrize(
    ("here", "there", "faint"), [("light", "dark", "#333"), ("dark", "light", "#ddd")]
)
def test_words_too_faint_in_the_other_theme_are_not_accessible(
    open_page: OpenPage, here, there, faint
):
    page = open_page(color_scheme=here)
    page.goto("/accounts/login/")
    rule = f"@media (prefers-color-scheme: {there}) {{ h1 {{ color: {faint} }} }}"
    page.evaluate(
        """rule => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(rule);
            document.adoptedStyleSheets = [sheet];
        }""",
        rule,
    )

    with pytest.raises(AssertionError, match=f"color-contrast, {there}"):
        axe(page)
    assert page.evaluate(f"matchMedia('(prefers-color-scheme: {here})').matches")


def test_a_picture_without_alternative_text_is_not_accessible(watched_page):
    watched_page.evaluate("document.body.append(document.createElement('img'))")

    with pytest.raises(AssertionError, match="image-alt"):
        axe(watched_page)


def test_a_passkey_can_be_made(watched_page):
    add_authenticator(watched_page)

    made = watched_page.evaluate(
        """() => navigator.credentials.create({publicKey: {
            challenge: new Uint8Array(16), rp: {name: 'test'},
            user: {id: new Uint8Array(8), name: 'anna', displayName: 'Anna'},
            pubKeyCredParams: [{type: 'public-key', alg: -7}],
        }}).then(credential => credential.type)"""
    )

    assert made == "public-key"


def test_the_phone_is_one(phone):
    phone.goto("/")

    width, touch = phone.evaluate("[innerWidth, navigator.maxTouchPoints > 0]")
    assert (width, touch) == (360, True)

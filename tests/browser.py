"""Fixtures: the portal in a real Chromium.

    def test_a_citizen_joins(page):           # or: phone
        page.goto("/mitmachen/")
        page.get_by_label("E-Mail").fill("anna@example.org")
        ...
        axe(page)

A test fails when the page breaks the CSP, writes an error to the console, misses a file or asks
another host. A picture of the page where a test failed is in ``var/test/pictures``.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from portal import chromium, node
from portal.paths import VAR
from tests.support.pages import Watch, add_authenticator
from tests.support.pages import assert_accessible as axe

__all__ = ["add_authenticator", "axe"]

OpenPage = Callable[..., Page]

FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
    "user_agent": (
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/140.0.0.0 Mobile Safari/537.36"
    ),
}
# Each page is looked at by telephone, where most comes too close; at a desk by `script/chaos`.
on_each_device = pytest.mark.parametrize(
    "options",
    [
        pytest.param({**PHONE, "color_scheme": "dark"}, id="phone"),
        pytest.param({"color_scheme": "light"}, id="desk", marks=pytest.mark.chaos),
    ],
)
PATIENCE = 15_000
"""Milliseconds that Playwright waits for anything."""
PICTURES = VAR / "test" / "pictures"
outcome = pytest.StashKey[pytest.TestReport]()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright's own event loop runs in this thread, where Django then refuses queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    # Playwright's own Node needs a library that a minimal system doesn't have.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = node.program()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests of a process; every test has contexts of its own."""
    found = chromium.browser()
    running = playwright.chromium.launch(
        executable_path=found.program, args=FLAGS, env={**os.environ, **found.environment}
    )
    yield running
    running.close()


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """Address of the portal under test, which is also what its mails say."""
    settings.BASE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return str(live_server.url)


@pytest.fixture
def watch(site: str) -> Watch:
    """What no page of this test may do."""
    return Watch(site)


@pytest.fixture
def open_page(
    browser: Browser, site: str, watch: Watch, request: pytest.FixtureRequest
) -> Iterator[OpenPage]:
    """``open_page(java_script_enabled=False)``: another visitor; options of Playwright's context.

    Without options: 1280 pixels wide, German.
    """
    pages: list[Page] = []

    def open_one(**options: Any) -> Page:
        usual = {
            "viewport": {"width": 1280, "height": 900},
            "locale": "de-DE",
            "base_url": site,
            # What a desktop's browser lets a page do after a click.
            "permissions": ["clipboard-write"],
        }
        context = browser.new_context(**{**usual, **options})
        context.set_default_timeout(PATIENCE)
        context.on("page", watch.over)
        pages.append(context.new_page())
        return pages[-1]

    yield open_one
    take_pictures(request, pages)
    for page in pages:
        page.context.close()
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A visitor at a desk."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A visitor with a telephone."""
    return open_page(**PHONE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[outcome] = report
    return report


def take_pictures(request: pytest.FixtureRequest, pages: list[Page]) -> None:
    """Of a failed test, for whoever looks into it."""
    report = request.node.stash.get(outcome, None)
    if report is None or report.passed:
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages):
        if not page.is_closed():
            page.screenshot(path=PICTURES / f"{request.node.name}-{number}.png", full_page=True)

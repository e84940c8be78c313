"""Every page about meetings, practices and the plan to which links lead, looked at by axe."""

from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.urls import resolve
from playwright.sync_api import Page

from groups.models import Membership
from tests.browser import PHONE, OpenPage, axe
from tests.browsing.test_meetings import sign_in
from tests.support.pages import Watch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chaos]

BEGIN = ("/treffen/", "/praktiken/", "/praktiken/gaeste/", "/treffen/anwesenheit/", "/plan/")
ROOMS = ("/treffen/", "/praktiken/", "/dateien/", "/gast/", "/plan/", "/texte/")


@pytest.mark.parametrize("options", [{}, {**PHONE, "color_scheme": "dark"}], ids=["desk", "phone"])
def test_no_page_keeps_anybody_out(
    open_page: OpenPage, site: str, watch: Watch, settings, tmp_path, options: dict
) -> None:
    # Editors look for a live process, and there is none.
    watch.allowed = urlsplit(settings.LIVETEXT["ORIGIN"]).netloc
    settings.DEBUG = True  # for the demo
    settings.COORDINATION_ADDRESS = "koordination@solingen.example"
    settings.MEDIA_ROOT = tmp_path
    call_command("load_reference")
    call_command("load_demo")
    settings.DEBUG = False
    office = Membership.objects.filter(role="coordinator").select_related("user")[0].user
    page = sign_in(open_page(**options), office, site, settings)

    seen = crawl(page)

    assert len(seen) > 95, sorted(seen)


def crawl(page: Page) -> set[str]:
    """One page of each kind, which is the name of its address."""
    waiting, seen = list(BEGIN), set()
    while waiting:
        path = waiting.pop(0)
        kind = resolve(urlsplit(path).path).view_name
        if kind in seen or not is_page(page, path):
            continue
        seen.add(kind)
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        axe(page)
        waiting += links(page)
    return seen


def is_page(page: Page, path: str) -> bool:
    answer = page.request.get(path)
    assert answer.ok, path
    return answer.headers["content-type"].startswith("text/html")


def links(page: Page) -> list[str]:
    found = page.locator("main a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return [each for each in found if each.startswith(ROOMS)]

"""Files come into a plan in a browser: a document as sections, a table as actions."""

import base64

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from actionplan.models import Plan
from groups.services.accounts import enrol_totp
from in4green.livetext.importing import queue
from in4green.livetext.models import TextImport
from tests.actionplan.test_views_importing_actions import xlsx
from tests.browser import PHONE, OpenPage, axe
from tests.browsing.test_meetings import sign_in
from tests.factories import WorkingGroupFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.livetext.word_files import written
from tests.plan_factories import PlanFactory
from tests.support.uploads import picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(settings, tmp_path) -> Plan:
    settings.MEDIA_ROOT = tmp_path
    plan: Plan = PlanFactory(group=WorkingGroupFactory(slug=settings.DEFAULT_GROUP))
    return plan


@pytest.fixture
def phone(open_page: OpenPage, plan: Plan, site: str, settings) -> Page:
    coordinator = coordinator_of(plan.group, name="Erika Beispiel")
    enrol_totp(coordinator, SECRET)
    return sign_in(open_page(**PHONE), coordinator, site, settings)


def choose(page: Page, file) -> None:
    sent = {"name": file.name, "mimeType": file.content_type, "buffer": file.read()}
    page.get_by_label(_("File"), exact=True).set_input_files(sent)


def is_accessible_and_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)


def test_a_document_becomes_sections_and_a_table_actions(phone: Page, plan: Plan) -> None:
    source = base64.b64encode(picture(size=(1200, 600)).read()).decode()
    html = (
        f'<h1>Ziele</h1><p>Eins</p><h2>Klima</h2><p><img src="data:image/png;base64,{source}"></p>'
    )
    phone.goto(reverse("plan:import", args=[plan.slug]))
    choose(phone, written(html))
    phone.get_by_role("button", name=_("Read the file")).click()
    expect(phone.locator("[data-awaited]")).to_be_visible()

    queue.read_next(TextImport.objects.get().pk)  # as the worker does
    take = phone.get_by_role("button", name=_("Take over the chosen parts"))
    expect(take).to_be_visible(timeout=25_000)
    is_accessible_and_fits(phone)
    phone.get_by_label(_("What does the picture show?")).fill("Ein Ofen")
    take.click()
    expect(phone.get_by_role("link", name="Klima", exact=True)).to_be_visible()
    assert plan.sections.count() == 2

    phone.goto(reverse("plan:import_actions", args=[plan.slug]))
    choose(phone, xlsx(["Titel", "Kosten in Euro"], ["Kataster", 5], ["Netz", "=1+1"]))
    phone.get_by_role("button", name=_("Look what would happen")).click()
    take = phone.get_by_role("button", name=_("Take over the ticked rows"))
    expect(take).to_be_visible()
    is_accessible_and_fits(phone)
    take.click()
    expect(phone.get_by_role("link", name="Kataster").first).to_be_visible()

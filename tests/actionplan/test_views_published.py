"""Where strangers end who ask for plans: at the newest edition of each."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from actionplan import edition_demo
from actionplan.editions import comparing
from actionplan.editions.summing_up import sum_up
from actionplan.models import Plan
from tests.actionplan.publishing import publish
from tests.factories import MembershipFactory
from tests.plan_factories import PlanFactory

pytestmark = pytest.mark.django_db
ALL = "/plan/"


def test_strangers_who_ask_for_a_plan_read_its_newest_edition(client, plan, coordinator):
    publish(plan, coordinator)
    newest = publish(plan, coordinator).get_absolute_url()

    assert client.get(plan.get_absolute_url()).headers["Location"] == newest
    assert client.get(ALL).headers["Location"] == newest


def test_a_plan_that_was_never_published_is_for_its_group(client, plan, member):
    assert reverse("account_login") in client.get(plan.get_absolute_url()).headers["Location"]
    client.force_login(MembershipFactory().user)
    assert client.get(plan.get_absolute_url()).status_code == 404
    client.force_login(member)
    assert client.get(plan.get_absolute_url()).status_code == 200


def test_somebody_of_another_group_reads_the_newest_edition_too(client, plan, coordinator):
    edition = publish(plan, coordinator)
    client.force_login(MembershipFactory().user)

    assert client.get(plan.get_absolute_url()).headers["Location"] == edition.get_absolute_url()


def test_strangers_find_the_newest_edition_of_each_plan(client, plan, coordinator):
    nothing = client.get(ALL).content.decode()
    other = PlanFactory(group__city__name="Musterstadt")
    for one, title in ((plan, "Alt"), (plan, "Neu"), (other, "Anderer")):
        publish(one, coordinator, title=title)

    page = client.get(ALL).content.decode()

    assert "Noch ist kein Plan veröffentlicht" in nothing
    assert "Neu" in page
    assert "Anderer" in page
    assert "Musterstadt" in page
    assert "Alt</a>" not in page


def test_coordination_opens_a_plan_for_comments(desk, plan):
    page = desk.get(reverse("plan:edit", args=[plan.slug])).content.decode()

    assert 'name="takes_comments"' in page


def test_the_demo_has_two_editions_whose_difference_reads_right(settings, tmp_path):
    settings.DEBUG = True  # for the demo
    settings.COORDINATION_ADDRESS = "koordination@example.org"
    settings.MEDIA_ROOT = tmp_path
    call_command("load_reference", stdout=StringIO())
    call_command("load_demo", stdout=StringIO())

    first, second = Plan.objects.get().editions.order_by("number")
    old, new = (edition.content["in"]["de"] for edition in (first, second))
    summary = sum_up(old, new, comparing.compare(old, new))

    assert summary[0].startswith("1 Maßnahme entfallen (weil: In diesem Beispiel")
    assert summary[1] == "1 Maßnahme später"
    assert summary[2].startswith("Kosten um ")
    assert not edition_demo.load_demo(first.plan)

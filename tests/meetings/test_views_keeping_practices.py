"""Practices: entered by editors, reviewed and published by coordination."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.member_area import of_member, waiting_for
from groups.models import Membership
from in4green.activity.models import LogEntry
from meetings.models import Practice
from meetings.services.practices import set_state
from tests.factories import (
    MembershipFactory,
    PracticeFactory,
    SiteVisitFactory,
    TopicFactory,
)
from tests.meetings.desks import data_of_sheet

pytestmark = pytest.mark.django_db
LIST = "/praktiken/"


def new_practice(**fields) -> dict:
    return {"title": "Abwärme heizt das Bad", "written_in": "de", "figures": "1", **fields}


def edit(practice: Practice) -> str:
    return reverse("practices:edit", args=[practice.slug])


# --- Entering


def test_an_editor_enters_a_practice_with_a_figure(writer, group, member):
    sent = new_practice(city=group.city_id)
    sent |= {"figure-0-what": "Leistung", "figure-0-value": "17.5", "figure-0-unit": "MW"}

    response = writer.post(reverse("practices:new"), sent)

    practice = Practice.objects.get()
    assert response.url == f"/praktiken/{group.city.slug}-abwaerme-heizt-das-bad/"
    assert (practice.group, practice.state, practice.created_by) == (group, "draft", member)
    assert practice.figures.get().value == Decimal("17.5")
    assert LogEntry.objects.about(practice).get().action == "practices.entered"


def test_a_practice_begun_at_a_visit_is_linked_to_it(writer, group):
    visit = SiteVisitFactory(meeting__group=group)
    address = f"{reverse('practices:new')}?visit={visit.pk}"
    data = data_of_sheet(writer.get(address)) | {"title": "Gesehen"}

    writer.post(address, data)

    assert list(Practice.objects.get().visits.all()) == [visit]
    assert writer.get(f"{reverse('practices:new')}?visit=x").status_code == 404
    foreign = SiteVisitFactory()
    assert writer.get(f"{reverse('practices:new')}?visit={foreign.pk}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"links": "https://stadt.example\njavascript:alert(1)"}, "links"),
        ({"cost_from": "5", "cost_to": "4"}, "__all__"),
        ({"figure-0-what": "Leistung"}, "value"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(writer, group, wrong, field):
    sent = new_practice(city=group.city_id, problem="Zu viel Abwärme") | wrong

    response = writer.post(reverse("practices:new"), sent)

    forms = response.context["sheet"].forms
    assert [name for form in forms for name in form.errors] == [field]
    assert "Zu viel Abwärme" in response.content.decode()
    assert not Practice.objects.exists()


def test_whoever_saves_second_sees_both_and_loses_nothing(writer, group):
    one, two = TopicFactory(), TopicFactory()
    practice = PracticeFactory(group=group, problem="alt", cost_from=1)
    mine = data_of_sheet(writer.get(edit(practice))) | {"problem": "meins", "topics": [one.pk]}
    theirs = data_of_sheet(writer.get(edit(practice))) | {"problem": "ihres", "cost_from": "2.5"}
    assert writer.post(edit(practice), theirs).status_code == 302

    second = writer.post(edit(practice), mine)
    assert "ihres" in second.content.decode()
    assert writer.post(edit(practice), data_of_sheet(second)).status_code == 302

    practice.refresh_from_db()
    assert (practice.problem, practice.cost_from) == ("meins", Decimal("2.5"))
    assert list(practice.topics.all()) == [one] != [two]


def test_saving_without_a_change_changes_no_version(writer, group):
    practice = PracticeFactory(group=group, topics=[TopicFactory()], cost_from=5)

    writer.post(edit(practice), data_of_sheet(writer.get(edit(practice))))

    practice.refresh_from_db()
    assert practice.version == 1


@pytest.mark.parametrize("state", ["reviewed", "published"])
def test_editors_no_longer_change_what_was_reviewed(writer, group, state):
    practice = PracticeFactory(group=group, **{state: True})

    assert writer.get(edit(practice)).status_code == 403


def test_readers_enter_nothing(group):
    client = Client()
    reader = MembershipFactory(group=group, role=Membership.Role.READER).user
    client.force_login(reader)

    assert client.get(reverse("practices:new")).status_code == 403
    assert reverse("practices:new") not in client.get(LIST).content.decode()


# --- Reviewing


def test_coordination_reviews_publishes_and_takes_back(office, client, coordinator, group):
    practice = PracticeFactory(group=group, title="Fernwärme")
    address = reverse("practices:state", args=[practice.slug])

    def press(state):
        office.post(address, {"state": state})
        practice.refresh_from_db()
        return practice.state, client.get(practice.get_absolute_url()).status_code

    assert press("published") == ("draft", 404)  # nobody has reviewed it
    assert press("reviewed") == ("reviewed", 404)
    assert press("published") == ("published", 200)
    assert (practice.reviewed_by, practice.published_by) == (coordinator, coordinator)
    assert press("draft") == ("draft", 404)
    assert practice.published_at is None
    actions = LogEntry.objects.about(practice).order_by("pk").values_list("action", flat=True)
    assert list(actions) == [
        "practices.reviewed", "practices.published", "practices.taken_back"
    ]  # fmt: skip


def test_of_two_who_publish_at_once_the_second_is_told(coordinator, group):
    practice = PracticeFactory(group=group, reviewed=True)
    set_state(practice, "published", by=coordinator)

    with pytest.raises(ValidationError, match=str(_("Published"))):
        set_state(practice, "published", by=coordinator)


def test_only_coordination_changes_the_state_and_only_by_a_button(writer, office, group):
    practice = PracticeFactory(group=group)
    address = reverse("practices:state", args=[practice.slug])

    assert writer.post(address, {"state": "reviewed"}).status_code == 403
    assert office.get(address).status_code == 405
    assert office.post(address, {"state": "gone"}).status_code == 404
    assert writer.get(reverse("practices:queue")).status_code == 403


def test_coordination_sees_what_waits_in_its_area_and_queue(office, coordinator, group):
    waiting = PracticeFactory(group=group, title="Wartet")
    PracticeFactory(group=group, published=True)
    PracticeFactory()

    tasks = [task.url for task in waiting_for(coordinator, of_member(coordinator))]
    page = office.get(reverse("practices:queue"))

    assert reverse("practices:queue") in tasks
    assert list(page.context["practices"]) == [waiting]

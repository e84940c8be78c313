"""Practices: looked for and read by everybody."""

from decimal import Decimal
from html import unescape

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Answer, Practice
from meetings.searching import remember_words
from tests.factories import (
    CityFactory,
    LessonFactory,
    MeetingFactory,
    PracticeFactory,
    SiteVisitFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/praktiken/"


def titles(client, **found) -> list[str]:
    response = client.get(LIST, found)
    shown = response.context["practices"] or response.context.get("instead") or []
    return [practice.title for practice in shown]


def edit(practice: Practice) -> str:
    return reverse("practices:edit", args=[practice.slug])


# --- Looking for one


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_many_as_for_one(
    client, group, count, django_assert_num_queries
):
    for _n in range(count):
        PracticeFactory(group=group, published=True, topics=[TopicFactory()])
    client.get(LIST)

    with django_assert_num_queries(5):
        response = client.get(LIST)

    assert len(response.context["practices"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_practice_asks_as_often_for_many_lessons_as_for_one(
    client, group, count, django_assert_num_queries
):
    practice = PracticeFactory(group=group, published=True, topics=[TopicFactory()])
    LessonFactory.create_batch(count, practice=practice, is_public=True)
    practice.visits.set([SiteVisitFactory(meeting__group=group) for _n in range(count)])
    client.get(practice.get_absolute_url())

    with django_assert_num_queries(8):
        client.get(practice.get_absolute_url())


def test_strangers_find_published_practices_alone(client, group):
    PracticeFactory(group=group, title="Entwurf")
    PracticeFactory(group=group, title="Fertig", published=True)

    assert titles(client) == ["Fertig"]


def test_members_find_the_drafts_of_their_group_too(writer, group):
    PracticeFactory(group=group, title="Entwurf")
    PracticeFactory(title="Fremder Entwurf")

    assert titles(writer) == ["Entwurf"]


@pytest.mark.parametrize(
    ("cost", "expected"),
    [("10k", {"klein"}), ("100k", {"mittel"}), ("1m", {"mittel"}), ("more", set()), ("?", 3)],
)
def test_practices_are_narrowed_by_cost(client, group, cost, expected):
    PracticeFactory(group=group, published=True, title="unbekannt")
    PracticeFactory(group=group, published=True, title="klein", cost_from=5000)
    PracticeFactory(group=group, published=True, title="mittel", cost_from=50_000, cost_to=200_000)

    found = titles(client, cost=cost)

    assert len(found) == expected if isinstance(expected, int) else set(found) == expected


def test_practices_are_narrowed_by_topic_city_and_language(client, group):
    topic, city = TopicFactory(), CityFactory()
    PracticeFactory(
        group=group, published=True, title="dort", city=city, topics=[topic], languages=["pl"]
    )
    PracticeFactory(group=group, published=True, title="hier", written_in="en")

    assert titles(client, topic=topic.slug) == ["dort"]
    assert titles(client, city=city.slug) == ["dort"]
    assert titles(client, language="pl") == ["dort"]
    assert titles(client, language="en") == ["hier"]


def test_a_typo_shows_what_was_meant_and_what_is_found_then(client, group):
    practice = PracticeFactory(group=group, published=True, title="Müllheizkraftwerk")
    remember_words(practice)

    page = unescape(client.get(LIST, {"q": "Mülheitzkraftwerk"}).content.decode())

    assert _("Did you mean") in page
    assert practice.get_absolute_url() in page


def test_nothing_is_asked_back_while_the_words_find_enough(client, group):
    for _n in range(3):
        remember_words(PracticeFactory(group=group, published=True, title="Speicher Speichern"))

    response = client.get(LIST, {"q": "Speichers"})

    assert len(response.context["practices"]) == 3
    assert response.context["meant"] == ""


# --- Reading one


def test_the_way_from_the_visit_to_the_lesson_is_followed_both_ways(client, group):
    meeting = MeetingFactory(group=group, published=True, title="Treffen hier")
    visit = SiteVisitFactory(meeting=meeting, name="Heizwerk")
    practice = PracticeFactory(group=group, published=True, title="Fernwärme", visits=[visit])
    lesson = LessonFactory(practice=practice, is_public=True)

    page = client.get(practice.get_absolute_url()).content.decode()
    back = client.get(meeting.get_absolute_url()).content.decode()

    assert f'href="{meeting.get_absolute_url()}"' in page
    assert f'href="{meeting.get_absolute_url()}#visit-{visit.pk}"' in page
    assert f'href="{lesson.get_absolute_url()}"' in page
    assert f'id="lesson-{lesson.pk}"' in page
    assert f'href="{practice.get_absolute_url()}"' in back


def test_strangers_see_neither_inner_meetings_nor_inner_lessons(client, group):
    visit = SiteVisitFactory(meeting=MeetingFactory(group=group, title="Nur für uns"))
    practice = PracticeFactory(group=group, published=True, visits=[visit])
    LessonFactory(practice=practice, because="Noch zu klären.")

    page = client.get(practice.get_absolute_url()).content.decode()

    assert "Nur für uns" not in page
    assert "Noch zu klären." not in page


def test_a_contact_is_public_only_once_the_person_has_agreed(client, writer, group):
    practice = PracticeFactory(
        group=group, published=True, contact_name="Ina Muster", contact_address="ina@stadt.example"
    )
    addresses = [practice.get_absolute_url(), "/praktiken/practices.json"]
    addresses += ["/praktiken/practices.csv", "/praktiken/feed.atom"]

    def told(who):
        pages = [b"".join(who.get(address)).decode() for address in addresses]
        return ["Ina Muster" in page or "ina@stadt" in page for page in pages]

    assert told(client) == [False, False, False, False]
    assert "Ina Muster" in writer.get(practice.get_absolute_url()).content.decode()
    Practice.objects.update(contact_agreed=True)
    assert told(client) == [True, True, True, False]


def test_programs_read_published_practices_with_figures_and_costs(client, group):
    practice = PracticeFactory(group=group, published=True, cost_from=Decimal("2300000"))
    practice.figures.create(what="Leistung", value=Decimal("17.5"), unit="MW", year=2020)
    PracticeFactory(group=group)

    (read,) = client.get("/praktiken/practices.json").json()["practices"]

    assert read["figures"] == [{"what": "Leistung", "value": "17.5", "unit": "MW", "year": 2020}]
    page = unescape(client.get(practice.get_absolute_url()).content.decode())
    assert "17,5 MW" in page
    assert "2.300.000 €" in page


def test_programs_read_the_lessons_that_are_shown(client, group):
    practice = PracticeFactory(group=group, published=True)
    lesson = LessonFactory(practice=practice, is_public=True, because="Es fehlt ein Netz.")
    LessonFactory(practice=practice, because="Nur für uns.")

    (read,) = client.get("/praktiken/practices.json").json()["practices"]
    table = b"".join(client.get("/praktiken/practices.csv")).decode()

    assert [one["because"] for one in read["lessons"]] == ["Es fehlt ein Netz."]
    assert f"{lesson.get_absolute_url()}" in table
    assert "Nur für uns." not in table


def test_what_is_not_known_yet_is_named_in_one_line(client, group):
    practice = PracticeFactory(group=group, published=True, problem="Zu viel Abwärme")

    response = client.get(practice.get_absolute_url())

    page = unescape(response.content.decode())
    assert _("The solution") in response.context["unknown"]
    assert _("The problem") not in response.context["unknown"]
    assert f"{_('The solution')} · " in page


def test_a_foreign_draft_is_not_there(writer):
    practice = PracticeFactory()

    assert writer.get(practice.get_absolute_url()).status_code == 404
    assert writer.get(edit(practice)).status_code == 404


def test_the_demo_lets_a_newcomer_go_from_solingen_to_the_lesson(client, settings):
    settings.COORDINATION_ADDRESS = "koordination@solingen.example"
    settings.DEBUG = True
    call_command("load_reference")
    call_command("load_demo")
    call_command("load_demo")

    way = ["/treffen/2024-solingen/", "/praktiken/solingen-strom-und-fernwaerme-aus-restmuell/"]
    pages = [client.get(address).content.decode() for address in way]

    assert f'href="{way[1]}"' in pages[0]
    lesson = Practice.objects.get(title__startswith="Strom").lessons.get()
    assert f'href="{lesson.get_absolute_url()}"' in pages[1]
    assert Practice.objects.waiting().count() == 1
    assert Answer.objects.waiting().get().guest_link.practices.exists()

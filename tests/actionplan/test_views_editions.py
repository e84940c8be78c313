"""Editions as the public reads, compares and takes them away, and how they are published."""

import re
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from actionplan.models import Edition, EditionFile
from actionplan.services import editions
from groups.models import User
from tests.actionplan.publishing import publish, write, written
from tests.factories import MembershipFactory
from tests.livetext.writing import node, p
from tests.plan_factories import ActionFactory, PlanFactory, SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(plan, coordinator) -> Edition:
    section = written(plan, p("Die Lage ist gut."), by=coordinator, title="Lage")
    written(plan, p("Eins"), p("Zwei"), by=coordinator, title="Ort", parent=section)
    ActionFactory(plan=plan, title="Solardach", summary="Kurz gesagt")
    return publish(plan, coordinator, note="Alles ist neu.")


def page_of(client, edition, **headers):
    answer = client.get(edition.get_absolute_url(), headers=headers)
    return answer, unescape(answer.content.decode())


def test_a_stranger_reads_the_whole_edition(client, edition):
    answer, page = page_of(client, edition)

    assert answer.status_code == 200
    for words in ("Unser Plan", "Die Lage ist gut.", "1.1", "Ort", "Solardach", "Alles ist neu."):
        assert words in page
    assert page.count("<h1") == 1
    assert edition.sha256 in page
    assert 'name="robots"' not in page
    assert "<script" not in page


def test_its_address_is_the_plans_name_and_the_number(edition):
    slug = edition.plan.slug

    assert edition.get_absolute_url() == f"/plan/{slug}/ausgaben/1/"
    with translation.override("en"):
        assert edition.get_absolute_url() == f"/en/plan/{slug}/editions/1/"


def test_every_paragraph_has_an_address_that_its_words_keep(client, plan, coordinator, edition):
    _, page = page_of(client, edition)
    signs = dict(re.findall(r'href="#(s\d+-\w+)">([\d.-]+)</a>', page))
    written(plan, p("Neu davor"), by=coordinator, title="Davor", position=0)
    again = page_of(client, publish(plan, coordinator))[1]

    assert sorted(signs.values()) == ["1-1", "1.1-1", "1.1-2"]
    assert all(f'id="{place}"' in page for place in signs)
    assert all(f'id="{place}"' in again for place in signs)


def test_paragraphs_with_the_same_words_have_addresses_of_their_own(client, plan, coordinator):
    written(plan, p("Gleich"), p("Gleich"), by=coordinator)
    _, page = page_of(client, publish(plan, coordinator))

    places = re.findall(r'class="passage" id="([^"]+)"', page)
    assert len(places) == len(set(places)) == 2


def test_headings_of_a_text_stand_below_that_of_its_section(client, plan, coordinator):
    top = written(plan, node("heading", "Innen", level=2), by=coordinator, title="Oben")
    written(plan, node("heading", "Tief", level=3), by=coordinator, title="Unten", parent=top)
    _, page = page_of(client, publish(plan, coordinator))

    assert "<h3>Innen</h3>" in page
    assert "<h5>Tief</h5>" in page
    assert re.search(r"<h2 id=[^<]+<span[^>]*>1</span>\s+Oben", page)
    assert re.search(r"<h3 id=[^<]+<span[^>]*>1\.1</span>\s+Unten", page)


def test_the_contents_lead_to_every_section_and_action(client, edition):
    _, page = page_of(client, edition)

    contents = page.partition('class="edition__contents"')[2].partition("</nav>")[0]
    for target in re.findall(r'href="#([^"]+)"', contents):
        assert f'id="{target}"' in page
    assert [" ".join(row.split()) for row in re.findall(r"<a [^>]+>([^<]+)</a>", contents)] == [
        "1 Lage", "1.1 Ort", "Maßnahmen", f"{edition.plan.actions.get()}",
    ]  # fmt: skip


def test_what_people_typed_is_never_part_of_the_page_itself(client, plan, coordinator):
    bad = "<script>alert(1)</script>"
    written(plan, p(bad), by=coordinator, title=bad)
    ActionFactory(plan=plan, title=bad, dropped_because=bad)
    answer = client.get(publish(plan, coordinator, title=bad, note=bad).get_absolute_url())

    assert b"<script" not in answer.content


def test_all_actions_stand_where_the_text_asks_for_them(client, plan, coordinator):
    ActionFactory(plan=plan, title="Solardach")
    written(plan, node("liveTable", table="action_sheets"), p("Danach"), by=coordinator)
    _, page = page_of(client, publish(plan, coordinator))

    assert 'id="actions"' not in page
    assert page.index('id="m') < page.index("Danach</p>")


def test_a_dropped_action_says_why(client, plan, coordinator):
    ActionFactory(plan=plan, dropped_at=timezone.now(), dropped_because="zu teuer")

    assert "Entfallen. zu teuer" in page_of(client, publish(plan, coordinator))[1]


def test_who_reads_english_gets_the_translation_or_is_told_that_there_is_none(
    client, plan, coordinator, edition
):
    with translation.override("en"):
        untranslated = page_of(client, edition)[1]
        lage = plan.sections.get(title="Lage")
        written(plan, p("All is well."), by=coordinator, language="en", of=lage)
        translated = page_of(client, publish(plan, coordinator))[1]

    assert "This edition has not been translated. You read it in Deutsch." in untranslated
    assert 'class="edition__text" lang="de"' in untranslated
    assert "All is well." in translated
    assert "This section has not been translated." in translated
    assert "This edition can be read in German and in English" in translated


def test_an_older_edition_names_the_newer_one_and_each_leads_to_its_neighbours(
    client, plan, coordinator, edition
):
    second = publish(plan, coordinator)
    third = publish(plan, coordinator)

    first_page, second_page, third_page = (
        page_of(client, one)[1] for one in (edition, second, third)
    )

    assert f'Es gibt eine neuere Ausgabe: <a href="{third.get_absolute_url()}">' in first_page
    assert "neuere Ausgabe" not in third_page
    for neighbour in (edition, third):
        assert f'href="{neighbour.get_absolute_url()}"' in second_page
    assert reverse("plan:compare_editions", args=[plan.slug, 1, 2]) in second_page


def test_it_can_be_cited(client, edition, settings):
    settings.BASE_URL = "https://example.org"
    editions.draw(edition)

    _, page = page_of(client, edition)

    assert "Unser Plan. Ausgabe 1, " in page
    assert f"https://example.org{edition.get_absolute_url()}" in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_stranger_costs_two_queries_and_the_next_one_none(
    client, plan, coordinator, count, django_assert_num_queries
):
    for _ in range(count):
        written(plan, p("Text"), by=coordinator)
        ActionFactory(plan=plan)
        edition = publish(plan, coordinator)

    with django_assert_num_queries(2):  # its mark, to see later whether it is still so
        page_of(client, edition)
    with django_assert_num_queries(0):  # kept
        page_of(client, edition)


def test_for_a_member_the_page_asks_once_too(client, member, edition, django_assert_num_queries):
    client.force_login(member)
    page_of(client, edition)

    with django_assert_num_queries(4):  # session, user, whether a second factor is due; edition
        page_of(client, edition)


def test_whoever_has_the_page_already_is_told_so(client, edition):
    first, _ = page_of(client, edition)

    again, body = page_of(client, edition, **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, body) == (304, "")
    assert "Last-Modified" in first.headers


def test_an_edition_that_does_not_exist_is_not_found(client, edition):
    slug = edition.plan.slug
    addresses = [
        reverse("plan:edition", args=[slug, 2]),
        reverse("plan:edition", args=["x", 1]),
        reverse("plan:compare_editions", args=[slug, 1, 2]),
    ]

    assert [client.get(address).status_code for address in addresses] == [404] * 3


def test_a_plan_without_an_edition_does_not_exist_for_strangers(client, plan, member):
    address = reverse("plan:editions", args=[plan.slug])

    assert client.get(address).status_code == 404
    client.force_login(member)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_all_editions_are_listed_with_what_is_new(
    client, plan, coordinator, count, django_assert_num_queries
):
    for number in range(count):
        publish(plan, coordinator, note=f"Neues {number}")

    with django_assert_num_queries(2):
        page = client.get(reverse("plan:editions", args=[plan.slug])).content.decode()

    assert page.count("Neues") == count
    assert "veroeffentlichen" not in page


def test_a_file_is_given_out_under_a_name_that_says_what_it_is(client, edition, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = EditionFile(edition=edition, format="pdf", language="de", size=4, sha256="a" * 64)
    row.file.save("plan.pdf", ContentFile(b"%PDF"))

    _, page = page_of(client, edition)
    answer = client.get(row.get_absolute_url())

    assert row.get_absolute_url() in page
    assert '<a href="#files">PDF, Word und andere</a>' in page
    assert "a" * 64 in page
    assert b"".join(answer.streaming_content) == b"%PDF"
    assert answer.headers["Content-Type"] == "application/pdf"
    name = f"{edition.plan.slug}-1-de.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert client.get(row.get_absolute_url().replace("pdf", "odt")).status_code == 404


def test_two_editions_are_compared_in_words_and_word_by_word(client, plan, coordinator, edition):
    section = plan.sections.get(title="Lage")
    write(section.texts.get().text, p("Die Lage ist sehr gut."), by=coordinator)
    SectionFactory(plan=plan, title="Neues")
    ActionFactory(plan=plan, title="Windrad")
    publish(plan, coordinator)
    address = reverse("plan:compare_editions", args=[plan.slug, 1, 2])

    page = unescape(client.get(address).content.decode())

    summary = "1 Maßnahme neu, 1 Abschnitt neu, 1 Abschnitt umgeschrieben, 1 Wort geändert."
    assert summary in " ".join(page.split())
    assert "Windrad" in page
    assert re.search(r"<ins><span[^>]*>eingefügt: </span>\s*sehr", page)
    back = client.get(reverse("plan:compare_editions", args=[plan.slug, 2, 1]))
    assert back.headers["Location"] == address


def publishing(plan):
    return reverse("plan:publish", args=[plan.slug])


def listed(page):
    """Its words and lists, without the links in them."""
    plain = re.sub(r"\s*</?a( [^>]*)?>\s*", "", " ".join(unescape(page).split()))
    return plain.replace("<li> ", "<li>").replace(" </li>", "</li>")


def test_what_is_missing_is_named_in_the_language_of_whoever_reads(desk, plan):
    SectionFactory(plan=plan, title="Leer", title_en="Empty")
    action = ActionFactory(plan=plan, title="Windrad", title_en="Wind wheel")
    desk.cookies["django_language"] = "en"

    with translation.override("en"):
        page = listed(desk.get(publishing(plan)).content.decode())

    assert "has been written:</h3> <ul> <li>1 Empty</li>" in page
    assert f"<li>{action.number} Wind wheel: when, who leads it" in page


def test_coordination_publishes_after_reading_what_is_missing(desk, plan, coordinator):
    written(plan, p("Die Lage"), by=coordinator, title="Lage")
    SectionFactory(plan=plan, title="Leer")
    action = ActionFactory(plan=plan)

    page = desk.get(publishing(plan)).content.decode()
    answer = desk.post(publishing(plan), {"title": "Erste", "after": 0}, follow=True)

    words = listed(page)
    assert "noch nicht abgestimmt:</h3> <ul> <li>1 Lage</li>" in words
    assert "steht noch nichts:</h3> <ul> <li>2 Leer</li>" in words
    assert f"<li>{action}: wann, wer sie leitet, was sie kostet" in words
    for place in (*plan.sections.all(), action):
        assert f'<a href="{place.get_absolute_url()}">' in page
    assert answer.redirect_chain[-1][0] == Edition.objects.get().get_absolute_url()
    assert "Ausgabe 1 ist veröffentlicht." in answer.content.decode()


def test_what_is_older_or_not_translated_is_said_once_somebody_has_begun(desk, plan, coordinator):
    lage = written(plan, p("Die Lage"), by=coordinator, title="Lage")
    written(plan, p("Die Ziele"), by=coordinator, title="Ziele")

    assert "nicht übersetzt" not in desk.get(publishing(plan)).content.decode()
    written(plan, p("Context"), by=coordinator, language="en", of=lage)
    lage.texts.filter(language="en").update(matches_epoch=1, matches_seq=0)
    words = listed(desk.get(publishing(plan)).content.decode())

    assert "ist älter als das Original:</h3> <ul> <li>1 Lage</li>" in words
    assert "sind nicht übersetzt:</h3> <ul> <li>2 Ziele</li>" in words


def test_who_publishes_after_somebody_else_keeps_his_words_and_is_told(desk, plan, coordinator):
    publish(plan, coordinator)
    typed = {"title": "Meine Ausgabe", "note": "Meine Worte", "after": 0}

    answer = desk.post(publishing(plan), typed)

    page = unescape(answer.content.decode())
    assert "Erika Beispiel hat inzwischen Ausgabe 1 veröffentlicht." in page
    assert "Meine Ausgabe" in page
    assert "Meine Worte" in page
    assert 'name="after" value="1"' in page
    assert plan.editions.count() == 1


def test_without_a_title_nothing_is_published(desk, plan):
    answer = desk.post(publishing(plan), {"title": " ", "after": 0})

    assert answer.status_code == 200
    assert not Edition.objects.exists()


@pytest.mark.parametrize("role", ["stranger", "member", "foreign"])
def test_only_coordination_publishes(client: Client, plan, member: User, role):
    if role != "stranger":
        client.force_login(member if role == "member" else MembershipFactory().user)

    typed = {"title": "x", "after": 0}
    answers = [client.get(publishing(plan)), client.post(publishing(plan), typed)]

    expected = {"stranger": 302, "member": 403, "foreign": 404}[role]
    assert [answer.status_code for answer in answers] == [expected] * 2
    assert not Edition.objects.exists()


def test_an_edition_of_another_plan_is_not_listed(client, coordinator, plan, edition):
    other = PlanFactory(group=plan.group)
    publish(other, coordinator, title="Ganz anderer Plan")

    page = client.get(reverse("plan:editions", args=[plan.slug])).content.decode()

    assert "Ganz anderer Plan" not in page

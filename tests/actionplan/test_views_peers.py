"""What people of another city do behind their link, and what they can't."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplan.models import PeerLink, Statement
from actionplan.services import reviewing, statements
from in4green.livetext.document import crdt
from in4green.livetext.images import take_in
from in4green.livetext.services import edit
from tests.actionplan.reviews import peer_of, review_of, say
from tests.factories import CityFactory
from tests.livetext.writing import doc, p, text
from tests.plan_factories import ActionFactory, SectionFactory, SectionTextFactory
from tests.support.uploads import picture

pytestmark = pytest.mark.django_db


def write(row, content, *, by):
    edit(row.text, lambda document: crdt.replace(document, content), by=by)


@pytest.fixture
def section(plan, coordinator):
    row = SectionTextFactory(section__plan=plan, section__title="Ausgangslage")
    write(row, doc(p(text("Wir haben viel Abwärme."))), by=coordinator)
    return row.section


@pytest.fixture
def link(section, coordinator):
    review = review_of(section.plan, by=coordinator, sections=[section], words="Ist das machbar?")
    return peer_of(review, by=coordinator, city=CityFactory(language="de"))


def page(link, name="review", *args, token=None):
    return reverse(f"plan:peer_{name}", args=[link.pk, token or link.token, *args])


def said(form, **fields):
    return {
        "token": str(form["token"].value()), "name": "Ana Ejemplo", "position": "against",
        "reasons": "Zu wenig Zahlen.", **fields,
    }  # fmt: skip


def test_a_peer_reads_a_section_and_comments_below_it_once(client, link, section):
    home = client.get(page(link)).content.decode()
    assert "Ausgangslage" in home
    assert "Ist das machbar?" in home
    response = client.get(page(link, "section", section.pk))
    assert "Wir haben viel Abwärme." in response.content.decode()

    for _click in range(2):
        answer = client.post(page(link, "section", section.pk), said(response.context["form"]))
    assert answer.url == f"{page(link)}?saved"

    statement = Statement.objects.get()
    assert (statement.section, statement.link, statement.author) == (section, link, None)
    assert statement.who == f"Ana Ejemplo, {link.city}"
    assert "Zu wenig Zahlen." in client.get(page(link)).content.decode()


def test_a_peer_comments_on_the_whole_corrects_it_and_finishes(client, link):
    form = client.get(page(link, "whole")).context["form"]
    client.post(page(link, "whole"), said(form))
    statement = Statement.objects.get()
    client.post(page(link, "statement", statement.pk), {"position": "for", "reasons": "Doch gut."})
    client.get(page(link, "done"))
    assert PeerLink.objects.get().answered_at is None  # programs follow links
    client.post(page(link, "done"))

    statement.refresh_from_db()
    assert (statement.about, statement.position, statement.reasons) == ("", "for", "Doch gut.")
    assert PeerLink.objects.get().answered_at is not None


def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, link, section):
    form = client.get(page(link, "section", section.pk)).context["form"]
    answer = client.post(page(link, "section", section.pk), said(form, name="", position=""))

    words = answer.content.decode()
    assert "Zu wenig Zahlen." in words
    assert words.count("Bitte füllen Sie dieses Feld aus.") >= 2
    assert not Statement.objects.exists()


def test_a_peer_sees_nothing_else_of_the_group(client, link, plan, coordinator, member):
    other = SectionTextFactory(section__plan=plan, section__title="Geheimes").section
    say(link.review, member, reasons="Unter uns.")
    theirs = say(link.review, link=peer_of(link.review, by=coordinator), name="Bela Beispiel")
    own = say(link.review, link=link, name="Ana Ejemplo")
    statements.answer(own, verdict="not", reply="Das geht nicht.", by=coordinator)

    home = client.get(page(link)).content.decode()

    assert "Das geht nicht." in home
    for hidden in ("Geheimes", "Unter uns.", "Bela Beispiel", str(coordinator), str(member)):
        assert hidden not in home
    assert client.get(page(link, "section", other.pk)).status_code == 404
    assert client.get(page(link, "statement", theirs.pk)).status_code == 404
    assert client.post(page(link, "section", other.pk), {}).status_code == 404


def test_tables_in_the_text_name_nobody_of_the_group(client, link, section, coordinator, member):
    ActionFactory(plan=section.plan, title="Wärmekarte", lead_member=member)
    table = {"type": "liveTable", "attrs": {"table": "action_sheets"}}
    write(section.texts.get(), doc(p(text("Siehe:")), table), by=coordinator)

    words = client.get(page(link, "section", section.pk)).content.decode()

    assert "Wärmekarte" in words
    assert str(member) not in words


def test_pictures_are_those_of_the_texts_under_review(client, link, section, plan, coordinator):
    row = section.texts.get()
    other = SectionTextFactory(section__plan=plan)
    shown, hidden = (take_in(one.text, picture(), by=coordinator) for one in (row, other))
    image = {"type": "image", "attrs": {"src": shown.get_absolute_url(), "alt": "Karte"}}
    write(row, doc(p(text("Siehe:")), image), by=coordinator)

    address = page(link, "picture", shown.pk)
    assert address in client.get(page(link, "section", section.pk)).content.decode()
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert client.get(page(link, "picture", hidden.pk)).status_code == 404


def test_a_section_that_is_gone_does_not_open_the_rest(client, link, section, plan):
    SectionFactory(plan=plan, title="Geheimes")
    section.texts.all().delete()
    section.delete()

    assert "Geheimes" not in client.get(page(link)).content.decode()


def test_the_text_is_read_in_the_language_of_the_link_where_it_is_there(
    client, link, section, coordinator
):
    english = SectionTextFactory(section=section, language="en")
    PeerLink.objects.update(language="en")
    assert (
        "Wir haben viel Abwärme." in client.get(page(link, "section", section.pk)).content.decode()
    )

    write(english, doc(p(text("Much heat is lost."))), by=coordinator)

    words = client.get(page(link, "section", section.pk)).content.decode()
    assert "Much heat is lost." in words
    assert 'lang="en"' in words


def test_nothing_asks_for_a_cookie_is_kept_or_tells_the_address(client, link, section):
    for name, *more in (("review",), ("section", section.pk), ("whole",)):
        answer = client.get(page(link, name, *more))
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert not answer.cookies


@pytest.mark.parametrize(
    ("state", "status", "told"),
    [
        ("expired", 410, "Dieser Link ist abgelaufen"),
        ("revoked", 410, "Dieser Link wurde zurückgezogen"),
        ("closed", 200, "Diese Durchsicht ist beendet"),
        ("forged", 404, "Dieser Link ist nicht gültig"),
    ],
)
def test_a_link_that_opens_nothing_says_so_and_gives_back_what_was_typed(
    link, coordinator, section, state, status, told
):
    sent = {"token": str(uuid.uuid4()), "name": "Ana", "reasons": "Das ist mir wichtig."}
    token = "x" * 32 if state == "forged" else None
    if state == "closed":
        reviewing.close(link.review, by=coordinator)
    elif state != "forged":
        field = {"expired": "expires_at", "revoked": "revoked_at"}[state]
        PeerLink.objects.update(**{field: timezone.now() - timedelta(days=1)})

    answer = Client().post(page(link, "section", section.pk, token=token), sent)

    words = answer.content.decode()
    assert (answer.status_code, told in words) == (status, True)
    assert "Das ist mir wichtig." in words
    assert sent["token"] not in words
    assert not Statement.objects.exists()


def test_a_link_that_is_asked_too_often_asks_to_wait(client, link, settings):
    settings.ACTIONPLAN = {**settings.ACTIONPLAN, "PEER_REQUESTS_PER_HOUR": 1}
    client.get(page(link))

    answer = client.get(page(link))

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "3600"


def test_the_last_use_is_remembered(client, link):
    client.get(page(link))

    link.refresh_from_db()
    assert timezone.now() - link.used_at < timedelta(minutes=1)


# --- Coordination's side of it


def own_page(link):
    return reverse("plan:peer_link", args=[link.review.plan.slug, link.review.pk, link.pk])


def test_coordination_sends_renews_and_withdraws_a_link(desk, link):
    shown = desk.get(own_page(link)).content.decode()
    assert link.token in shown

    desk.post(own_page(link), {"action": "send", "address": "ana@example.org", "words": ""})
    link.refresh_from_db()
    assert link.address == "ana@example.org"

    until = (timezone.localdate() + timedelta(days=5)).isoformat()
    desk.post(own_page(link), {"action": "renew", "until": until})
    link.refresh_from_db()
    assert link.generation == 2

    desk.post(own_page(link), {"action": "withdraw"})
    link.refresh_from_db()
    assert link.state == "revoked"


def test_what_is_wrong_with_a_form_of_the_link_is_said(desk, link):
    answer = desk.post(own_page(link), {"action": "send", "address": "kein Ort", "words": "Hallo"})

    assert answer.status_code == 200
    assert "kein Ort" in answer.content.decode()
    assert desk.post(own_page(link), {"action": "nonsense"}).status_code == 404


def test_members_do_not_see_the_address_of_a_city(client, link, member):
    client.force_login(member)

    assert client.get(own_page(link)).status_code == 403

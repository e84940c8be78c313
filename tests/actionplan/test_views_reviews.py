"""Pages of a review: asking, saying something, answering, closing."""

import uuid

import pytest
from django.urls import reverse

from actionplan.models import Review, Statement
from actionplan.services import reviewing
from tests.actionplan.reviews import in_days, peer_of, review_of, say
from tests.factories import CityFactory, MembershipFactory
from tests.meetings.desks import signed_in
from tests.plan_factories import SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(plan, coordinator):
    return review_of(plan, by=coordinator)


def page(review, name="review", *args):
    return reverse(f"plan:{name}", args=[review.plan.slug, review.pk, *args])


def read(client, address) -> str:
    return client.get(address).content.decode()


def test_coordination_asks_all_members_and_a_city_about_a_section(desk, plan, member, reader):
    top = SectionFactory(plan=plan)
    SectionFactory(plan=plan, parent=top, title="Teil davon")
    SectionFactory(plan=plan, title="Nicht gefragt")
    city = CityFactory()
    sent = {
        "due_on": in_days(10).isoformat(),
        "everybody": "on",
        "cities": [city.pk],
        "sections": [top.pk],
        "words": "Bitte.",
    }

    answer = desk.post(reverse("plan:new_review", args=[plan.slug]), sent)

    review = Review.objects.get()
    assert answer.url == review.get_absolute_url()
    assert (review.is_whole, list(review.sections.all())) == (False, [top])
    assert review.requests.count() == 3  # coordination is a member, too
    assert [link.city for link in review.peers.all()] == [city]
    said = read(desk, answer.url)
    assert "Teil davon" in said
    assert "Nicht gefragt" not in said
    assert "der Link ist noch nicht verschickt" in said


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"everybody": ""}, "Bitte sagen Sie, wer gefragt wird"),
        ({"due_on": "2020-01-01"}, "von heute bis in einem Jahr"),
        ({"due_on": ""}, "Bitte füllen Sie dieses Feld aus."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(desk, plan, changed, told):
    sent = {"due_on": in_days(3).isoformat(), "everybody": "on", "words": "Meine Worte", **changed}

    answer = desk.post(reverse("plan:new_review", args=[plan.slug]), sent)

    said = answer.content.decode()
    assert told in said
    assert "Meine Worte" in said
    assert not Review.objects.exists()


def test_more_are_asked_and_the_day_moves(desk, review, member):
    sent = {"due_on": in_days(20).isoformat(), "people": [member.pk]}

    assert desk.post(page(review, "ask_more"), sent).url == review.get_absolute_url()

    review.refresh_from_db()
    assert review.due_on == in_days(20)
    assert review.requests.get().user == member


def test_a_member_says_something_and_everybody_reads_it_with_the_answer(
    desk, review, member, reader
):
    section = SectionFactory(plan=review.plan, title="Ausgangslage")
    client = signed_in(member)
    form = client.get(page(review, "new_statement"), {"section": section.pk}).context["form"]
    assert form["section"].value() == str(section.pk)
    sent = {
        "token": str(form["token"].value()),
        "section": section.pk,
        "position": "against",
        "reasons": "Es fehlt der Bahnhof.",
    }
    for _click in range(2):
        client.post(page(review, "new_statement"), sent)

    statement = Statement.objects.get()
    assert (statement.author, statement.section) == (member, section)
    reply = {"verdict": "taken_over", "reply": "Steht jetzt da."}
    desk.post(page(review, "answer_statement", statement.pk), reply)

    said = read(signed_in(reader), review.get_absolute_url())
    for words in ("Es fehlt der Bahnhof.", str(member), "übernommen", "Steht jetzt da."):
        assert words in said


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"position": "against", "reasons": ""}, "Bitte sagen Sie, warum."),
        ({"position": "", "reasons": "Worte, die bleiben"}, "Bitte füllen Sie dieses Feld aus."),
        ({"position": "for", "section": "99999"}, "99999"),
    ],
)
def test_a_statement_that_is_not_whole_is_not_saved(review, member, sent, told):
    token = {"token": str(uuid.uuid4()), "section": ""}
    answer = signed_in(member).post(page(review, "new_statement"), {**token, **sent})

    said = answer.content.decode()
    assert told in said
    assert sent.get("reasons", "") in said
    assert not Statement.objects.exists()


def test_what_is_said_too_late_stays_in_the_form(review, member, coordinator):
    client = signed_in(member)
    reviewing.close(review, by=coordinator)
    sent = {"token": str(uuid.uuid4()), "section": "", "position": "for", "reasons": "Zu spät."}

    said = client.post(page(review, "new_statement"), sent).content.decode()

    assert "Diese Durchsicht ist beendet" in said
    assert "Zu spät." in said


def test_only_its_author_corrects_a_statement_and_only_coordination_answers(
    desk, review, member, reader
):
    statement = say(review, member)
    changed = {"position": "for", "reasons": "Doch gut."}

    assert (
        signed_in(reader).post(page(review, "statement", statement.pk), changed).status_code == 403
    )
    assert desk.post(page(review, "statement", statement.pk), changed).status_code == 403
    own = signed_in(member)
    assert own.post(page(review, "answer_statement", statement.pk), {}).status_code == 403
    own.post(page(review, "statement", statement.pk), changed)

    statement.refresh_from_db()
    assert statement.reasons == "Doch gut."


def test_an_answer_that_does_not_say_why_is_not_saved(desk, review, member):
    statement = say(review, member)

    said = desk.post(page(review, "answer_statement", statement.pk), {"verdict": "not"})

    assert "Bitte sagen Sie, warum es nicht übernommen wird." in said.content.decode()
    statement.refresh_from_db()
    assert not statement.is_answered


def test_the_page_says_who_has_answered_and_since_when_others_have_not(
    review, coordinator, member, reader
):
    reviewing.ask_more(review, due_on=review.due_on, people=[member, reader], by=coordinator)
    client = signed_in(member)
    client.post(page(review, "nothing_to_add"))

    said = read(client, review.get_absolute_url())
    assert "1 von 2 haben geantwortet" in said
    assert "hat am" in said
    assert "noch nicht, gefragt am" in said


def test_a_closed_review_offers_nothing_to_do_but_answering(desk, review, member):
    say(review, member)
    desk.post(page(review, "close_review"))

    said = read(desk, review.get_absolute_url())
    assert "beendet am" in said
    assert f'{page(review, "new_statement")}"' not in said
    assert page(review, "ask_more") not in said
    assert "noch nicht beantwortet" in said


@pytest.mark.parametrize("name", ["review", "new_statement", "ask_more"])
def test_another_group_sees_nothing_of_a_review(review, name):
    client = signed_in(MembershipFactory().user)

    assert client.get(page(review, name)).status_code == 404


@pytest.mark.parametrize("name", ["ask_more", "close_review"])
def test_members_neither_ask_nor_close(review, member, name):
    assert signed_in(member).post(page(review, name)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_as_often_for_many_as_for_one(
    review, coordinator, member, count, django_assert_num_queries
):
    for _n in range(count):
        user = MembershipFactory(group=review.plan.group).user
        say(review, user, section=SectionFactory(plan=review.plan))
        say(review, link=peer_of(review, by=coordinator), name="Ana Ejemplo")
    client = signed_in(member)
    client.get(review.get_absolute_url())

    with django_assert_num_queries(10):
        client.get(review.get_absolute_url())


def test_the_overview_counts_in_one_query_however_many_there_are(
    plan, coordinator, member, django_assert_max_num_queries
):
    for _n in range(3):
        say(review_of(plan, by=coordinator, people=[member]), member)
    client = signed_in(member)
    address = reverse("plan:reviews", args=[plan.slug])
    client.get(address)

    with django_assert_max_num_queries(11):
        said = read(client, address)
    assert said.count("1 von 1 haben geantwortet") == 3

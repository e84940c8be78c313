"""The pages of a sign-up, from the form to the status page, as a browser without JavaScript."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from groups.formguard import make_stamp, read_stamp
from groups.models import InterestSignup, Organisation
from groups.services import interest
from tests.factories import MembershipFactory, SignupFactory

Status = InterestSignup.Status
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "Robert'); DROP TABLE students;--",
    "{{ 7|add:7 }}{% debug %}",
    "abc\u202egnp.exe",
    "a\x00b",
    "a\r\nBcc: victim@example.org",
]


def typed(**changes):
    with time_machine.travel(timezone.now() - timedelta(seconds=10)):
        stamp = make_stamp()
    return {
        "name": "Ada Beispiel",
        "email": "ada@example.org",
        "kind": "company",
        "language": "de",
        "consent": "on",
        "stamp": stamp,
        **changes,
    }


def url(name, signup, **query):
    token = signup.confirmation_token if name == "confirm" else signup.token
    return reverse(f"interest:{name}", args=[signup.pk, token])


def title(response):
    return re.search(r"<title>\s*(.*?)\s*</title>", response.content.decode(), re.S)[1]


def test_addresses_are_in_the_reader_s_language(group):
    assert reverse("interest:form") == "/mitmachen/"
    with translation.override("en"):
        assert reverse("interest:form") == "/en/join/"


def test_the_form_needs_no_cookie_and_sets_none(client, group):
    response = client.get(reverse("interest:form"))

    assert response.status_code == 200
    assert not response.cookies
    assert 'autocomplete="name"' in response.content.decode()
    assert 'autocomplete="email"' in response.content.decode()
    assert 'autocomplete="organization"' in response.content.decode()


@pytest.mark.parametrize("path", ["/mitmachen/", "/en/join/"])
def test_sending_leads_to_what_happens_next(client, group, topic, path):
    response = client.post(path, typed(topics=[topic.pk], message="Hallo"), follow=True)

    assert response.redirect_chain[-1][0].startswith(path)
    signup = InterestSignup.objects.get()
    assert (signup.name, signup.email, signup.message) == (
        "Ada Beispiel",
        "ada@example.org",
        "Hallo",
    )
    assert list(signup.topics.all()) == [topic]


def test_errors_keep_what_was_typed_and_name_themselves_in_the_title(client, group):
    response = client.post(reverse("interest:form"), typed(email="no address", consent=""))

    page = response.content.decode()
    assert title(response).startswith("Fehler:")
    assert 'value="Ada Beispiel"' in page
    assert 'value="no address"' in page
    assert 'href="#id_email"' in page
    assert 'href="#id_consent"' in page
    assert 'aria-invalid="true"' in page
    assert not InterestSignup.objects.exists()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["name", "organisation", "message", "email"])
def test_hostile_text_is_refused_clearly_or_harmless_everywhere(client, group, field, text):
    response = client.post(reverse("interest:form"), typed(**{field: text}))

    pages = [response]
    for signup in InterestSignup.objects.all():
        pages += [client.get(url("confirm", signup))]
        signup = interest.confirm_interest(signup)
        pages += [client.get(url("status", signup)), client.get(url("correct", signup))]
    for page in pages:
        assert page.status_code in (200, 302)
        body = page.content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert "\u202e" not in body
        assert "\x00" not in body


@pytest.mark.parametrize(
    "name",
    ["Žaneta Ďuriačová", "Γιώργος Παπαδόπουλος", "Łukasz Śliwiński", "Đorđe Šćepanović", "O’Brien"],
)
def test_names_of_the_ten_cities_stay_as_they_are(client, group, name):
    client.post(reverse("interest:form"), typed(name=name))

    assert InterestSignup.objects.get().name == name


@pytest.mark.parametrize("field", ["name", "organisation", "message"])
def test_too_long_a_text_is_an_error_beside_its_field(client, group, field):
    response = client.post(reverse("interest:form"), typed(**{field: "x" * 3000}))

    assert response.status_code == 200
    assert title(response).startswith("Fehler:")


def test_a_double_click_gives_one_sign_up_and_two_same_answers(client, group):
    data = typed()
    answers = [client.post(reverse("interest:form"), data) for _ in range(2)]

    assert [(answer.status_code, answer["location"]) for answer in answers] == [
        (302, reverse("interest:sent"))
    ] * 2
    assert InterestSignup.objects.count() == 1


def test_the_back_button_with_another_address_asks_once_and_keeps_everything(client, group):
    data = typed()
    client.post(reverse("interest:form"), data)

    response = client.post(reverse("interest:form"), {**data, "email": "bob@example.org"})

    assert 'value="bob@example.org"' in response.content.decode()
    assert title(response).startswith("Fehler:")


@pytest.mark.parametrize("known", ["stranger", "signed_up", "member"])
def test_known_and_unknown_addresses_get_the_same_answer(client, group, known):
    if known == "signed_up":
        SignupFactory(group=group, email="ada@example.org")
    if known == "member":
        MembershipFactory(group=group, user__email="ada@example.org")

    response = client.post(reverse("interest:form"), typed(), follow=True)

    assert response.redirect_chain == [(reverse("interest:sent"), 302)]
    assert "ada" not in response.content.decode()


def test_a_closed_group_says_so_and_whom_to_write_to(client, group):
    group.accepts_interest = False
    group.save()

    page = client.get(reverse("interest:form")).content.decode()

    assert "koordination@solingen.example" in page
    assert "<form" not in page


def test_opening_the_mail_s_link_confirms_nothing(client, group):
    signup = SignupFactory(group=group, unconfirmed=True)

    response = client.get(url("confirm", signup))

    assert title(response).startswith("Noch ein Klick")
    assert "<h1>Noch ein Klick</h1>" in response.content.decode()
    signup.refresh_from_db()
    assert signup.status == Status.UNCONFIRMED


def test_the_click_confirms_and_the_link_shows_the_state_from_then_on(client, group):
    signup = SignupFactory(group=group, unconfirmed=True)
    status = url("status", signup)

    assert client.post(url("confirm", signup))["location"] == status
    assert client.post(url("confirm", signup))["location"] == status
    assert client.get(url("confirm", signup))["location"] == status
    signup.refresh_from_db()
    assert signup.status == Status.RECEIVED


def test_a_member_who_confirms_is_sent_to_sign_in(client, group):
    signup = SignupFactory(group=group, unconfirmed=True, email="ada@example.org")
    MembershipFactory(group=group, user__email="ada@example.org")

    page = client.post(url("confirm", signup)).content.decode()

    assert reverse("account_login") in page
    signup.refresh_from_db()
    assert signup.status == Status.WITHDRAWN


@pytest.mark.parametrize("name", ["confirm", "status", "correct", "withdraw", "answer"])
def test_forged_old_foreign_and_unknown_links_answer_alike(client, group, name):
    signup, other = SignupFactory(group=group), SignupFactory(group=group)
    old = url(name, signup)
    signup.generation += 1
    signup.save()
    addresses = [
        old,
        old[:-3] + "/",
        reverse(f"interest:{name}", args=[uuid.uuid4(), other.token]),
        reverse(f"interest:{name}", args=[signup.pk, other.token]),
        reverse(f"interest:{name}", args=[signup.pk, "ü" * 32]),
        reverse(
            f"interest:{name}",
            args=[other.pk, other.token if name == "confirm" else other.confirmation_token],
        ),
    ]
    ask = client.get if name == "status" else client.post
    answers = [ask(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [404] * len(answers)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("status", [s for s in Status if s != Status.UNCONFIRMED])
def test_the_status_page_tells_every_state(client, group, status, language):
    signup = SignupFactory(group=group, status=status, decline_reason="Alle Plätze sind besetzt.")

    with translation.override(language):
        response = client.get(url("status", signup))
        label = str(status.label)

    assert label in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert ("besetzt" in response.content.decode()) == (status == Status.DECLINED)


def test_an_overdue_answer_is_admitted(client, group):
    signup = SignupFactory(group=group, answer_due=timezone.localdate() - timedelta(days=1))

    assert "überfällig" in client.get(url("status", signup)).content.decode()


def test_correcting_keeps_the_address_and_returns_to_the_status(client, group, topic):
    signup = SignupFactory(group=group, message="Alt")

    page = client.get(url("correct", signup)).content.decode()
    response = client.post(
        url("correct", signup),
        {"name": "Neu", "kind": Organisation.Kind.UNION, "language": "en", "topics": [topic.pk]},
        follow=True,
    )

    assert "Alt" in page
    assert 'name="email"' not in page
    assert "notice" in response.content.decode()
    signup.refresh_from_db()
    assert (signup.name, signup.kind, signup.language, signup.message) == ("Neu", "union", "en", "")


def test_correcting_too_late_keeps_what_was_typed(client, group):
    signup = SignupFactory(group=group)
    form = url("correct", signup)
    InterestSignup.objects.filter(pk=signup.pk).update(status=Status.INVITED)

    page = client.post(form, {"name": "Neu", "kind": "union", "language": "de"}).content.decode()

    assert 'value="Neu"' in page


def test_answering_a_question(client, group):
    signup = SignupFactory(group=group, status=Status.IN_REVIEW, question="Woher kommen Sie?")

    asked = client.get(url("status", signup)).content.decode()
    empty = client.post(url("answer", signup), {"answer": " "})
    answered = client.post(url("answer", signup), {"answer": "Aus Gräfrath."}, follow=True)

    assert "Woher kommen Sie?" in asked
    assert title(empty).startswith("Fehler:")
    assert "Aus Gräfrath." in answered.content.decode()


def test_answering_too_late_keeps_the_answer_on_the_page(client, group):
    signup = SignupFactory(group=group, status=Status.IN_REVIEW, question="Woher?")
    link = url("answer", signup)
    InterestSignup.objects.filter(pk=signup.pk).update(status=Status.RECEIVED)

    response = client.post(link, {"answer": "Aus Gräfrath."})

    assert title(response).startswith("Fehler:")


def test_withdrawing_takes_one_more_click(client, group):
    signup = SignupFactory(group=group)

    client.get(url("withdraw", signup))
    signup.refresh_from_db()
    assert signup.status == Status.RECEIVED

    response = client.post(url("withdraw", signup), follow=True)
    signup.refresh_from_db()
    assert signup.status == Status.WITHDRAWN
    assert response.status_code == 200


def test_withdrawing_what_was_decided_says_why_not(client, group):
    signup = SignupFactory(group=group, status=Status.MEMBER)

    assert "notice--attention" in client.post(url("withdraw", signup)).content.decode()


def test_every_visitor_gets_a_stamp_of_his_own_on_the_kept_page(client, group):
    pages = [client.get(reverse("interest:form")).content.decode() for _ in range(3)]

    stamps = [re.findall(r'name="stamp" value="([^"]+)"', page) for page in pages]
    tokens = {read_stamp(stamp).token for [stamp] in stamps}
    assert len(tokens) == 3
    assert len({page.replace(stamp, "") for page, [stamp] in zip(pages, stamps, strict=True)}) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_s_queries_do_not_grow(client, group, count, django_assert_num_queries):
    SignupFactory.create_batch(count, group=group)

    with django_assert_num_queries(2):
        client.get(reverse("interest:form"))


def test_who_sends_within_the_same_second_asks_for_no_group_again(
    client, group, topic, django_assert_num_queries
):
    client.post(reverse("interest:form"), typed(topics=[topic.pk]))

    # The network's limit; savepoint, lock, sent before; five rows and a notice; savepoint.
    with django_assert_num_queries(11):
        data = typed(topics=[topic.pk], email="bob@example.org")
        assert client.post(reverse("interest:form"), data).status_code == 302


@pytest.mark.parametrize("chosen", ["", "0", "none", "1\x00", "-1", "9" * 30])
def test_a_topic_that_nobody_offered_is_an_error_beside_the_field(client, group, topic, chosen):
    response = client.post(reverse("interest:form"), typed(topics=[topic.pk, chosen]))

    assert title(response).startswith("Fehler:")
    assert 'id="id_topics_error"' in response.content.decode()
    assert not InterestSignup.objects.exists()

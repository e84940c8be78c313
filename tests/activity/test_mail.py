"""A mail looks like a letter, in text and in HTML, and its headers are safe."""

import re
from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import get_language

from in4green.activity import mail
from in4green.activity.kinds import CalendarPart, Letter
from tests.activity.conftest import URL, WORDING

pytestmark = pytest.mark.django_db
HOSTILE = "Anna\r\nBcc: all@example.org\0\u2028<b>&\u202e"


def parts(message: EmailMultiAlternatives):
    """As a mail program reads it: headers, text, HTML."""
    parsed = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    text, html = (parsed.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return parsed, text, html


@pytest.fixture(autouse=True)
def address(settings) -> None:
    settings.BASE_URL = "http://localhost:8000"


@pytest.fixture
def compose(letters):
    def compose(letter: Letter | None = None, language: str = "de", **options):
        letters.letter = letter or letters.letter
        [delivery] = letters.queue("anna@example.org", language=language, **options)
        return delivery, *parts(mail.compose(delivery))

    return compose


def test_headers_say_who_what_and_that_nobody_typed_it(compose, settings):
    delivery, headers, _, _ = compose()

    assert headers["From"] == settings.DEFAULT_FROM_EMAIL
    assert headers["To"] == "anna@example.org"
    assert headers["Subject"] == "Grüße aus Musterstadt"
    assert headers["Message-ID"] == delivery.message_id == f"<{delivery.pk.hex}@localhost>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["X-Auto-Response-Suppress"] == "All"
    assert headers["Content-Language"] == "de"
    assert headers["Date"].datetime is not None
    assert headers["Reply-To"] is None
    assert headers.get_content_type() == "multipart/alternative"


def test_an_answer_goes_where_the_letter_says(compose):
    _, headers, _, _ = compose(Letter("Frage", ["Text"], reply_to="koordination@stadt.example"))

    assert headers["Reply-To"] == "koordination@stadt.example"


def test_nobody_injects_headers(compose):
    letter = Letter(HOSTILE, ["Text"], reply_to="a@example.org\r\nBcc: all@example.org")
    _, headers, _, _ = compose(letter)

    assert headers["Bcc"] is None
    assert headers["Subject"] == "Anna Bcc: all@example.org <b>&"
    assert headers.as_bytes().count(b"\nBcc:") == 0


def test_the_same_delivery_is_the_same_mail(compose, letters):
    delivery, first, _, _ = compose()
    second, *_ = parts(mail.compose(delivery))

    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_body(("plain",)).get_content() == second.get_body(("plain",)).get_content()


def test_text_is_a_letter_with_the_address_on_a_line_of_its_own(compose):
    _, _, text, _ = compose()

    body, _, foot = text.partition("-- \n")
    assert body == (
        "Guten Tag Anna Beispiel,\n\nschön, dass Sie da sind.\n\n"
        f"Weiter:\n{URL}\n\nDer Link gilt 14 Tage.\n\n"
    )
    assert foot.startswith("In4Green Solingen\nhttp://localhost:8000\n")


def test_text_is_wrapped_and_addresses_in_it_stay_whole(compose):
    long = " ".join(["Wirtschaftsförderung"] * 30)
    _, _, text, _ = compose(Letter("x", [f"{long} {URL}", "Zeile eins\nZeile zwei"], after=[long]))

    lines = text.splitlines()
    assert [line for line in lines if len(line) > 78] == [URL]
    assert lines[lines.index("Zeile eins") :][:2] == ["Zeile eins", "Zeile zwei"]


def test_a_letter_without_a_button_has_none(compose):
    _, _, text, html = compose(Letter("x", ["Nur Text"]))

    assert "Nur Text" in text
    assert 'class="button"' not in html


def test_empty_paragraphs_are_left_out(compose):
    _, _, text, html = compose(Letter("x", ["eins", "", "zwei"], after=[""]))

    assert text.startswith("eins\n\nzwei\n\n-- \n")
    assert html.count("margin:0 0 16px") == 2


def test_html_has_one_button_and_the_address_in_plain_sight(compose):
    _, _, _, html = compose()

    assert html.startswith('<!DOCTYPE html>\n<html lang="de">')
    assert html.count('class="button"') == 1
    assert html.count(f'href="{URL}"') == 2
    assert f">{URL}</a>" in html


def test_html_loads_nothing_from_anywhere(compose):
    _, headers, _, html = compose()

    assert not re.search(r"<img|<link|<script|url\(|@import|src=", html)
    assert [part.get_content_type() for part in headers.iter_parts()] == ["text/plain", "text/html"]


def test_what_people_typed_is_text_in_html(compose):
    evil = "<script>alert(1)</script> & <b>"
    letter = Letter(evil, [evil], button=evil, url="http://x/?a=1&b=2", after=[evil], reason=evil)
    _, _, text, html = compose(letter)

    assert "<script>" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;") == 5
    assert text.count(evil) == 4


def test_edited_words_replace_subject_and_text_but_not_button_and_foot(compose):
    _, headers, text, html = compose(wording=WORDING)

    assert headers["Subject"] == "Von Hand"
    assert text.startswith("Erster Absatz\nzweite Zeile\n\nZweiter Absatz\n\nWeiter:\n")
    assert "schön, dass" not in text + html
    assert "Erster Absatz<br>zweite Zeile</p>" in html
    assert "Der Link gilt 14 Tage." in text


def test_the_foot_says_why_and_who(compose, settings):
    settings.COORDINATION_ADDRESS = "koordination@stadt.example"
    _, _, text, html = compose(language="en")

    for said in (text, html):
        assert "koordination@stadt.example" in said
        assert "http://localhost:8000/en/" in said
    assert "this address was given in the portal In4Green" in text.replace("\n", " ")


def test_a_kind_may_give_its_own_reason(compose):
    _, _, text, html = compose(Letter("x", ["y"], reason="Weil Sie koordinieren."))

    assert "Weil Sie koordinieren." in text
    assert "Weil Sie koordinieren." in html


def test_without_a_coordination_address_the_foot_names_none(compose, settings):
    settings.COORDINATION_ADDRESS = ""
    _, _, text, html = compose()

    assert "mailto:" not in html
    assert "oordination" not in text


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_mail_is_written_in_the_language_of_its_recipient(compose, letters, language):
    letters.write = lambda row: Letter(get_language(), [get_language()])
    _, headers, _, html = compose(language=language)

    assert headers["Subject"] == headers["Content-Language"] == language
    assert f'<html lang="{language}">' in html


def test_the_mark_has_ten_cities_and_one_is_here(compose):
    _, _, _, html = compose()

    assert html.count('class="city"') == 9
    assert html.count('class="here"') == 1
    assert max(map(len, html.splitlines())) < 998  # RFC 5322


CALENDAR = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Größe\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
).encode()


def test_a_calendar_is_the_last_alternative_and_a_file_both_byte_for_byte(compose):
    letter = Letter("x", ["y"], calendar=CalendarPart("REQUEST", CALENDAR))
    _, mixed, text, html = compose(letter)

    alternatives, file = mixed.iter_parts()
    kinds = [part.get_content_type() for part in alternatives.iter_parts()]
    *_words, calendar = alternatives.iter_parts()
    assert mixed.get_content_type() == "multipart/mixed"
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_content_charset() == "utf-8"
    assert calendar.get_content().splitlines() == CALENDAR.decode().splitlines()
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    assert file.get_content() == CALENDAR
    assert text.startswith("y\n")
    assert "<p" in html


def test_a_letter_without_a_calendar_has_none(compose):
    _, headers, _, _ = compose()

    assert "calendar" not in headers.as_string()

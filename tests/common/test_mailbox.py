import sys
from email.message import EmailMessage as Message
from email.message import MIMEPart
from importlib import reload

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client
from django.urls import clear_url_caches, include, path
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from in4green import urls
from in4green.common import mailbox

BACKEND = "in4green.common.mailbox.EmailBackend"


class DevelopmentURLs:
    """The URL table as it is with DEBUG, whatever this test run has."""

    urlpatterns = [
        path("mailbox/", include("in4green.common.mailbox.urls")),
        *[entry for entry in urls.urlpatterns if str(entry.pattern) != "mailbox/"],
    ]


@pytest.fixture(autouse=True)
def box(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.ROOT_URLCONF = DevelopmentURLs
    clear_url_caches()
    yield tmp_path / "mailbox"
    clear_url_caches()


def send(subject="Guten Tag", body="Bitte öffnen: http://localhost:8000/x/", html=""):
    mail = EmailMultiAlternatives(subject, body, "portal@example.org", ["ada@example.org"])
    if html:
        mail.attach_alternative(html, "text/html")
    get_connection(BACKEND).send_messages([mail])
    return mailbox.all_mails()[0]


def test_a_sent_mail_lies_in_the_mailbox_newest_first(client):
    send("Erste")
    send("Zweite")

    response = client.get("/mailbox/")

    assert [mail.subject for mail in response.context["mails"]] == ["Zweite", "Erste"]
    assert "ada@example.org" in response.text


def test_an_empty_mailbox_says_so(client):
    text = client.get("/mailbox/").text
    assert 'class="empty"' in text
    assert "<time" not in text


def test_links_in_the_text_can_be_followed(client):
    mail = send()
    text = client.get(f"/mailbox/{mail.number}/").text
    assert '<a href="http://localhost:8000/x/" rel="nofollow">' in text
    assert "Bitte öffnen" in text


def test_the_source_is_what_was_sent(client):
    mail = send("Grüße")
    response = client.get(f"/mailbox/{mail.number}/source/")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content == mail.raw
    assert b"Subject: =?utf-8?" in response.content


def test_a_hostile_mail_is_shown_without_any_right(client):
    attack = "<script>top.location='http://evil.example'</script><img src=//evil.example/x>"
    mail = send(subject=attack, body=attack, html=attack)

    page = client.get(f"/mailbox/{mail.number}/")
    frame = client.get(f"/mailbox/{mail.number}/html/")

    assert attack not in page.text
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    policy = dict(
        part.strip().partition(" ")[::2] for part in frame["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "frame-ancestors": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "sandbox": "allow-popups allow-top-navigation-by-user-activation",
    }
    assert frame["X-Frame-Options"] == "SAMEORIGIN"


def test_pictures_of_the_mail_are_shown_and_no_others(client):
    message = Message()
    message["Subject"] = "Mit Bild"
    message.set_content("Text")
    message.add_alternative('<img src="cid:mark"><img src="cid:gone">', subtype="html")
    part = message.get_payload()[1]
    assert isinstance(part, MIMEPart)
    part.add_related(b"\x89PNG", "image", "png", cid="<mark>")
    mailbox.folder().mkdir(parents=True)
    (mailbox.folder() / "7.eml").write_bytes(message.as_bytes())

    html = client.get("/mailbox/7/html/").text

    assert '<img src="data:image/png;base64,iVBORw==">' in html
    assert '<img src="">' in html


def test_all_mails_are_deleted_by_post_only(client):
    send()
    assert client.get("/mailbox/delete/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/mailbox/delete/").status_code == 403
    assert mailbox.all_mails()

    assert client.post("/mailbox/delete/").status_code == 302

    assert mailbox.all_mails() == []


@pytest.mark.parametrize("number", ["7", "9" * 400])
def test_a_mail_that_is_gone_is_a_404(client, number):
    assert client.get(f"/mailbox/{number}/").status_code == 404


@given(raw=st.binary(max_size=200))
@hypothesis_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_breaks_the_mailbox(raw):
    folder = mailbox.folder()
    folder.mkdir(parents=True, exist_ok=True)
    header = b"Content-Type: text/html; charset=nonsense\r\n"
    (folder / "1.eml").write_bytes(header + raw)
    client = Client()
    for address in ("/mailbox/", "/mailbox/1/", "/mailbox/1/html/", "/mailbox/1/source/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("debug", "there"), [(True, True), (False, False)])
def test_the_mailbox_is_part_of_development_only(settings, debug, there):
    settings.DEBUG = debug
    before = sys.modules["in4green.urls"].urlpatterns
    try:
        patterns = [str(entry.pattern) for entry in reload(urls).urlpatterns]
    finally:
        urls.urlpatterns = before
    assert ("mailbox/" in patterns) == there

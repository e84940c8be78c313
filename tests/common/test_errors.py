"""What somebody sees when something goes wrong, and what is never shown."""

import io
import json
import logging
import re
import sys
from urllib.parse import quote

import psycopg
import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, IntegrityError, OperationalError, connection
from django.http import HttpResponse, UnreadablePostError
from django.test import Client, override_settings
from django.urls import clear_url_caches, path
from hypothesis import given
from hypothesis import strategies as st
from psycopg_pool import PoolTimeout

from groups.models import User
from in4green import urls
from in4green.common.logs import JSONFormatter, redact

SECRET = "Traceback secret-detail"


def fails_with(error):
    def view(request):
        raise error

    return view


def echo(request):
    return HttpResponse(repr(sorted(request.POST.items())))


def ask_database(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", [request.GET.get("q") or request.POST.get("q")])
        return HttpResponse(cursor.fetchone()[0])


class TroubledURLs:
    handler400 = urls.handler400
    handler500 = urls.handler500
    urlpatterns = [
        path("crash/", fails_with(RuntimeError(SECRET))),
        path("forbidden/", fails_with(PermissionDenied(SECRET))),
        path("suspicious/", fails_with(SuspiciousOperation(SECRET))),
        path("unreadable/", fails_with(UnreadablePostError(SECRET))),
        path("away/", fails_with(OperationalError(SECRET))),
        path("text/", fails_with(DataError(SECRET))),
        path("echo/", echo),
        path("ask/", ask_database),
        path("link/<str:token>/", fails_with(RuntimeError(SECRET))),
        *urls.urlpatterns,
    ]


@pytest.fixture(autouse=True)
def troubled(settings):
    settings.ROOT_URLCONF = TroubledURLs
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.fixture
def browser():
    """Sees what a person sees: an answer, never an exception."""
    return Client(raise_request_exception=False)


@pytest.fixture
def logged():
    """What stands in the log, as the JSON lines of production."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JSONFormatter())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db  # a denial is written to the log of actions
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/crash/", 500),
        ("/forbidden/", 403),
        ("/suspicious/", 400),
        ("/unreadable/", 400),
        ("/away/", 503),
        ("/text/", 500),
        ("/nowhere/", 404),
        ("/en/nowhere/", 404),
        ("/a%00b/", 400),
        ("/echo/?a=%00", 400),
    ],
)
def test_a_page_with_a_reference_and_without_details(browser, logged, address, status):
    response = browser.get(address)

    assert response.status_code == status
    assert response["Content-Type"].startswith("text/html")
    assert SECRET not in response.text
    assert "default-src 'none'" in response["Content-Security-Policy"]
    [reference] = re.findall(r": ([0-9a-f]{8})\s*</p>", response.text)
    assert {entry["reference"] for entry in logged()} <= {reference}
    assert logged() or status == 400


@pytest.mark.parametrize(("address", "language"), [("/crash/", "de"), ("/en/crash/", "en")])
def test_the_page_speaks_the_language_of_the_address(browser, address, language):
    class Both:
        handler500 = urls.handler500
        urlpatterns = [
            *i18n_patterns(
                path("crash/", fails_with(RuntimeError(SECRET))), prefix_default_language=False
            ),
            *urls.urlpatterns,
        ]

    with override_settings(ROOT_URLCONF=Both):
        assert f'<html lang="{language}">' in browser.get(address).text


def test_an_unknown_host_gets_a_plain_page_with_all_headers(browser):
    response = browser.get("/crash/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.text
    for name in ("Content-Security-Policy", "Permissions-Policy", "X-Content-Type-Options"):
        assert name in response.headers


def test_what_was_typed_can_be_sent_again_when_the_database_is_away(browser):
    typed = {"name": 'Ada "B"', "text": "Eins\nZwei <b>", "topics": ["1", "2"]}
    text = browser.post("/away/?a=1&b=2", typed).text
    assert 'action="/away/?a=1&amp;b=2"' in text
    assert '<input type="hidden" name="name" value="Ada &quot;B&quot;">' in text
    assert '<input type="hidden" name="text" value="Eins\nZwei &lt;b&gt;">' in text
    assert text.count('<input type="hidden" name="topics"') == 2


@pytest.mark.parametrize("name", ["password", "password1", "code", "recovery_codes"])
def test_a_form_with_a_secret_is_not_repeated_in_a_page(browser, name):
    text = browser.post("/away/", {"login": "ada@example.org", name: "hunter2"}).text
    assert "<form" not in text
    assert "hunter2" not in text


@pytest.mark.parametrize("debug", [False, True])
def test_a_missing_database_says_when_to_come_back_in_development_too(browser, settings, debug):
    settings.DEBUG = debug
    response = browser.get("/away/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert SECRET not in response.text


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain"])
def test_ten_megabytes_are_refused_kindly(browser, content_type):
    response = browser.post("/echo/", b"a=" + b"x" * 10_000_000, content_type=content_type)
    assert response.status_code == 413
    assert "<h1>" in response.text


def test_a_large_file_is_refused_as_well(browser):
    file = SimpleUploadedFile("a.pdf", b"x" * 1_000_000)
    assert browser.post("/echo/", {"file": file}).status_code == 413


def test_too_many_fields_are_refused_kindly(browser):
    body = "&".join(f"f{number}=1" for number in range(2_000))
    response = browser.post("/echo/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413


@pytest.mark.parametrize(
    "body",
    [b"", b"--x", b"--x\r\nContent-Disposition: form-data\r\n\r\n", b"\xff\xfe\x00", b"--x--"],
)
def test_a_broken_multipart_body_is_no_crash(browser, body):
    response = browser.post("/echo/", body, content_type="multipart/form-data; boundary=x")
    assert response.status_code in (200, 400)
    response = browser.post("/echo/", body, content_type="multipart/form-data")
    assert response.status_code == (400 if body else 200)


@given(body=st.binary(max_size=100), query=st.binary(max_size=40))
def test_no_bytes_crash_a_form(body, query):
    client = Client(raise_request_exception=False)
    response = client.generic(
        "POST",
        "/echo/",
        body,
        "application/x-www-form-urlencoded",
        QUERY_STRING=query.decode("latin-1"),
    )
    assert response.status_code in (200, 400)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere/{}", "/en/members/{}", "/accounts/login/?next={}"])
@given(piece=st.text(st.characters(), max_size=20))
def test_no_address_crashes_a_page(address, piece):
    sent = address.format(quote(piece.encode("utf-8", "surrogatepass")))
    response = Client(raise_request_exception=False).get(sent)
    assert response.status_code < 500


@pytest.mark.django_db
def test_a_nul_that_reaches_the_database_is_a_bad_request(browser):
    assert browser.post("/ask/", {"q": "a\0b"}).status_code == 400
    assert browser.post("/ask/", {"q": "aäb"}).text == "aäb"


def test_a_token_in_an_address_does_not_reach_the_log(browser, logged):
    token = "AbCdEf0123456789AbCdEf0123456789"
    browser.get(f"/link/{token}/?code={token}")
    browser.get(f"/nowhere/{token}/?code={token}")
    [crash, missing] = [entry for entry in logged() if entry["logger"] == "django.request"]
    assert crash["message"] == "Internal Server Error: /link/<str:token>/"
    assert missing["message"] == "Not Found: /nowhere/…/"
    assert token not in json.dumps(logged())


@pytest.mark.django_db
def test_values_that_the_database_refuses_do_not_reach_the_log():
    User.objects.create_user("ada@example.org", name="Ada")
    try:
        User.objects.create_user("ada@example.org", name="Ada")
    except IntegrityError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "crash", None, sys.exc_info())
    entry = json.loads(JSONFormatter().format(record))
    assert "UniqueViolation" in entry["trace"]
    assert "ada@example.org" not in entry["trace"]


def test_a_log_line_is_json_in_utc():
    record = logging.LogRecord("a.b", logging.WARNING, "", 1, "Grüße\n%s", ("zwei",), None)
    record.created = 1795348800.25
    assert JSONFormatter().format(record) == (
        '{"at": "2026-11-22T12:00:00.250+00:00", "level": "WARNING", "logger": "a.b",'
        ' "message": "Grüße\\nzwei"}'
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("to ada.b+c@example.org now", "to [e-mail] now"),
        ("from 198.51.100.77:1234", "from 198.51.100.0/24:1234"),
        ("from 2001:db8:1:2::77", "from 2001:db8:1::/48"),
        ("at 12:30:45 in a::b, Python 3.11.7", "at 12:30:45 in a::/48, Python 3.11.7"),
        ("Referer https://x.example/a/b?c=d failed", "Referer https://x.example/… failed"),
        ("bad\nDETAIL:  Key (email)=(x) exists.\nend", "bad\nDETAIL: […]\nend"),
    ],
)
def test_what_names_a_person_is_cut_out(written, kept):
    assert redact(written) == kept


@given(st.text(max_size=200))
def test_every_text_can_be_logged(text):
    record = logging.LogRecord("x", logging.INFO, "", 1, "%s", (text,), None)
    assert json.loads(JSONFormatter().format(record))["logger"] == "x"


def test_a_broken_connection_counts_as_a_missing_database():
    """The mapping that the 503 page rests on."""
    assert issubclass(PoolTimeout, psycopg.OperationalError)
    assert issubclass(psycopg.errors.DiskFull, psycopg.OperationalError)

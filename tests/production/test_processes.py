"""The commands of the image do their work together, and survive what happens to them."""

import json
import re
import time

import pytest

from tests.support.waiting import wait_for

# A link from a mail that leads nowhere: a 404 as long as the database can say so.
ASKS_DATABASE = "/en/join/status/00000000-0000-4000-8000-000000000000/abc/"
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


def report_barrier(installation):
    """Fills in the form as a person does: the stamp of a page that was open for two seconds."""
    _response, page = installation.request("GET", "/barriere-melden/")
    stamp = re.search(r'name="stamp" value="([^"]+)"', page.decode())[1]
    body = f"description=Zu+klein&email=ada%40example.org&stamp={stamp}"
    response, page = installation.request("POST", "/barriere-melden/", body, **FORM)
    if response.status == 200:  # faster than a person: asked to send it once more
        stamp = re.search(r'name="stamp" value="([^"]+)"', page.decode())[1]
        body = f"description=Zu+klein&email=ada%40example.org&stamp={stamp}"
        response, page = installation.request("POST", "/barriere-melden/", body, **FORM)
    return response, page


@pytest.fixture
def running(installation):
    """Worker, beat and relay beside web, by the lines of the Procfile."""
    children = [installation.run(name) for name in ("worker", "beat", "relay")]
    yield installation
    for child in children:
        assert child.running, child.output
        child.terminate(30)


def test_what_is_sent_by_form_arrives_by_mail(running):
    already = len(running.smtp.messages)

    response, _page = report_barrier(running)

    assert response.headers["Location"] == "/barriere-melden/danke/"
    mails = running.smtp.wait_for_messages(already + 2, timeout=40)[already:]
    recipients = {recipient for mail in mails for recipient in mail.recipients}
    assert recipients == {"ada@example.org", "projektkoordination@example.org"}
    assert all(mail.sender == "portal@example.org" for mail in mails)


@pytest.mark.chaos
def test_a_database_that_crashes_and_comes_back(installation):
    assert installation.request("GET", ASKS_DATABASE)[0].status == 404
    installation.stop_database()
    try:
        begun = time.monotonic()
        response, page = installation.request("GET", ASKS_DATABASE)
        assert time.monotonic() - begun < 15
        assert response.status == 503
        assert response.headers["Retry-After"] == "30"
        assert b"Traceback" not in page
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert installation.request("GET", "/health/live/")[0].status == 200
        ready, problems = installation.request("GET", "/health/ready/")
        assert ready.status == 503
        assert json.loads(problems)["problems"].keys() == {"database"}
        sent = "name=Ada+Beispiel&message=Mein+langer+Text"
        response, page = installation.request("POST", "/mitmachen/", sent, **FORM)
        assert response.status == 503
        assert b'value="Mein langer Text"' in page
    finally:
        installation.start_database()

    wait_for(lambda: installation.request("GET", ASKS_DATABASE)[0].status == 404, timeout=15)

"""What every answer of an installed portal carries, asked of the real server."""

import json
import re
import subprocess
import sys

import pytest

from portal.paths import ROOT

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob: data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def stylesheet(installation):
    """The address with the hash of the content, as pages name it."""
    manifest = json.loads((installation.folder / "static" / "staticfiles.json").read_text())
    return f"/static/{manifest['paths']['build/site.css']}"


@pytest.fixture(
    params=[
        ("/", 200),
        ("/en/", 200),
        ("/nirgends/", 404),
        ("/a%00b/", 400),
        ("/accounts/login/", 200),
        ("/admin/", 302),
        ("/health/live/", 200),
        ("/health/ready/", 200),
        ("stylesheet", 200),
        ("/static/nowhere.css", 404),
    ],
    ids=lambda param: param[0],
)
def answer(request, installation):
    path, status = request.param
    path = stylesheet(installation) if path == "stylesheet" else path
    response, _content = installation.request("GET", path)
    assert response.status == status
    return response


def test_every_answer_carries_all_headers(answer):
    parts = answer.headers["Content-Security-Policy"].split(";")
    assert dict(part.strip().split(" ", 1) for part in parts) == POLICY
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_plain_http_is_sent_to_https_with_all_headers(installation):
    response, _content = installation.request("GET", "/mitmachen/", X_Forwarded_Proto="http")
    assert response.status == 301
    assert response.headers["Location"] == "https://portal.example.org/mitmachen/"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_an_unknown_host_is_refused_with_all_headers(installation):
    response, content = installation.request("GET", "/", Host="evil.example")
    assert response.status == 400
    assert b"evil.example" not in content
    for name in HEADERS.keys() - {"Strict-Transport-Security"}:
        assert response.headers[name] == HEADERS[name]


def test_a_container_asks_for_health_without_name_and_https(installation):
    for path in ("/health/live/", "/health/ready/"):
        response, content = installation.request(
            "GET", path, Host="localhost:8000", X_Forwarded_Proto="http"
        )
        assert (response.status, json.loads(content)) == (200, {"status": "ok"})
        assert response.headers["Set-Cookie"] is None


def test_a_page_for_strangers_sets_no_cookie(installation):
    for path in ("/", "/mitmachen/", "/en/join/"):
        assert installation.request("GET", path)[0].headers["Set-Cookie"] is None


def test_the_cookie_of_forms_is_tied_to_host_and_https(installation):
    response, _content = installation.request("GET", "/accounts/login/")
    [cookie] = response.headers.get_all("Set-Cookie")
    name, *rest = [part.strip() for part in cookie.split(";")]
    assert name.startswith("__Host-csrf=")
    attributes = {part for part in rest if not re.match("(expires|Max-Age)=", part)}
    assert attributes == {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"}
    assert response.headers["Cache-Control"]


def test_every_cookie_of_the_settings_is_tied_to_host_and_https(installation):
    script = (
        "import json, django; django.setup(); from django.conf import settings as s;"
        "names = ['SESSION_COOKIE', 'CSRF_COOKIE', 'MFA_TRUST_COOKIE'];"
        "parts = ['NAME', 'SECURE', 'HTTPONLY', 'SAMESITE', 'PATH', 'DOMAIN'];"
        "print(json.dumps({n: [getattr(s, f'{n}_{p}', None) for p in parts] for n in names}))"
    )
    output = subprocess.check_output(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "in4green.settings"},
    )
    assert json.loads(output) == {
        "SESSION_COOKIE": ["__Host-session", True, True, "Lax", "/", None],
        "CSRF_COOKIE": ["__Host-csrf", True, True, "Lax", "/", None],
        "MFA_TRUST_COOKIE": ["__Host-trusted", True, True, None, None, None],
    }


def test_static_files_may_be_kept_for_ever(installation):
    response, _content = installation.request("GET", stylesheet(installation))
    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"


def test_the_mailbox_of_development_is_not_there(installation):
    for path in ("/mailbox/", "/mailbox/1/", "/mailbox/delete/"):
        assert installation.request("GET", path)[0].status == 404


def test_ten_megabytes_get_a_page_and_the_server_goes_on(installation):
    body = b"description=" + b"x" * 10_000_000
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    response, content = installation.request("POST", "/barriere-melden/", body, **form)
    assert response.status == 413
    assert b"<h1>" in content
    assert installation.request("GET", "/health/live/")[0].status == 200


def test_the_installation_has_no_complaint(installation):
    output = installation.manage("check", "--deploy", "--fail-level", "WARNING")
    assert "no issues" in output

"""The frame around every page: languages and names."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from in4green.common.templatetags.frame import language_links, language_url

pages = RequestFactory()


def language_url_on(address: str, *, to: str) -> str:
    return language_url(Context({"request": pages.get(address)}), to)


def test_language_url_leads_to_the_same_page_and_keeps_the_query():
    with translation.override("en"):
        here = Template("{% load i18n %}{% url 'interest:form' %}").render(Context())
    with translation.override("en"):
        german = language_url_on(f"{here}?from=poster", to="de")
    with translation.override("de"):
        back = language_url_on(german, to="en")

    assert not german.startswith("/en/")
    assert german.endswith("?from=poster")
    assert back == f"{here}?from=poster"


def test_language_url_leads_home_where_there_is_no_other_page():
    with translation.override("en"):
        assert language_url_on("/en/no-such-page/", to="de") == "/"
    assert language_url_on("/no-such-page/", to="en") == "/en/"


def test_language_url_stays_on_the_page_in_its_own_language():
    assert language_url_on("/no-such-page/?a=1", to="de") == "/no-such-page/?a=1"


def test_language_url_leads_home_where_there_is_no_request():
    assert language_url(Context(), "en") == "/en/"


def test_language_links_mark_the_language_of_the_page():
    with translation.override("en"):
        links = language_links(Context({"request": pages.get("/en/?page=2")}))

    assert [(link.code, link.url, link.path, link.is_current) for link in links] == [
        ("de", "/?page=2", "/", False),
        ("en", "/en/?page=2", "/en/", True),
    ]


@pytest.mark.parametrize("name", ["400.html", "413.html", "500.html", "503.html"])
def test_pages_for_faults_need_neither_request_nor_database(name):
    """This test has no access to the database: any query would fail it."""
    html = Template(f'{{% include "{name}" %}}').render(Context({"reference": "1f2e3d4c"}))

    assert "1f2e3d4c" in html
    assert "In4Green Solingen" in html
    assert html.count("<h1>") == 1


def test_a_fixed_part_is_drawn_once_in_each_language():
    template = Template("{% load frame %}{% fixed %}{% translate 'Privacy' %}{% endfixed %}")
    with translation.override("en"):
        english = template.render(Context())
    with translation.override("de"):
        german = template.render(Context())
    with translation.override("en"):
        again = template.render(Context())

    assert english == "Privacy"
    assert german != english
    assert again == english


def test_a_fixed_part_knows_nothing_of_who_asks():
    template = Template("{% load frame %}{% fixed %}[{{ user }}{{ secret }}]{% endfixed %}")

    assert template.render(Context({"user": "Ada", "secret": "1f2e"})) == "[]"
    assert template.render(Context({"user": "Bob", "secret": "3d4c"})) == "[]"

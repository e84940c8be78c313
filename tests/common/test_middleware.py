"""What belongs to a person stays out of caches and search engines."""

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import clear_url_caches, path
from django.views.decorators.csrf import csrf_exempt

from in4green import urls
from in4green.common.middleware import takes_up_to


def page(request, **kwargs):
    return HttpResponse("Guten Tag", headers={"Cache-Control": "max-age=60"})


def signs_in(request):
    request.session["who"] = "Ada"
    return HttpResponse("Guten Tag")


@takes_up_to(400_000)
@csrf_exempt
def takes_more(request):
    return HttpResponse(f"{len(request.body)} bytes")


class PlainURLs:
    handler400 = urls.handler400
    handler500 = urls.handler500
    urlpatterns = [
        path("page/", page),
        path("static/site.css", page),
        path("link/<str:token>/", page),
        path("signs-in/", signs_in),
        *i18n_patterns(path("takes-more/", takes_more), prefix_default_language=False),
        *urls.urlpatterns,
    ]


@pytest.fixture(autouse=True)
def plain(settings):
    settings.ROOT_URLCONF = PlainURLs
    clear_url_caches()
    yield
    clear_url_caches()


def is_kept_private(response):
    answers = {response.get("Cache-Control") == "no-store", "X-Robots-Tag" in response.headers}
    assert len(answers) == 1  # both or neither
    return answers.pop()


def test_a_page_for_everybody_may_be_kept_and_found(client):
    response = client.get("/page/")
    assert response["Cache-Control"] == "max-age=60"
    assert not is_kept_private(response)


def test_a_page_behind_a_link_from_a_mail_is_private(client):
    assert is_kept_private(client.get("/link/AbCd/"))


def test_every_page_of_a_session_is_private_also_an_error(client, settings):
    """Nobody asks the database who it is: this test has none."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    assert is_kept_private(client.get("/page/"))
    assert is_kept_private(client.get("/a%00b/"))


def test_static_files_are_kept_even_in_a_session(client, settings):
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    assert not is_kept_private(client.get("/static/site.css"))


@pytest.mark.django_db
def test_the_page_for_a_missing_static_file_is_a_page_of_the_session(client, settings):
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    assert is_kept_private(client.get("/static/nowhere.css"))


@pytest.mark.django_db
def test_the_page_that_begins_a_session_is_private(client):
    assert is_kept_private(client.get("/signs-in/"))


def test_each_request_has_a_reference_of_its_own(client):
    references = {client.get("/page/").wsgi_request.reference for _ in range(20)}
    assert len(references) == 20


@pytest.mark.parametrize("address", ["/takes-more/", "/en/takes-more/"])
def test_a_view_that_takes_more_than_a_form_gets_so_much_and_no_byte_more(client, address):
    def sent(size):
        return client.post(address, b"x" * size, content_type="application/octet-stream")

    assert sent(400_000).content == b"400000 bytes"
    assert sent(400_001).status_code == 413


@pytest.mark.parametrize("address", ["/page/", "/no-such-page/", "/static/site.css"])
def test_every_other_address_takes_no_more_than_a_form(client, settings, address):
    body = b"x" * (settings.LARGEST_FORM + 1)

    answer = client.post(address, body, content_type="application/octet-stream")

    assert answer.status_code == 413

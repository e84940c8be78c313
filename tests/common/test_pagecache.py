"""Pages kept for strangers: fast, and never anybody's own."""

import gzip
import re

import pytest
from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.utils import translation

from in4green.common import pagecache
from in4green.common.pagecache import KeptPagesMiddleware, forget_pages, kept, kept_for_strangers
from tests.factories import MembershipFactory, TopicFactory

pages = RequestFactory()


def kept_view(view, *, seconds=60, **options):
    """As requests reach it: behind the middleware that answers from what is kept."""
    return KeptPagesMiddleware(kept_for_strangers(seconds=seconds, **options)(view))


class Counter:
    """A view that answers with how often it was asked."""

    def __init__(self, *, status=200, **kept_how):
        self.asked = 0
        self.status = status
        self.view = kept_view(self.count, **kept_how)

    def count(self, request):
        self.asked += 1
        text = f"{translation.get_language()} {self.asked}"
        return HttpResponse(text, status=self.status)

    def get(self, address="/", **options):
        return self.view(pages.get(address, **options)).content.decode()


def test_a_page_is_made_once_for_all_strangers():
    counter = Counter()

    assert [counter.get(), counter.get()] == ["de 1", "de 1"]


def test_one_part_of_a_kept_page_is_made_anew_for_each_visitor():
    numbers = map(str, range(2, 9))
    anew = pagecache.Anew(re.compile(rb"(?<=<)[^>]+"), lambda: next(numbers))
    view = kept_view(lambda request: HttpResponse("a <1> b"), anew=anew)

    answers = [view(pages.get("/")).content for _ in range(3)]

    assert answers == [b"a <1> b", b"a <2> b", b"a <3> b"]


def test_a_kept_page_without_that_part_stays_as_it_is():
    anew = pagecache.Anew(re.compile(rb"<[^>]+"), lambda: "never")
    view = kept_view(lambda request: HttpResponse("closed"), anew=anew)

    assert [view(pages.get("/")).content for _ in range(2)] == [b"closed", b"closed"]


def test_a_page_is_made_again_when_its_time_is_over():
    counter = Counter(seconds=0)

    assert [counter.get(), counter.get()] == ["de 1", "de 2"]


def test_a_page_whose_mark_is_the_same_is_shown_longer_than_its_time():
    marks = iter("aaabba")
    counter = Counter(seconds=0, mark=lambda request: next(marks))

    answers = [counter.get() for _ in range(6)]

    assert answers == ["de 1", "de 1", "de 1", "de 2", "de 2", "de 3"]


def test_as_long_as_a_page_is_fresh_nobody_asks_for_its_mark():
    marks = iter("a")
    counter = Counter(mark=lambda request: next(marks))

    assert [counter.get(), counter.get()] == ["de 1", "de 1"]


def test_a_page_with_the_same_mark_is_made_again_in_the_end(monkeypatch):
    monkeypatch.setattr(pagecache, "LONGEST", 0)
    counter = Counter(seconds=0, mark=lambda request: "a")

    assert [counter.get(), counter.get()] == ["de 1", "de 2"]


def test_languages_and_addresses_have_pages_of_their_own():
    counter = Counter()
    counter.get()
    with translation.override("en"):
        english = counter.get()
    other = counter.get("/other/")

    assert (english, other, counter.get()) == ("en 2", "de 3", "de 1")


def test_whoever_brings_a_session_gets_a_page_of_his_own(settings):
    counter = Counter()
    counter.get()
    request = pages.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "somebody"

    own = counter.view(request)

    assert own.content == b"de 2"
    assert counter.get() == "de 1"


def test_a_query_is_neither_kept_nor_answered_from_what_is_kept():
    counter = Counter()

    assert [counter.get("/?a=1"), counter.get(), counter.get("/?a=1")] == ["de 1", "de 2", "de 3"]


def test_a_form_sent_is_neither_kept_nor_answered_from_what_is_kept():
    counter = Counter()
    sent = counter.view(pages.post("/")).content

    assert sent == b"de 1"
    assert counter.get() == "de 2"
    assert counter.view(pages.post("/")).content == b"de 3"


def test_only_good_answers_are_kept():
    counter = Counter(status=404)

    assert [counter.get(), counter.get()] == ["de 1", "de 2"]


def test_an_answer_that_sets_a_cookie_is_not_kept():
    @kept_view
    def view(request):
        response = HttpResponse("hello")
        response.set_cookie("taste", "sweet")
        return response

    view(pages.get("/"))

    assert view(pages.get("/")).cookies["taste"].value == "sweet"


def test_a_form_token_is_not_kept():
    @kept_view
    def view(request):
        return HttpResponse(get_token(request))

    first, second = view(pages.get("/")), view(pages.get("/"))

    assert first.content != second.content


def test_browsers_ask_again_so_that_signing_in_shows():
    counter = Counter()

    for _ in range(2):
        response = counter.view(pages.get("/"))
        assert response.headers["Vary"] == "Cookie"
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"


def test_addresses_without_end_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(pagecache, "MOST_PAGES", 3)
    counter = Counter()
    for number in range(10):
        counter.get(f"/{number}/")

    assert len(pagecache._pages) <= 3


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_database_once_and_then_not_at_all(client, count, django_assert_num_queries):
    TopicFactory.create_batch(count)

    with django_assert_num_queries(1):
        first = client.get("/")
    with django_assert_num_queries(0):
        second = client.get("/")

    assert first.content == second.content
    assert not first.cookies
    assert not second.cookies


@pytest.mark.django_db
def test_a_kept_page_has_the_headers_of_one_that_was_made_just_now(client):
    first, second = client.get("/en/"), client.get("/en/")

    assert dict(first.items()) == dict(second.items())
    assert "Content-Security-Policy" in second.headers
    assert second.headers["Content-Length"] == str(len(second.content))


@pytest.mark.django_db
def test_a_kept_page_is_not_shown_under_a_foreign_name(client):
    client.get("/en/")

    assert client.get("/en/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_home_of_a_member_is_neither_kept_nor_that_of_strangers(client):
    before = client.get("/en/")
    client.force_login(MembershipFactory().user)
    own = client.get("/en/")
    client.logout()
    after = client.get("/en/")

    assert b"Sign out" not in before.content
    assert b"Sign out" in own.content
    assert after.content == before.content


@pytest.mark.django_db
def test_a_message_for_one_person_is_not_shown_to_others(client):
    client.force_login(MembershipFactory().user)
    session = client.session
    session["_messages"] = f'[["__json_message", 0, {messages.INFO}, "Only for you"]]'
    session.save()

    assert b"Only for you" in client.get("/en/").content
    client.logout()
    assert b"Only for you" not in client.get("/en/").content


@pytest.mark.parametrize(("seconds", "answers"), [(60, [1, 1]), (0, [1, 2])])
def test_a_fact_is_asked_again_when_its_time_is_over(seconds, answers):
    fact = kept(seconds=seconds)(iter([1, 2]).__next__)

    assert [fact(), fact()] == answers


def test_forgotten_facts_are_asked_again():
    fact = kept(seconds=60)(iter([1, 2]).__next__)
    fact()

    forget_pages()

    assert fact() == 2


def test_whoever_has_the_same_page_already_gets_none():
    view = kept_view(lambda request: HttpResponse("ein Text"))
    first = view(pages.get("/gleich/"))
    etag = first.headers["ETag"]

    again = view(pages.get("/gleich/", headers={"If-None-Match": etag}))
    other = view(pages.get("/gleich/", headers={"If-None-Match": '"another"'}))

    assert (first.status_code, first.content) == (200, b"ein Text")
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert (other.status_code, other.content, other.headers["ETag"]) == (200, b"ein Text", etag)


def test_a_page_with_a_part_of_its_own_for_each_visitor_is_never_called_the_same():
    anew = pagecache.Anew(re.compile(rb"(?<=<)[^>]+"), lambda: "2")
    view = kept_view(lambda request: HttpResponse("a <1> b"), anew=anew)

    assert not any("ETag" in view(pages.get("/anders/")).headers for _ in range(2))


def test_when_a_page_was_changed_last_is_said_of_the_kept_page_too():
    said = {"Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"}
    view = kept_view(lambda request: HttpResponse("alt", headers=said))

    answers = [view(pages.get("/alt/")).headers["Last-Modified"] for _ in range(2)]

    assert answers == [said["Last-Modified"]] * 2


def test_large_pages_make_room_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr(pagecache, "MOST_BYTES", 25)
    view = kept_view(lambda request: HttpResponse("0123456789"))

    for address in ("/1/", "/2/", "/3/"):
        view(pages.get(address))

    assert [address for address, _language in pagecache._pages] == ["/3/"]


def test_a_large_page_is_compressed_once_for_whoever_takes_it_so():
    text = "Die Lage ist gut. " * 10_000
    view = kept_view(lambda request: HttpResponse(text))
    first = view(pages.get("/lang/"))

    plain = view(pages.get("/lang/"))
    small = view(pages.get("/lang/", headers={"Accept-Encoding": "gzip, br"}))
    etag = small.headers["ETag"]
    again = view(pages.get("/lang/", headers={"Accept-Encoding": "gzip", "If-None-Match": etag}))

    assert first.content.decode() == plain.content.decode() == text
    assert gzip.decompress(small.content).decode() == text
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert [one.headers["Vary"] for one in (first, plain, small)] == ["Accept-Encoding, Cookie"] * 3
    assert (again.status_code, again.content) == (304, b"")

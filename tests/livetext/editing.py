"""A page with the editor, and people who open it in real browsers.

def test_two_people(room):
    anna, ben = room.open("Anna Beispiel"), room.open("Ben Beispiel")
    anna.type("Hallo")
    ben.sees("Hallo")
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import clear_url_caches, path
from django.utils.safestring import SafeString
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from groups.models import Membership, Note, User
from in4green import urls
from in4green.livetext.archive import reading
from in4green.livetext.editor import Editor
from in4green.livetext.models import LiveText
from in4green.livetext.owners import access, owner_of
from tests.browser import OpenPage
from tests.factories import MembershipFactory, NoteFactory, UserFactory, WorkingGroupFactory
from tests.livetext.live import Live, session_of
from tests.services import Spawner
from tests.support.pages import Watch

Role = Membership.Role
PAGE = """
{% extends "base.html" %}
{% block title %}{{ editor.label }}{% endblock %}
{% block content %}
  <h1>{{ editor.label }}</h1>
  {% include "livetext/editor.html" %}
{% endblock %}
"""


def page_of_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing but a text, as any owner of texts shows it."""
    text = get_object_or_404(LiveText, pk=pk)
    editor = Editor(
        text=text,
        user=request.user,
        access=access(request.user, text),
        label=owner_of(text).title(text),
        html=SafeString("<p>Was ohne Skript zu lesen ist.</p>"),
        said=reading.read(text),
        keep="loose" not in request.GET,
    )
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"editor": editor}, request))


class PagesWithTexts:
    """The portal's addresses and one more."""

    urlpatterns = [path("text/<int:pk>/", page_of_text), *urls.urlpatterns]


class Author:
    """A person at a page with the text."""

    def __init__(self, page: Page, user: User, address: str) -> None:
        self.page = page
        self.user = user
        self.address = address

    def open(self, query: str = "") -> "Author":
        self.page.goto(self.address + query)
        expect(self.text).to_be_visible()
        return self

    @property
    def text(self) -> Locator:
        return self.page.get_by_role("textbox", name=self.page.locator("h1").inner_text())

    @property
    def state(self) -> Locator:
        return self.page.locator(".editor__state")

    def focus(self) -> None:
        """The caret at the end."""
        self.text.focus()
        self.settle()
        self.page.keyboard.press("Control+End")
        self.settle()

    def settle(self) -> None:
        """20 ms after the focus has come ProseMirror puts the caret back where it was: whoever
        moves it sooner, as no person can, moves nothing. Timers end in their order.
        """
        self.text.evaluate("() => new Promise(done => setTimeout(done, 20))")

    def type(self, words: str) -> None:
        self.focus()
        self.page.keyboard.type(words)

    def sees(self, words: str) -> None:
        expect(self.text).to_contain_text(words)

    def paste(self, html: str, plain: str = "") -> None:
        """As if it came from another program."""
        self.text.evaluate(
            """(text, {html, plain}) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/html", html);
                clipboardData.setData("text/plain", plain);
                const pasted = {clipboardData, bubbles: true, cancelable: true};
                text.dispatchEvent(new ClipboardEvent("paste", pasted));
            }""",
            {"html": html, "plain": plain},
        )

    def signs_in(self, session: str) -> None:
        """In this browser, whoever was signed in before."""
        name = settings.SESSION_COOKIE_NAME
        place = {"name": name, "value": session, "domain": "localhost", "path": "/"}
        self.page.context.add_cookies([place])

    def is_saved(self) -> None:
        """All of it; a connection that was lost may take a while to come back."""
        expect(self.state).to_have_attribute("data-unsaved", "0", timeout=25_000)
        expect(self.state).to_have_attribute("data-state", "saved")

    def is_told(self, words: str) -> Locator:
        """Why the text can't be written any more."""
        alert = self.page.get_by_role("alert").filter(visible=True)
        expect(alert).to_contain_text(words, timeout=25_000)
        return alert

    def tool(self, name: str) -> Locator:
        return self.page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)

    def choose(self, menu: str, item: str) -> None:
        self.page.get_by_role("toolbar").get_by_role("button", name=menu).first.click()
        self.page.get_by_role("menu").get_by_text(item, exact=True).click()

    def markup(self) -> str:
        """Of the text, as it stands in the page."""
        return self.text.evaluate("text => text.editor.getHTML()")

    def client(self) -> int:
        """The id under which this page writes and shows its caret."""
        return int(self.text.evaluate("text => text.editor.state['y-sync$'].doc.clientID"))

    def content(self) -> list[Any]:
        """The blocks, as ProseMirror's JSON."""
        return self.text.evaluate("text => text.editor.getJSON().content")


class Room:
    """One note, the live process, and whoever opens it."""

    def __init__(self, note: Note, live: Live, open_page: OpenPage, site: str) -> None:
        self.note = note
        self.live = live
        self.site = site
        self._open_page = open_page

    def head(self) -> int:
        """The number of the last change that is committed."""
        return LiveText.objects.get(pk=self.note.text_id).head_seq

    def member(self, name: str, role: str = Role.EDITOR) -> User:
        user: User = MembershipFactory(
            group=self.note.group, role=role, user=UserFactory(name=name)
        ).user
        return user

    def author(self, name: str | User, role: str = Role.EDITOR, **options: Any) -> Author:
        """Signed in, with nothing open yet."""
        user = self.member(name, role) if isinstance(name, str) else name
        author = Author(self._open_page(**options), user, f"/text/{self.note.text_id}/")
        author.signs_in(session_of(user))
        return author

    def visit(self, name: str, **options: Any) -> Author:
        """The page of the note itself, with its comments."""
        author = self.author(name, **options)
        author.address = self.note.get_absolute_url()
        return author.open()

    def open(self, name: str | User, role: str = Role.EDITOR, **options: Any) -> Author:
        return self.author(name, role, **options).open()


@pytest.fixture(scope="session")
def shared_room_live(
    live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Live]:
    """One process for all rooms of a worker."""
    spawn = Spawner(tmp_path_factory.mktemp("room"))
    spawn.environment["BASE_URL"] = live_server.url
    server = Live(spawn)
    server.start()
    yield server
    spawn.kill_all()


@pytest.fixture
def room_live(shared_room_live: Live) -> Live:
    """Where tests do something to it, their file takes `own_room_live` instead."""
    return shared_room_live


@pytest.fixture
def own_room_live(site: str, spawn: Spawner, own_live: Live) -> Live:
    spawn.environment["BASE_URL"] = site
    own_live.start()
    return own_live


@pytest.fixture
def room(
    transactional_db: None,
    settings: Any,
    site: str,
    room_live: Live,
    open_page: OpenPage,
    watch: Watch,
) -> Iterator[Room]:
    settings.ROOT_URLCONF = PagesWithTexts
    clear_url_caches()
    live = room_live
    origin = f"http://localhost:{live.port}"
    sources = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"]
    named = [*sources, origin, origin.replace("http", "ws")]
    settings.LIVETEXT = {**settings.LIVETEXT, "ORIGIN": origin}
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], "connect-src": named}
    }
    watch.allowed = f"localhost:{live.port}"
    note = NoteFactory(group=WorkingGroupFactory(slug=settings.DEFAULT_GROUP), title="Leitbild")
    yield Room(note, live, open_page, site)
    live.part()
    clear_url_caches()

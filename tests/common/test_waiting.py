"""The list of what waits: most urgent first, each room's own."""

import pytest
from django.test import RequestFactory

from in4green.common import waiting
from in4green.common.waiting import Item


@pytest.fixture
def sources(monkeypatch) -> None:
    monkeypatch.setattr(waiting, "_sources", [])


def test_the_most_urgent_stands_first_and_equals_stay_in_order(sources):
    waiting.register(lambda request: [Item("a", "/a"), Item("b", "/b", tone="red")])
    waiting.register(lambda request: [Item("c", "/c"), Item("d", "/d", tone="attention")])

    found = waiting.items(RequestFactory().get("/"))

    assert [item.text for item in found] == ["b", "d", "a", "c"]


def test_every_source_is_asked_with_the_request(sources):
    waiting.register(lambda request: [Item(request.path, "/")])

    assert waiting.items(RequestFactory().get("/admin/")) == [Item("/admin/", "/")]

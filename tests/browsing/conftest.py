"""Fixtures of browser tests that more than one file asks for."""

from tests.livetext.editing import own_room_live, room, room_live, shared_room_live

__all__ = ["own_room_live", "room", "room_live", "shared_room_live"]

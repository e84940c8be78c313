"""Fixtures of browser tests that more than one file asks for."""

from tests.livetext.editing import room

__all__ = ["room"]

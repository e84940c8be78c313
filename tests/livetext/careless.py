"""The live process as if it handed on whatever anybody says of who is here."""

from in4green.asgi import application
from in4green.livetext.live import presence

presence.LAST_CLOCK = 2**53 - 1
presence.caret = lambda said: said
presence.refuse = float  # type: ignore[assignment]
presence.Presence._speaks_for = lambda *_: True  # type: ignore[method-assign]

__all__ = ["application"]

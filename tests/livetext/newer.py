"""The live process as it will be after a change of the schema."""

from in4green.livetext import schema

schema.definition()["version"] += 1

from in4green.asgi import application  # noqa: E402

__all__ = ["application"]

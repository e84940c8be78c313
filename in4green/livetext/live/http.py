"""The little HTTP that the live process speaks."""

from typing import Any

from django.conf import settings

from in4green.livetext.live.peers import Send


class TooLarge(Exception):
    pass


async def answer(
    send: Send, status: int, body: bytes = b"", kind: bytes = b"text/plain; charset=utf-8"
) -> None:
    """Only the portal's own pages may read it, with their visitor's session."""
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"access-control-allow-origin", settings.BASE_URL.encode()),
        (b"access-control-allow-credentials", b"true"),
        (b"access-control-allow-methods", b"GET, POST, DELETE"),
        (b"access-control-allow-headers", b"content-type"),
        (b"access-control-max-age", b"600"),
        (b"vary", b"origin"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def body_of(receive: Any, limit: int) -> bytes:
    """Raises TooLarge, without having kept what is too much."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > limit or message["type"] == "http.disconnect":
            raise TooLarge
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)

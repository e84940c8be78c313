"""Where a request comes from, believed only as far as our own proxies vouch for it."""

import hashlib
import hmac
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def client_ip(request: HttpRequest) -> str:
    """The nearest address that is not one of ``TRUSTED_PROXIES``; empty if there is none.

    ``X-Forwarded-For`` is read from the right, and only as long as the hop that wrote the entry is
    trusted: whatever a stranger puts in front of it changes nothing.
    """
    address = _parse(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while address and hops and _is_trusted(address) and (hop := _parse(hops.pop())):
        address = hop
    return str(address or "")


def network_of(address: str) -> str:
    """The /24 (IPv4) or /48 (IPv6) of an address: what logs and limits may know of a person."""
    parsed = _parse(address)
    if parsed is None:
        return ""
    return str(ip_network(f"{parsed}/{24 if parsed.version == 4 else 48}", strict=False))


def network_key(request: HttpRequest) -> str:
    """32 characters that stand for the client's network today and mean nothing tomorrow."""
    today = timezone.now().date().isoformat()
    daily_key = hmac.digest(settings.SECRET_KEY.encode(), f"network:{today}".encode(), "sha256")
    network = network_of(client_ip(request)).encode()
    return hmac.new(daily_key, network, hashlib.sha256).hexdigest()[:32]


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in _networks(tuple(settings.TRUSTED_PROXIES)))


@lru_cache(maxsize=4)
def _networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(text, strict=False) for text in texts)

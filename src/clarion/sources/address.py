"""Addresses: which may be asked for a file, where one may lead on to, and how one is shown."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from clarion.errors import SourceError


def public_address(url: str) -> str:
    """The address without passwords and keys, fit to be shown and kept; ``***`` for what is no address."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            return url
        host = parts.netloc.rpartition("@")[2]
        query = [
            (name, "***" if re.search(r"key|token|secret|signature|password", name, re.IGNORECASE) else value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
        ]
        return urlunsplit((parts.scheme, host, parts.path, urlencode(query, safe=",;:"), ""))
    except ValueError:
        return "***"


def refuse_unsafe(url: str) -> None:
    """Refuse an address whose answer somebody on the way could change: only https, or this machine.

    Raises
    ------
    SourceError: saying so.
    """
    host = _host(url)
    address = _address(host)
    loopback = address.is_loopback if address else host == "localhost"
    parts = urlsplit(url) if host else urlsplit("")
    if parts.scheme != "https" and not (parts.scheme == "http" and loopback):
        raise SourceError(
            "The address is not https, so that anybody on the way could change the file.",
            where=public_address(url),
            next_step="Use an https address, or download the file yourself and use --from FILE.",
        )


def refuse_inward(url: str, onward: str) -> None:
    """Refuse to be led from the open network to this machine or its neighbours, who may answer whoever asks.

    Raises
    ------
    SourceError: saying so.
    """
    if _inside(onward) and not _inside(url):
        raise SourceError(
            "The address leads to a machine of this network.",
            where=public_address(onward),
            next_step="Do not trust that page. Download the file in a browser, and use --from FILE.",
        )


def _inside(url: str) -> bool:
    host = _host(url)
    address = _address(host)
    return not address.is_global if address else host == "localhost" or host.endswith((".localhost", ".local"))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The number that a host is, in any way of writing it that a resolver takes (127.1, 0x7f000001)."""
    try:
        found = ipaddress.ip_address(host)
        return getattr(found, "ipv4_mapped", None) or found
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host)) if host[:1].isdigit() else None
    except OSError:
        return None

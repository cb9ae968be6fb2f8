"""Every address of the desk with values that exist, and everybody who may come to it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from clarion.access import Actor

PARTS = {
    "iso3": "KGZ", "item": "wheat", "form": "csv", "table": "trade_flows", "source": "staple-trade", "name": "grants",
    "secret": "x" * 43, "uidb36": "1", "key": "1-x",
    "request_id": "a" * 26, "purpose": "people", "programme": "main", "file": "release.json", "dataset": "default",
}  # fmt: skip


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Each address as it is declared, with its view; of two alike the first answers."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path, entry.callback
        else:
            yield from patterns(entry, path)


def declared() -> dict[str, Any]:
    """Addresses by their declaration, each once."""
    found: dict[str, Any] = {}
    for path, view in patterns():
        found.setdefault(path, view)
    return found


@dataclass
class Visitor:
    """Somebody at the door: their browser, their account, and what is theirs, by kind."""

    role: str
    client: Client
    actor: Actor | None = None
    own: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, form: dict[str, str] | None = None, **more: Any) -> Any:
        """One request; the body of an API call is JSON."""
        where = "/" + path
        if path.startswith("api/"):
            return self.client.generic(method, where, more.pop("body", "{}"), "application/json", **more)
        if method == "POST":
            return self.client.post(where, form or {}, **more)
        return self.client.generic(method, where, **more)


def written(path: str, own: dict[str, str]) -> str:
    """An address with a value for every part: what is somebody's own where they have it, else one of nobody."""
    for old, new in (
        (r"\^?confirm-email/\(.*", "confirm-email/abc/"),
        (r"\^?password/reset/key/\(.*", "password/reset/key/1-x/"),
        (r"^\^account/\(\?:.*", "account/signup/"),
    ):
        path = re.sub(old, new, path)
    owned = "plan" if "plans/" in path else "scenario" if "own/" in path else "commitment" if "commitments/" in path \
        else "run"  # fmt: skip

    def value(found: re.Match[str]) -> str:
        kind, _, name = found[1].rpartition(":")
        if kind == "int":
            return "1"
        if name in ("pk", "other"):
            return own.get(owned, str(uuid.UUID(int=1)))
        if name == "name" and "shipped" in path:
            return "black-sea-closure"
        if name == "name" and path.endswith(".svg"):
            return "avoided"
        return "pdf" if name == "form" and "brief" in path else PARTS[name]

    return re.sub(r"<([^>]+)>", value, path)

"""Sessions: those that have ended are removed, and somebody's can be listed and ended, one or all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import transaction
from django.http import HttpRequest

from clarion.access.store.log import record
from clarion.access.store.models import Session, User
from clarion.desk import devices, session_store, tally
from clarion.vocab import Phrase

_WAYS = {
    "link": Phrase("a link"), "password": Phrase("a password"), "totp": Phrase("an authenticator app"),
    "webauthn": Phrase("a passkey"), "recovery_codes": Phrase("a recovery code"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A session as its owner sees it: no address and no browser is kept."""

    handle: str
    began: datetime
    seen: datetime
    ways: tuple[Phrase, ...]
    this: bool


def forget_ended() -> None:
    """Remove sessions, counts and browsers that have ended: nothing else does, and strangers begin some."""
    tally.forget_ended()
    devices.forget_ended()
    session_store.forget_ended()


def end_all(user: User) -> None:
    """Sign somebody out wherever they are signed in."""
    Session.objects.filter(user=user).delete()


def listed(request: HttpRequest) -> Iterator[Shown]:
    """The reader's own sessions, the one used last first."""
    store = session_store.SessionStore()
    for row in session_store.alive().filter(user=request.user.pk).order_by("-seen_at"):
        entries = store.decode(row.session_data).get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        used = [entry.get("type") or entry["method"] for entry in entries]
        ways = tuple(dict.fromkeys(_WAYS[way] for way in used if way in _WAYS))
        yield Shown(row.pk, row.expire_date - session_store.LIFE, row.seen_at, ways, row.pk == _this(request))


def end_one(request: HttpRequest, handle: str) -> None:
    """End one of the reader's own sessions; anybody else's is not found."""
    with transaction.atomic():
        if Session.objects.filter(user=request.user.pk, pk=handle).delete()[0]:
            record(request.user.actor, "ended a session")  # type: ignore[union-attr]


def end_others(request: HttpRequest) -> None:
    """Sign the reader out everywhere else; the other browsers are strangers' again."""
    with transaction.atomic():
        Session.objects.filter(user=request.user.pk).exclude(pk=_this(request)).delete()
        devices.forget_others(request)
        record(request.user.actor, "signed out everywhere else")  # type: ignore[union-attr]


def _this(request: HttpRequest) -> str:
    return session_store.hashed(request.session.session_key or "")

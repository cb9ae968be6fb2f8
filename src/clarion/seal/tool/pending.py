"""Requests of this device that wait for answers, each with its one-time key, kept in the notes until it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clarion.errors import UnknownName
from clarion.seal import request as requests
from clarion.seal.crypto import X25519PrivateKey
from clarion.seal.documents import decode, encode
from clarion.seal.request import Request
from clarion.seal.tool.run import Run


@dataclass(frozen=True, slots=True)
class Pending:
    """A request as it was made here, and the key that its answers are sealed to."""

    request: Request
    key: X25519PrivateKey

    @property
    def id(self) -> str:
        return self.request.id

    @property
    def purpose(self) -> str:
        return str(self.request.document["purpose"])


def keep(run: Run, request: Request, key: X25519PrivateKey) -> None:
    """Keep the key of a request, before the request leaves.

    Raises
    ------
    StorageError: the disk is full; nothing was asked.
    """
    run.notes.pending[request.id] = {
        "request": request.document, "key": encode(key.private_bytes_raw()), "until": int(request.until.timestamp()),
    }  # fmt: skip
    run.save()


def every(run: Run) -> list[Pending]:
    return [_pending(held) for held in run.notes.pending.values()]


def of(run: Run, name: str) -> Pending:
    """The request whose id begins with ``name``.

    Raises
    ------
    UnknownName: none, or more than one.
    """
    meant = [request for request in run.notes.pending if request.startswith(name)]
    if len(meant) != 1:
        raise UnknownName(
            f"{'More than one request of this device begins' if meant else 'This device has no key of a request'}"
            f"{'' if meant else ' that begins'} with {name}: "
            + ("give more letters." if meant else "it is done, ended long ago, or was made elsewhere."),
            next_step="See those that are left with: clarion-open list",
        )
    return _pending(run.notes.pending[meant[0]])


def forget(run: Run, pending: Pending) -> None:
    """Delete the one-time key: from now on the answers open nothing, here either."""
    run.notes.pending.pop(pending.id, None)
    run.save()


def _pending(held: dict[str, Any]) -> Pending:
    return Pending(requests.parse(held["request"]), X25519PrivateKey.from_private_bytes(decode(held["key"], 32)))

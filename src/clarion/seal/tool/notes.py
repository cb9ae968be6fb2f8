"""What a tool remembers between runs, encrypted under its owner's keys: rosters, requests, answers, openings, time.

Whoever takes the machine learns nothing from it without the passphrase. It is replaced in one step, so a run that is
killed leaves the old notes or the new ones. An older copy put back in its place cannot be told from the notes alone;
``answer`` finds it where the desk shows an answer of ours that they do not hold.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clarion.errors import NotAllowed
from clarion.seal.documents import Document, canonical, decode, encode, read, write
from clarion.seal.errors import SealError
from clarion.seal.keyfile import Keys
from clarion.seal.tool.folder import Folder, read_text, write_private

DAY = 86_400  # seconds
KEPT = 7 * DAY  # how long what belongs to a request is remembered after its end
_BACK = 120  # seconds by which a clock that is kept right may step back
_BUCKET = 16_384  # bytes: the file's length tells little
_FIELDS = {"name": str, "nonce": str, "secret": str}


@dataclass
class Notes:
    """``seen``, ``answers`` and ``stops`` are a keyholder's, ``pending`` a requester's; each by request id.
    ``screened`` is a requester's: for each record a name of the outcome that was returned last."""

    pinned: Document | None = None
    signed: list[str] = field(default_factory=list)
    latest: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    stops: dict[str, str] = field(default_factory=dict)
    pending: dict[str, dict[str, Any]] = field(default_factory=dict)
    screened: dict[str, str] = field(default_factory=dict)

    def opened_today(self, policy: str, now: datetime) -> int:
        """Records of a policy that were approved here in the last 24 hours."""
        since = int(now.timestamp()) - DAY
        return sum(
            a["count"] for a in self.answers.values()
            if a["kind"] == "approval" and a["policy"] == policy and a["when"] > since
        )  # fmt: skip

    def tick(self, now: datetime) -> None:
        """Remember the time, and forget what belongs to requests that ended a week ago.

        Raises
        ------
        NotAllowed: the clock was set back, which would let limits by the day and waiting times be passed over.
        """
        seconds = int(now.timestamp())
        if seconds < self.latest - _BACK:
            raise NotAllowed(
                "The clock of this machine was set back: at the last run it was "
                f"{datetime.fromtimestamp(self.latest, now.tzinfo):%F %R} UTC, and now it is {now:%F %R} UTC.",
                next_step="Set it right. If it is right now and was wrong then: the same command with --clock-is-right",
            )
        self.latest = max(seconds, self.latest)
        for kept in (self.answers, self.pending):
            for name in [name for name, item in kept.items() if item["until"] + KEPT < seconds]:
                del kept[name]
        for name in [name for name, first in self.seen.items() if first + 30 * DAY + KEPT < seconds]:
            del self.seen[name]
            self.stops.pop(name, None)

    def clock_was_wrong(self, now: datetime) -> None:
        """Begin the time anew: waiting times run from now, and all that was approved counts as approved now."""
        self.latest = int(now.timestamp())
        self.seen = dict.fromkeys(self.seen, self.latest)
        for answer in self.answers.values():
            answer["when"] = self.latest


def load(folder: Folder, keys: Keys) -> Notes | None:
    """The notes of a key's owner; None where there are none.

    Raises
    ------
    SealError: they are of other keys, or were changed.
    """
    if not folder.notes.exists():
        return None
    document = read(read_text(folder.notes), "notes", _FIELDS)
    try:
        plain = ChaCha20Poly1305(_key(keys)).decrypt(
            decode(document["nonce"], 12), decode(document["secret"]), _bound(keys)
        )
    except InvalidTag as error:
        raise SealError(
            "The notes of this tool were changed, or belong to another key.",
            where=str(folder.notes),
            next_step="Move the file away and pin the roster anew, as when notes are lost; tell the other keyholders.",
        ) from error
    return Notes(**json.loads(plain))


def save(folder: Folder, keys: Keys, notes: Notes) -> None:
    """Write the notes, in one step.

    Raises
    ------
    StorageError: the disk is full, or the folder may not be written; the former notes stand.
    """
    plain = canonical(asdict(notes))
    plain = plain.ljust(-(-len(plain) // _BUCKET) * _BUCKET)
    nonce = secrets.token_bytes(12)
    sealed = ChaCha20Poly1305(_key(keys)).encrypt(nonce, plain, _bound(keys))
    document: Document = {
        "clarion": "notes",
        "v": 1,
        "name": keys.name,
        "nonce": encode(nonce),
        "secret": encode(sealed),
    }
    write_private(folder.notes, write(document))


def _key(keys: Keys) -> bytes:
    secret = keys.sign.private_bytes_raw() + keys.box.private_bytes_raw()
    derived: bytes = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"clarion notes 1").derive(secret)
    return derived


def _bound(keys: Keys) -> bytes:
    return canonical(["notes", keys.name])

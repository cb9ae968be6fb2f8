"""Write the log of who did what: each act a link of one chain, in the transaction of the act itself."""

from __future__ import annotations

import json
import re
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from clarion.access import Actor
from clarion.access.store.models import LogEntry, LogHead
from clarion.config import config
from clarion.seal.log import RESTORED
from clarion.seal.log.chain import Chain, Row
from clarion.seal.log.entry import require_opaque
from clarion.seal.log.signer import Head, Signer, signer, verified
from clarion.seal.log.verify_alone import ZERO, head_text

_ADVISORY = 0x436C6C67  # "Cllg": one writer at a time, from whichever machine


def record(actor: Actor, action: str, object: str = "", **detail: Any) -> None:
    """Note an act. Call it in the transaction of the act, at its end: then both are there, or neither.

    Until that transaction ends nobody else can note anything.

    Raises
    ------
    ValueError: the action, the object or a detail could tell of a person (``require_opaque``).
    StorageError: the key of the log cannot be read.
    """
    require_opaque(actor.id, action, object, detail)
    with transaction.atomic(savepoint=False):
        one_writer()
        chain = _chain(ours := signer(config().home))
        _say_restored(chain, ours)
        _link(chain, ours, actor.id, action, object, detail)


def one_writer() -> None:
    """Keep every other writer of the log waiting until the transaction ends (SQLite has one writer anyway)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_ADVISORY])


def head_of() -> Head | None:
    """The head as the database has it, signed or not; None where it has none that could be one."""
    row = LogHead.objects.order_by("pk").values("seq", "hash", "at", "key", "sig").first()
    whole = row and isinstance(row["seq"], int) and all(isinstance(row[k], str) for k in ("hash", "at", "key", "sig"))
    return row if whole and re.fullmatch("[0-9a-f]{64}", row["hash"]) and row["seq"] >= 0 else None


def keep(row: Row, ours: Signer) -> None:
    """Write a link of the chain, and the head that names it."""
    LogEntry.objects.create(seq=row.seq, line=row.line, hash=row.hash, sig=row.sig)
    head = ours.head(row.seq, row.hash, json.loads(row.line)["at"])
    if not LogHead.objects.update(**head):
        LogHead.objects.create(pk=1, **head)


def _chain(ours: Signer) -> Chain:
    head = head_of()
    seq, hashed = LogEntry.objects.order_by("-seq").values_list("seq", "hash").first() or (0, ZERO.hex())
    if not re.fullmatch("[0-9a-f]{64}", hashed):
        hashed = ZERO.hex()
    chain = Chain(ours, seq, hashed)
    if (seq or head) and not _as_signed(head, seq, hashed, ours):
        # Signing on as if nothing were would vouch for what somebody wrote into the database. Refusing would lock
        # everybody out. So the log goes on, and says for good that its end was not what the desk had signed.
        told = {"seq": head["seq"], "hash": head["hash"]} if head else {"seq": 0, "hash": ZERO.hex()}
        _link(chain, ours, "desk", "log head was not as signed", "", told)
    return chain


def _as_signed(head: Head | None, seq: int, hashed: str, ours: Signer) -> bool:
    if not head or (head["key"], head["seq"], head["hash"]) != (ours.key, seq, hashed):
        return False
    return bool(re.fullmatch("[0-9a-f]{128}", head["sig"])) and verified(
        bytes.fromhex(ours.key), head_text(head), bytes.fromhex(head["sig"])
    )


def _say_restored(chain: Chain, ours: Signer) -> None:
    file = config().home / RESTORED
    if not file.exists():
        return
    told = json.loads(file.read_text(encoding="utf-8"))
    # A kill between the end of the transaction and the removal of the file would say it twice.
    if not LogEntry.objects.filter(action="restored a back-up", object=told["restore"]).exists():
        _link(chain, ours, "console", "restored a back-up", told["restore"], {"made": told["made"]})
    transaction.on_commit(lambda: file.unlink(missing_ok=True))


def _link(chain: Chain, ours: Signer, actor: str, action: str, object: str, detail: dict[str, Any]) -> None:
    keep(chain.link(timezone.now(), actor, action, object, detail), ours)

"""What comes back from an approved batch: values sealed anew for a new roster, or one word for each of them."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction

from clarion.access import Actor
from clarion.access.store.log import record
from clarion.errors import InputError
from clarion.outbox import Message
from clarion.outbox.store.verbs import propose
from clarion.seal.documents import canonical, digest
from clarion.seal.errors import BadDocument, SealError
from clarion.seal.returned import MOST_HITS, OUTCOMES, SEALED, WORDS, an_entry, check_returned
from clarion.seal.store import sealing
from clarion.seal.store.kept import lock, unlock
from clarion.seal.store.openings import approved
from clarion.seal.store.rosters import in_force
from clarion.seal.value import Sealed, read_envelope

RESCREENED = "seal.rescreened"  # topic of the outbox
_TOGETHER = 10  # values of a proposal: with all their hits they fit into what can be locked


def reseal(actor: Actor, request_id: str, several: list[dict[str, Any]], signature: str) -> int:
    """Keep values that the requester opened and sealed for the roster in force, in place of the former ones.

    The desk sees that each is the next revision of a value of the request, for the same room, fields and policy; what
    is in it, it cannot see. The former wraps are erased.

    Raises
    ------
    SealError: not an approved request for this, not signed by the device that asked, or a value that is not of the
    request or not the next revision.
    """
    with transaction.atomic():
        _, request = approved(actor, request_id, "reseal")
        named, roster = dict(request.records), in_force()
        check_returned(request, roster, SEALED, several, signature)
        for one in several:
            sealed = _sealed(one)
            envelope = sealed.envelope
            row = sealing.get(envelope["record"], lock=True)
            expected = {
                "organisation": roster.document["organisation"], "room": row.room, "fields": row.fields,
                "policy": row.policy, "roster": roster.digest, "epoch": roster.document["epoch"],
                "revision": row.revision + 1,
            }  # fmt: skip
            if row.digest == sealed.digest:
                continue  # sent twice over a bad line
            if named.get(row.handle) != row.digest or any(envelope[k] != v for k, v in expected.items()):
                raise SealError(
                    "A value that came back is not the next revision of one of this request.",
                    next_step="Fetch the request's answers anew and seal them again: clarion open reseal",
                )
            if set(sealed.wraps) != set(roster.names):
                raise SealError("A value came back without a wrap for every keyholder.", next_step="Seal it again.")
            sealing.put(actor, sealing.ANEW, row, sealed)
    return len(several)


def outcomes(actor: Actor, request_id: str, found: list[dict[str, Any]], signature: str) -> int:
    """Hand what a rescreened batch changed on to whoever asked for it, through the outbox: locked proposals of several.
    A proposal of its own for each handle would tell whose outcome changed.

    Raises
    ------
    InputError: a word that is none of ``WORDS``, or a hit that is no entry of a list. SealError: not an approved
    request for this, not signed by the device that asked, or another's value.
    """
    with transaction.atomic():
        opening, request = approved(actor, request_id, "rescreen")
        check_returned(request, in_force(), OUTCOMES, found, signature)
        known = dict(request.records)
        for one in found:
            hits = one.get("hits", [])
            if one.get("outcome") not in WORDS:
                raise InputError("An outcome is one of: " + ", ".join(WORDS) + ".", next_step="Mend the file.")
            if one.get("record") not in known:
                raise SealError("An outcome names a value that is not of this request.", next_step="Mend the file.")
            if len(hits) > MOST_HITS or not all(map(an_entry, hits)):
                raise InputError("A hit names a list and an entry of it, and nothing else.", next_step="Mend the file.")
        told = [{"record": one["record"], "outcome": one["outcome"], "hits": one.get("hits", [])} for one in found]
        # The same sent twice over a bad line is one; what the device found and signed later is another. Outcomes could
        # be guessed from a hash of their own, and not from that of a signature that is kept nowhere.
        batch = f"{request_id}:{digest(signature)[:22]}"
        for number, first in enumerate(range(0, len(told), _TOGETHER)):
            key = f"{batch}:{number}"
            propose(Message(RESCREENED, key, {"locked": lock(told[first : first + _TOGETHER], RESCREENED, key)}))
        record(actor, "handed in outcomes of a rescreening", opening.request_id[:22], count=opening.count)
    return len(found)


def awaited(actor: Actor, request_id: str) -> None:
    """Go on only where outcomes of this request are the actor's to hand in; raises as ``outcomes``."""
    with transaction.atomic():
        approved(actor, request_id, "rescreen")


def outcomes_file(actor: Actor, request_id: str, source: bytes) -> int:
    """The same as ``outcomes`` for a file that a device wrote; raises as it does.

    Raises
    ------
    BadDocument: it is no such file.
    """
    try:
        found = json.loads(source)
    except (ValueError, RecursionError):
        found = None
    rows = found.get(OUTCOMES) if isinstance(found, dict) else None
    if not isinstance(rows, list) or not all(_a_row(row) for row in rows):
        raise BadDocument("This file holds no outcomes of a rescreening.",
                          next_step="Choose the one that clarion keyholder rescreen wrote with --out.")  # fmt: skip
    return outcomes(actor, request_id, rows, str(found.get("signature", "")))


def _a_row(row: Any) -> bool:
    return (
        isinstance(row, dict) and isinstance(row.get("record"), str) and isinstance(row.get("outcome"), str)
        and isinstance(row.get("hits", []), list)
    )  # fmt: skip


def returned(message: Message) -> list[dict[str, Any]]:
    """What a proposal of ``RESCREENED`` says: ``record``, ``outcome`` and ``hits`` (list and entry) of each value."""
    return list(unlock(message.body["locked"], RESCREENED, message.key))


def _sealed(one: dict[str, Any]) -> Sealed:
    wraps = one.get("wraps")
    if not isinstance(wraps, dict) or not all(isinstance(box, str) for box in wraps.values()):
        raise InputError("A sealed value came back without wraps.", next_step="Seal it again: clarion open reseal")
    canonical(wraps)
    return Sealed(read_envelope(one.get("envelope", {})), wraps)

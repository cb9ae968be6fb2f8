"""A request to open values: who asks, why, which ones, and the one-time key that the answers are sealed to.

It is made and signed on the requester's own machine, with a device key that the keyholders' roster lists. The reason is
boxed for each keyholder, so that the server which carries it cannot read it. The answers are sealed to a key that is
made for this request alone and never leaves that machine: there the values open, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from clarion.errors import InputError
from clarion.seal.crypto import X25519PrivateKey, box, is_signed, public_box, public_sign, signed, unbox
from clarion.seal.documents import Document, canonical, decode, digest, encode, read
from clarion.seal.errors import BadDocument, SealError
from clarion.seal.moments import moment, not_ahead, written
from clarion.seal.roster import Roster

MOST = 1000  # values in one request
LONGEST_REASON = 2000  # bytes; every reason is filled to this, so that its length tells nothing
_FIELDS = {
    "organisation": str, "roster": str, "purpose": str, "policy": str, "records": list, "reasons": dict, "device": str,
    "key": str, "made": str, "until": str, "signature": str,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose parts are what they should be; that its device may ask, ``allow`` finds."""

    document: Document

    @property
    def id(self) -> str:
        return digest(self.document)

    @property
    def records(self) -> list[tuple[str, str]]:
        """Each value's handle and its envelope's digest, in the order in which answers give their boxes."""
        return [(record, named) for record, named in self.document["records"]]

    @property
    def until(self) -> datetime:
        return moment(self.document["until"])


def make_request(
    roster: Roster,
    *,
    purpose: str,
    policy: str,
    records: Sequence[tuple[str, str]],
    reason: str,
    device: str,
    key: str,
    now: datetime,
    sign: Callable[[bytes], bytes],
) -> Request:
    """A signed request under ``roster`` for ``records`` (handle and envelope digest), to the one-time public ``key``.

    Raises
    ------
    InputError: no reason, too long a one, no value or too many. SealError: the device may not ask for this.
    """
    said = reason.strip().encode()
    if not said or len(said) > LONGEST_REASON - 1:
        raise InputError(
            f"A reason has 1 to {LONGEST_REASON - 1} letters; this one has {len(said)}.",
            next_step="Say in a sentence why these values must be opened; only keyholders will read it.",
        )
    filled = said.ljust(LONGEST_REASON, b"\0")
    hours = roster.policy(policy)["hours"]
    document: Document = {
        "clarion": "request", "v": 1, "organisation": roster.document["organisation"], "roster": roster.digest,
        "purpose": purpose, "policy": policy, "records": [list(pair) for pair in records], "device": device, "key": key,
        "made": written(now), "until": written(now + timedelta(hours=hours)),
        "reasons": {name: encode(box(filled, public, ["reason", key, name])) for name, public in roster.box_keys()},
    }  # fmt: skip
    request = parse(signed(document, sign))
    allow(request, roster, now)
    return request


def parse(source: str | bytes | Document) -> Request:
    """A request from its file or document.

    Raises
    ------
    BadDocument: it is none. InputError: it asks for no value, for too many, or for one twice.
    """
    document = read(canonical(source) if isinstance(source, dict) else source, "request", _FIELDS)
    pairs = document["records"]
    if not all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(x, str) for x in pair) for pair in pairs):
        raise BadDocument("A request does not name its values as it should.", next_step="Make it anew: clarion-open")
    for record, named in pairs:
        decode(record, 16), decode(named, 32)
    if not 0 < len(pairs) <= MOST or len({record for record, _ in pairs}) < len(pairs):
        raise InputError(
            f"A request names 1 to {MOST} values, each once; this one names {len(pairs)}.",
            next_step="Ask for fewer at a time.",
        )
    public_box(document["key"])
    if moment(document["until"]) <= moment(document["made"]):
        raise BadDocument("A request ends before it begins.", next_step="Make it anew: clarion-open")
    return Request(document)


def allow(request: Request, roster: Roster, now: datetime) -> None:
    """Go on only if the device that signed may ask for this, under the roster in force, at this time.

    Raises
    ------
    SealError: another roster, a device that is not listed or may not, a false signature, too old, too long a life.
    """
    document = request.document
    if (document["organisation"], document["roster"]) != (roster.document["organisation"], roster.digest):
        raise _refuse("was made under another roster than the one in force", "Make it anew: clarion-open")
    entry = roster.device(document["device"])
    if not is_signed(document, public_sign(entry["card"]["sign"])):
        raise _refuse("is not signed by the device it names", "Do not answer; call the requester.")
    if document["purpose"] not in entry["purposes"]:
        raise _refuse(
            "comes from a device that may not ask for this purpose", "Ask the keyholders to list it for this."
        )
    not_ahead(moment(document["made"]), now, "request")
    hours = roster.policy(document["policy"])["hours"]
    if request.until - moment(document["made"]) > timedelta(hours=hours):
        raise _refuse(f"lives longer than the {hours} hours of its policy", "Make it anew: clarion-open")
    if now >= request.until:
        raise _refuse(f"ended at {document['until']}", "Make it anew: clarion-open")


def reason_of(request: Request, name: str, key: X25519PrivateKey) -> str:
    """Why, as the keyholder called ``name`` reads it.

    Raises
    ------
    SealError: there is no reason for this keyholder, or it was changed.
    """
    sealed: Any = request.document["reasons"].get(name)
    if not isinstance(sealed, str):
        raise _refuse("gives you no reason", "Refuse it, or ask the requester to make it anew.")
    filled = unbox(decode(sealed), key, ["reason", request.document["key"], name])
    return filled.rstrip(b"\0").decode("utf-8", "replace")


def _refuse(why: str, step: str) -> SealError:
    return SealError(f"This request {why}.", next_step=step)

"""A request with all that a keyholder needs to judge it, checked against the rosters that this tool knows.

The desk that hands it over may lie about anything. So: the request is signed by a device of the roster in force; each
stub has the digest that the request names, belongs to the record and policy it says, and to a roster of the chain; an
answer counts only when its keyholder signed it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clarion.errors import ClarionError, InputError
from clarion.seal import reply as replies
from clarion.seal import request as requests
from clarion.seal.documents import Document, digest
from clarion.seal.errors import BadDocument, SealError
from clarion.seal.request import Request
from clarion.seal.roster import Roster
from clarion.seal.tool.carried import found, listed
from clarion.seal.tool.chain import Chain, settle
from clarion.seal.tool.notes import Notes
from clarion.seal.value import read_stub


@dataclass(frozen=True, slots=True)
class Bundle:
    """What holds: ``stubs`` and ``wraps`` in the request's order, ``replies`` those that are truly signed."""

    request: Request
    chain: Chain
    stubs: list[Document]
    wraps: list[str]
    replies: list[Document]
    false_replies: int

    @property
    def device(self) -> Document:
        """The roster's entry of the device that asks."""
        return self.chain.newest.device(self.request.document["device"])

    @property
    def policy(self) -> dict[str, int]:
        return self.chain.newest.policy(self.request.document["policy"])

    def kinds(self) -> Counter[str]:
        """How many values there are of each room and field set."""
        return Counter(f"{stub['room']}/{stub['fields']}" for stub in self.stubs)


def check(bundle: dict[str, Any], notes: Notes, now: datetime) -> Bundle:
    """What a bundle holds, after every check that needs no private key; pins the newest roster in ``notes``.

    Raises
    ------
    BadDocument: a part is missing or cut off. SealError: something is forged, moved, replayed or out of date.
    """
    chain = settle(notes, listed(bundle, "rosters"))
    request = requests.parse(found(bundle, "request"))
    requests.allow(request, chain.newest, now)
    rows = listed(bundle, "records")
    if len(rows) != len(request.records):
        raise BadDocument(
            f"A bundle holds {len(rows)} of the {len(request.records)} values of its request.",
            next_step="Fetch it again.",
        )
    stubs, wraps = [], []
    for row, (record, named) in zip(rows, request.records, strict=True):
        stub, wrap = _row(row, record)
        _belongs(stub, record, named, request, chain)
        stubs.append(stub)
        wraps.append(wrap)
    true, false = answers(listed(bundle, "replies"), request, chain.newest)
    return Bundle(request, chain, stubs, wraps, true, false)


def made_for(bundle: dict[str, Any], roster: Roster, name: str) -> None:
    """Refuse a bundle that the desk made for another keyholder than ``name``: its boxes open with their key only.

    The desk says for whom, and nobody signs that: it makes the message plain and proves nothing.

    Raises
    ------
    InputError: naming whose it is.
    """
    whose = bundle.get("keyholder", name)
    if whose != name:
        labels = {card["name"]: card["label"] for card in roster.keyholders}
        own, other = labels.get(name, "another"), labels.get(str(whose), "somebody else")
        raise InputError(
            f"This bundle was made for {other}; you are {own}.",
            next_step=f"Choose {own} under “You are” on the page of sealed values, and download it again.",
        )


def answers(documents: Sequence[Any], request: Request, roster: Roster) -> tuple[list[Document], int]:
    """The answers that keyholders of ``roster`` signed, and how many others there are, which count for nothing."""
    true: list[Document] = []
    for document in documents:
        try:
            true.append(replies.parse(document if isinstance(document, dict) else {}, request, roster))
        except ClarionError:
            continue
    return true, len(documents) - len(true)


def _row(row: Any, record: str) -> tuple[Document, str]:
    if not isinstance(row, dict) or row.get("record") != record or not isinstance(row.get("stub"), dict):
        raise SealError(
            "The values of this bundle are not those of its request, in their order.",
            next_step="Do not answer; fetch it again, and tell the other keyholders if it stays so.",
        )
    wrap = row.get("wrap") or ""
    return read_stub(row["stub"]), wrap if isinstance(wrap, str) else ""


def _belongs(stub: Document, record: str, named: str, request: Request, chain: Chain) -> None:
    document = request.document
    if digest(stub) != named:
        raise _refuse("is not the one that the request names")
    if stub["record"] != record:
        raise _refuse("belongs to another record than the request says")
    if stub["policy"] != document["policy"]:
        raise _refuse("was sealed under another policy than the request names")
    if stub["organisation"] != document["organisation"]:
        raise _refuse("belongs to another organisation")
    if chain.of(stub["roster"]).document["epoch"] != stub["epoch"]:
        raise _refuse("names an epoch that its roster does not have")
    if document["purpose"] == "reseal" and stub["epoch"] == chain.newest.document["epoch"]:
        raise _refuse("is sealed for the keyholders in force: there is nothing to seal anew")


def _refuse(why: str) -> SealError:
    return SealError(f"A value of this request {why}.", next_step="Do not answer; tell the other keyholders.")

"""The answers to a request of this device, checked, and the values that they open, here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clarion.errors import ClarionError
from clarion.seal.documents import Document
from clarion.seal.errors import BadDocument, NotEnough, SealError
from clarion.seal.reply import parts_for
from clarion.seal.roster import Roster
from clarion.seal.tool.bundle import answers
from clarion.seal.tool.carried import found, listed, read_file
from clarion.seal.tool.chain import Chain, settle
from clarion.seal.tool.pending import Pending
from clarion.seal.tool.run import Run
from clarion.seal.tool.terminal import warn
from clarion.seal.value import Opened, envelope_digest, open_with, read_envelope


@dataclass(frozen=True, slots=True)
class Answered:
    """Envelopes in the request's order (None: erased since), each with its parts and the roster it was sealed under."""

    chain: Chain
    envelopes: list[Document | None]
    parts: list[dict[str, bytes]]

    def roster(self, envelope: Document) -> Roster:
        return self.chain.of(envelope["roster"])


def fetch(run: Run, pending: Pending) -> Answered:
    """The answers to a request, from ``--file`` or the desk.

    Raises
    ------
    SealError: it was stopped, or what came is not what was asked for. BadDocument: a part is missing or cut off.
    NotEnough: too few keyholders have approved for the desk to hand anything on.
    """
    bundle = read_file(run.given.file) if run.given.file else run.desk().get(f"/requests/{pending.id}/answers")
    chain = settle(run.notes, listed(bundle, "rosters"))
    if found(bundle, "request") != pending.request.document:
        raise SealError("These answers are to another request.", next_step="Ask for the right ones.")
    if bundle.get("envelopes") == [] and bundle.get("state") == "open":
        raise NotEnough(
            f"{_whole(bundle.get('approved'))} of {chain.newest.threshold} keyholders have approved.",
            next_step="Wait for the others, and run the command again.",
        )
    asked_under = chain.of(pending.request.document["roster"])
    true, false = answers(listed(bundle, "replies"), pending.request, asked_under)
    if false:
        warn(f"{false} answers are not signed by a keyholder, or answer another request: they count for nothing.")
    envelopes = listed(bundle, "envelopes")
    if len(envelopes) != len(pending.request.records):
        raise BadDocument(
            f"{len(envelopes)} of {len(pending.request.records)} values came.", next_step="Fetch the answers again."
        )
    checked = [
        None if envelope is None else _asked_for(envelope, record, named)
        for envelope, (record, named) in zip(envelopes, pending.request.records, strict=True)
    ]
    return Answered(chain, checked, parts_for(pending.request, true, pending.key))


def opened(found: Answered) -> tuple[dict[int, Opened], list[ClarionError]]:
    """The values that open, by their place in the request, and why the others do not."""
    values: dict[int, Opened] = {}
    faults: list[ClarionError] = []
    for at, (envelope, parts) in enumerate(zip(found.envelopes, found.parts, strict=True)):
        try:
            if envelope is None:
                raise SealError("A value was erased since it was asked for.", next_step="Nobody can open it any more.")
            values[at] = open_with(envelope, parts, found.roster(envelope))
        except ClarionError as error:
            faults.append(error)
    return values, faults


def _whole(number: Any) -> int:
    return number if isinstance(number, int) else 0


def _asked_for(source: Any, record: str, named: str) -> Document:
    envelope = read_envelope(source if isinstance(source, dict) else {})
    if envelope_digest(envelope) != named or envelope["record"] != record:
        raise SealError(
            "A value that came is not the one that was asked for.",
            next_step="Do not go on; tell the keyholders and the desk's operator.",
        )
    return envelope

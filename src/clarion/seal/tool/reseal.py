"""Seal values anew when the keyholders have changed, so that those who left hold parts of nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from clarion.errors import InputError
from clarion.seal.documents import Document, canonical
from clarion.seal.errors import DeskError, SealError
from clarion.seal.returned import SEALED, sign_returned
from clarion.seal.roster import Roster
from clarion.seal.tool import answers, ask, pending
from clarion.seal.tool.desk import MOST_BYTES
from clarion.seal.tool.run import Around, running
from clarion.seal.tool.terminal import say, warn
from clarion.seal.value import Opened, seal


def reseal(around: Around) -> int:
    """Without a request: ask for values of former rosters. With one: open them here, seal them anew, send them back."""
    with running(around) as run:
        if not run.given.request:
            if not run.given.reason:
                raise InputError("Keyholders want to know why.", next_step="Add: --reason 'A keyholder has left'")
            ask.stale(run)
            return 0
        waiting = pending.of(run, run.given.request)
        if waiting.purpose != "reseal":
            raise InputError("This request is not for sealing anew.", next_step=f"Use: clarion-open get {waiting.id}")
        found = answers.fetch(run, waiting)
        run.save()
        values, faults = answers.opened(found)
        if not values:
            raise faults[0]
        envelopes = [envelope for at, envelope in enumerate(found.envelopes) if at in values and envelope]
        sealed = [_anew(e, v, found.chain.newest) for e, v in zip(envelopes, values.values(), strict=True)]
        if run.given.out:
            body = sign_returned(waiting.request, SEALED, sealed, run.keys.sign.sign)
            say(f"Values sealed anew: {len(sealed)}. The file was {run.hand_on(body, '')}.")
        else:
            desk, kept = run.desk(), 0
            for some in _in_parts(sealed):
                body = sign_returned(waiting.request, SEALED, some, run.keys.sign.sign)
                kept += int(desk.post(f"/requests/{waiting.id}/reseal", body).get("kept") or 0)
                say(f"Values sealed anew that the desk has kept: {kept} of {len(sealed)}.")
            if kept != len(sealed):
                raise DeskError("The desk did not keep them all.", next_step="Ask for the rest: clarion-open reseal")
        if faults:
            warn(f"Values that did not open: {len(faults)}. {faults[0].what} {faults[0].next_step}")
            return SealError.exit_code
        pending.forget(run, waiting)
    return 0


def _in_parts(sealed: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The values in parts that a desk reads at once."""
    part: list[dict[str, Any]] = []
    size = 0
    for one in sealed:
        length = len(canonical(one))
        if part and size + length > MOST_BYTES:
            yield part
            part, size = [], 0
        part.append(one)
        size += length
    yield part


def _anew(envelope: Document, value: Opened, roster: Roster) -> dict[str, Any]:
    made = seal(
        value.reveal(), roster, record=envelope["record"], room=envelope["room"], fields=envelope["fields"],
        policy=envelope["policy"], revision=envelope["revision"] + 1,
    )  # fmt: skip
    return {"envelope": made.envelope, "wraps": made.wraps}

"""Hold the kept envelopes against the log: one that was rolled back, swapped in or taken away shows itself."""

from __future__ import annotations

from typing import Any

from clarion.access import Actor, require
from clarion.access.store.models import LogEntry
from clarion.seal.store import places, sealing
from clarion.seal.store.models import SealedValue
from clarion.seal.value import envelope_digest, read_envelope

_ERASED = "erased a sealed value"


def compare(actor: Actor) -> list[dict[str, Any]]:
    """Every value whose envelope is not the last one that the log names, or that the log does not know.

    The log itself is verified by ``clarion log verify``; with it, whoever changes the database is found out unless
    they hold the log's key, the index key and the anchors.
    """
    require(actor, "desk.sealed")
    last = _last_of_log()
    faults = []
    held = places.wraps().envelopes()
    for row in SealedValue.objects.iterator():
        said = last.pop(places.logged(row.handle), None)
        if fault := _fault(row, said, held):
            faults.append({"record": row.handle, "fault": fault})
    faults += [{"record": "", "fault": "a value that the log names is gone"} for said in last.values() if said]
    return faults


def _last_of_log() -> dict[str, str]:
    """The last envelope that the log names for each value; "" once it was erased."""
    last: dict[str, str] = {}
    rows = LogEntry.objects.filter(action__in=(*sealing.KEPT, _ERASED)).order_by("seq")
    for action, name, detail in rows.values_list("action", "object", "detail").iterator():
        last[name] = "" if action == _ERASED else detail["envelope"]
    return last


def _fault(row: SealedValue, said: str | None, held: set[str]) -> str:
    if said is None:
        return "the log does not know it"
    if row.erased:
        return "the log does not say that it was erased" if said else ""
    if not said:
        return "it was erased and is there again"
    if envelope_digest(read_envelope(row.envelope)) != row.digest or said != places.logged(row.digest):
        return "its envelope is not the last one that the log names"
    return "" if row.digest in held else "its wraps are gone"

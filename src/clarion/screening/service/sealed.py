"""What came back of sealed payees that were screened anew: handles, outcomes and listed entries, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clarion.access import Actor, require


@dataclass(frozen=True, slots=True)
class Returned:
    """A sealed payee whose outcome is another now. ``hits`` are list and entry of each listed party."""

    record: str
    outcome: str
    hits: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        return {"record": self.record, "outcome": self.outcome, "hits": [list(hit) for hit in self.hits]}


def index(actor: Actor) -> list[Returned]:
    """Those that nobody has noted yet, the newest first; of a payee who came back twice the last counts."""
    from clarion.outbox.store.verbs import waiting
    from clarion.seal.store.renewal import RESCREENED, returned

    require(actor, "screening.view")
    found: dict[str, Returned] = {}
    for message in waiting(RESCREENED):
        for one in returned(message):
            found.pop(one["record"], None)
            hits = tuple((source, entry) for source, entry in one["hits"])
            found[one["record"]] = Returned(one["record"], one["outcome"], hits)
    return list(found.values())[::-1]


def note(actor: Actor) -> int:
    """Take them off the list, once somebody has acted on them; how many batches were taken off."""
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.outbox.store.verbs import consume
    from clarion.seal.store.renewal import RESCREENED

    require(actor, "screening.check")
    with transaction.atomic():
        done = consume(RESCREENED, lambda _: None)
        if done:
            record(actor, "noted outcomes of sealed payees", "", count=done)
    return done

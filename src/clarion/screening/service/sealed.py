"""What came back of sealed payees that were screened anew: handles, outcomes and listed entries, and nobody's name."""

from __future__ import annotations

from collections.abc import Collection
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


@dataclass(frozen=True, slots=True)
class Waiting:
    """What nobody has noted yet, the newest first, and the ``batches`` that it came in."""

    returned: tuple[Returned, ...]
    batches: tuple[str, ...]


def index(actor: Actor) -> Waiting:
    """Those that nobody has noted yet; of a payee who came back twice the last counts."""
    from clarion.outbox.store.verbs import waiting
    from clarion.seal.store.renewal import RESCREENED, returned

    require(actor, "screening.view")
    found: dict[str, Returned] = {}
    messages = waiting(RESCREENED)
    for message in messages:
        for one in returned(message):
            found.pop(one["record"], None)
            hits = tuple((source, entry) for source, entry in one["hits"])
            found[one["record"]] = Returned(one["record"], one["outcome"], hits)
    return Waiting(tuple(found.values())[::-1], tuple(message.key for message in messages))


def note(actor: Actor, batches: Collection[str]) -> int:
    """Take batches off the list, once somebody has acted on them; how many were taken off. Those that came since stay:
    nobody has seen them."""
    from django.db import transaction

    from clarion.access.store.log import record
    from clarion.outbox.store.verbs import consume
    from clarion.seal.store.renewal import RESCREENED

    require(actor, "screening.check")
    with transaction.atomic():
        done = consume(RESCREENED, lambda _: None, batches)
        if done:
            record(actor, "noted outcomes of sealed payees", "", count=done)
    return done

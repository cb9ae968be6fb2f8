"""What a screening answers: an outcome, and the evidence for and against each listed party that it could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clarion.screening.engine.evidence import BIT, Evidence
from clarion.screening.engine.subject import ListedName, Party


@dataclass(frozen=True, slots=True)
class Hit:
    """One listed party. ``score`` is the sum of ``items`` in thousandths of a bit, ``name`` the listed name that is
    nearest, ``settles`` the data that would settle this hit where its outcome is ``ask``, ``why`` the reason (one of
    ``decide.WHY``) where it is clear."""

    party: Party
    name: ListedName
    outcome: str
    score: int
    probability: float
    items: tuple[Evidence, ...]
    settles: tuple[str, ...] = ()
    why: str = ""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: the ledger in bits."""
        return {
            "list": self.party.list, "entry": self.party.entry, "name": self.name.whole, "outcome": self.outcome,
            "score": self.score / BIT, "probability": self.probability, "settles": list(self.settles),
            "why": self.why,
            "programmes": list(self.party.programmes), "measures": list(self.party.measures),
            "ledger": [item.to_dict() | {"weight": item.weight / BIT} for item in self.items],
        }  # fmt: skip


def one_datum(hits: Sequence[Hit]) -> str:
    """The datum that settles most of the hits; of several the one that is named first most often; empty for none."""
    asked = [name for hit in hits for name in hit.settles]
    return max(asked, key=lambda name: (asked.count(name), -asked.index(name))) if asked else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """``outcome`` is that of the gravest hit; ``settles`` the one datum that would settle most of what is asked.
    ``hits`` are those that are not clear, likeliest first; ``cleared`` how many more parties were weighed and are
    others, ``nearest`` the one of them that most speaks for; ``seen`` those that would hit if their listed name were
    not one that never hits alone; ``unchecked`` what this answer does not cover, such as the owners of a firm."""

    outcome: str
    settles: str
    hits: tuple[Hit, ...]
    cleared: int
    unchecked: tuple[str, ...] = ()
    nearest: Hit | None = None
    seen: tuple[Hit, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome, "settles": self.settles, "cleared": self.cleared,
            "unchecked": list(self.unchecked), "hits": [hit.to_dict() for hit in self.hits],
            "nearest": self.nearest.to_dict() if self.nearest else None, "seen": [hit.to_dict() for hit in self.seen],
        }  # fmt: skip

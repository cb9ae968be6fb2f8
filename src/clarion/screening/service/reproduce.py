"""Make decisions again from what they keep, and hold the answers against each other to the last bit.

A decision keeps the payee, the mark of the payee (the hash of the input), the answer with its ledger, the versions of
the lists, the policy as it was, and which hits people had cleared before. Each later answer of a rescreening keeps the
same. What cannot be made again is told apart from what comes out otherwise: a list that is gone from the disk, and an
engine that is another one since.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import isclose
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.errors import UnknownName
from clarion.screening.service import decisions, lists, policies
from clarion.screening.service.check import check_all
from clarion.screening.service.checked import Before
from clarion.screening.service.decisions import Kept, digest
from clarion.screening.service.version import engine_version

if TYPE_CHECKING:
    from uuid import UUID

    from clarion.screening.engine.answer import Answer
    from clarion.screening.service.asked import Asked

SAME, ENGINE, GONE, CHANGED, OTHER = VERDICTS = ("same", "engine", "gone", "changed", "other")
"""The gravest last. Reproduced; another answer, by another engine than the one that made it; a version of a list is no
longer here; what is kept is not what was decided; another answer, by the same engine."""
WRONG = (CHANGED, OTHER)
"""What nobody may explain away."""


@dataclass(frozen=True, slots=True)
class All:
    """``counts`` are decisions by verdict; ``open`` are the ids of those that were not reproduced, with the verdict."""

    counts: Mapping[str, int]
    open: tuple[tuple[str, str], ...]

    @property
    def wrong(self) -> bool:
        return any(self.counts.get(name) for name in WRONG)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, without a name."""
        return {
            "decisions": sum(self.counts.values()), "counts": dict(self.counts),
            "open": [{"id": pk, "verdict": verdict} for pk, verdict in self.open],
        }  # fmt: skip


def reproduce(actor: Actor, pk: UUID) -> str:
    """The verdict on one decision, later answers of its rescreening included.

    Raises
    ------
    UnknownName: there is no such decision.
    """
    kept = decisions.get(actor, pk)
    return max((_verdict(kept, result) for result in _answers(kept)), key=VERDICTS.index)


def reproduce_all(actor: Actor) -> All:
    """Every decision that is kept, those of one set of lists after the other, so that each set is read once."""
    require(actor, "screening.view")
    by_lists: dict[tuple[str, ...], list[UUID]] = defaultdict(list)
    for pk in decisions.alive().values_list("pk", flat=True):
        result = decisions.get(actor, pk).result
        by_lists[tuple(sha for one in result["lists"] for sha in one["tables"])].append(pk)
    found = {str(pk): reproduce(actor, pk) for key in sorted(by_lists) for pk in by_lists[key]}
    counts = Counter(found.values())
    return All(
        {name: counts[name] for name in VERDICTS if counts[name]},
        tuple((pk, verdict) for pk, verdict in found.items() if verdict != SAME),
    )


def _answers(kept: Kept) -> list[dict[str, Any]]:
    """That of the decision, then those of later screenings."""
    return [kept.result, *(step["now"] for step in kept.steps if "now" in step)]


def _verdict(kept: Kept, result: dict[str, Any]) -> str:
    decided = result is kept.result
    if (decided and digest(result) != kept.decision.answer) or kept.asked.mark() != kept.decision.payee:
        return CHANGED
    if not all(_adds_up(hit) for part in result["subjects"] for hit in _hits(part)):
        return CHANGED
    try:
        again = _again(kept.asked, result)
    except UnknownName:
        return GONE
    if digest(again) == digest(result):
        return SAME
    return OTHER if result["engine"] == engine_version() else ENGINE


def _again(asked: Asked, result: dict[str, Any]) -> dict[str, Any]:
    """The answer to the same question now: same versions of the lists, policy as it was, same hits set aside."""
    loaded, statuses = (tuple(lists.from_kept(one) for one in result[name]) for name in ("lists", "statuses"))
    held = lists.Lists(loaded, statuses, tuple(result["missing"]))
    everybody = [asked, *(one for _, one in asked.others())]
    before = {
        one: {(row["list"], row["entry"]): _before(row) for row in part["before"]}
        for one, part in zip(everybody, result["subjects"], strict=False)
    }

    def known(one: Asked, answer: Answer) -> tuple[Before, ...]:
        marks = ((hit.party.list, hit.party.entry) for hit in answer.hits)
        return tuple(before[one][mark] for mark in marks if mark in before[one])

    found = check_all(
        Actor.console(), [asked], policies.from_kept(result["policy"]), known=known, lists=held
    )[0]  # fmt: skip
    # Which version of Clarion and of its engine wrote it down is no part of the answer.
    return found.to_dict() | {name: result[name] for name in ("clarion", "engine")}


def _before(row: Mapping[str, Any]) -> Before:
    return Before(row["list"], row["entry"], row["by"], row["at"], row["until"])


def _hits(part: Mapping[str, Any]) -> list[dict[str, Any]]:
    nearest = [part["nearest"]] if part["nearest"] else []
    return [*part["hits"], *part["seen"], *nearest, *(one["hit"] for one in part["before"])]


def _adds_up(hit: Mapping[str, Any]) -> bool:
    return isclose(sum(item["weight"] for item in hit["ledger"]), hit["score"], abs_tol=1e-9)

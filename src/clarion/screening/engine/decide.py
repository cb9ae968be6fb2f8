"""From evidence to an outcome: clear, ask one thing, or review. Thresholds are data, so that a policy can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clarion.screening.engine.evidence import BIT, Evidence, total

CLEAR, ASK, REVIEW = "clear", "ask", "review"
OUTCOMES = (CLEAR, ASK, REVIEW)


@dataclass(frozen=True, slots=True)
class Policy:
    """Weights are in bits.

    Less than ``ask`` is another person, and so is less than ``review`` where a datum weighs ``against`` or less. From
    there on somebody who is not listed can have this name, and what the list knows and the question lacks is asked
    for; agreement of one such datum is what makes a case to review. A name that is only spelled alike, with no such
    datum agreed, needs ``alike`` to be asked about. ``certain`` makes a case by itself, whatever is missing. ``prior``
    is log2 of the odds that a payee is one given listed party, before anything is known.
    """

    ask: float = 7.5
    alike: float = 8.5
    review: float = 12.0
    certain: float = 34.0
    against: float = -4.0
    prior: float = -24.0


@dataclass(frozen=True, slots=True)
class Decision:
    """``settles`` are the data that would settle it, the best first; only where the outcome is ``ask``. ``why`` is one
    of ``WHY`` where the outcome is ``clear``."""

    outcome: str
    settles: tuple[str, ...] = ()
    why: str = ""


WHY = AGAINST, LITTLE, ALONE, ALIKE, CRAFT = ("against", "little", "alone", "alike", "craft")
"""Why a listed party is somebody else: a datum speaks against it, too little agrees, the listed name never hits alone,
the name is only spelled alike, or it is a ship's and the payee is none."""
SLIPS = ("one letter apart", "two letters apart")
SETTLING = ("patronymic", "birth", "identifier")


def decide(items: Sequence[Evidence], lacking: Sequence[str], needs: int, policy: Policy) -> Decision:
    """The outcome for one listed party.

    ``lacking`` are the data of ``SETTLING`` that the list has and the question lacks. ``needs`` is what one
    more datum has to weigh, in thousandths of a bit, for a listed name that never hits alone; 0 for all others.
    """
    score = total(items)
    differs = any(item.weight <= policy.against * BIT for item in items)
    agreed = any(item.item in SETTLING and item.weight > 0 for item in items)
    alike = any(item.finding in SLIPS for item in items)
    least = policy.alike if alike and not agreed else policy.ask
    if score < (policy.review if differs else least) * BIT:
        return Decision(CLEAR, why=AGAINST if differs else LITTLE)
    weak = score < policy.review * BIT
    if needs and (weak or not any(item.item in SETTLING and item.weight >= needs for item in items)):
        return Decision(CLEAR, why=ALONE)
    if lacking and not (agreed and score >= policy.review * BIT) and score < policy.certain * BIT:
        return Decision(ASK, _settling(lacking))
    # Nothing is left to be asked. What is only spelled alike would keep hundreds waiting for one listed without data.
    if weak and alike:
        return Decision(CLEAR, why=ALIKE)
    return Decision(REVIEW)


def _settling(lacking: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in SETTLING if name in lacking)

"""What speaks for and against: items of evidence, whose weights add up to the score.

A weight is a *match weight*, log2 of the Bayes factor of the item (Fellegi and Sunter 1969; the unit of Splink), held
in whole thousandths of a bit: whole numbers add up to the same sum on every machine, and in every order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import log2
from typing import Any

BIT = 1000
"""Thousandths of a bit in a bit."""


def bits(match: float, chance: float) -> int:
    """The match weight of something that ``match`` of true pairs show, and ``chance`` of pairs of strangers."""
    return round(BIT * log2(match / chance))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item.

    ``item`` is what was compared (``surname``, ``birth``), ``finding`` how it compares (``same``), ``given`` and
    ``listed`` are the two texts, ``weight`` is in thousandths of a bit, ``basis`` says in a word what it rests on.
    """

    item: str
    finding: str
    given: str
    listed: str
    weight: int
    basis: str = ""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def total(items: Iterable[Evidence]) -> int:
    """The score, in thousandths of a bit."""
    return sum(item.weight for item in items)


def probability(score: int, prior_bits: float) -> float:
    """The posterior probability that both are the same, from the score and the log2 odds before any evidence."""
    exponent = score / BIT + prior_bits
    if exponent > 60:
        return 1.0
    odds = 2.0**exponent
    return float(odds / (1.0 + odds))

"""What speaks for and against: items of evidence, whose weights add up to the score.

A weight is a *match weight*, log2 of the Bayes factor of the item (Fellegi and Sunter 1969; the unit of Splink), held
in whole thousandths of a bit: whole numbers add up to the same sum on every machine, and in every order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from math import log2
from pathlib import Path
from typing import Any

BIT = 1000
"""Thousandths of a bit in a bit."""
CALIBRATION = Path(__file__).parent / "data" / "posterior.json"


def bits(match: float, chance: float) -> int:
    """The match weight of something that ``match`` of true pairs show, and ``chance`` of pairs of strangers."""
    return round(BIT * log2(match / chance))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item.

    ``item`` is what was compared (``surname``, ``birth``), ``finding`` how it compares (``same``), ``given`` and
    ``listed`` are the two texts, ``weight`` is in thousandths of a bit, ``basis`` says in a word what it rests on.
    ``read`` is what ``given`` was taken for where it stands in another case than the nominative.
    """

    item: str
    finding: str
    given: str
    listed: str
    weight: int
    basis: str = ""
    read: str = ""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def total(items: Iterable[Evidence]) -> int:
    """The score, in thousandths of a bit."""
    return sum(item.weight for item in items)


def probability(score: int, prior_bits: float, kind: str) -> float:
    """The posterior probability that both are the same.

    ``score`` is in thousandths of a bit, ``prior_bits`` the log2 odds before any evidence. Weights are judgements, so
    their sum is taken for the bits that such a score has been seen to be worth, by ``kind`` of party (``CALIBRATION``;
    Platt 1999); the order of hits stays. How well it is kept: benchmarks/reliability.py.
    """
    slope, offset = calibration()[kind]
    exponent = slope * score / BIT + offset + prior_bits
    # Each step rounds in the same direction as its argument grows, so that no more evidence ever tells less.
    return float(1.0 / (1.0 + 2.0 ** min(-exponent, 1000.0)))


@cache
def calibration() -> dict[str, tuple[float, float]]:
    """Slope and offset by kind of party."""
    kept = json.loads(CALIBRATION.read_text("utf-8"))
    return {kind: (kept[kind]["slope"], kept[kind]["offset"]) for kind in ("person", "organisation")}

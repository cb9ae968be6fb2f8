"""How figures become the classes of a map: fixed breaks for shares, quantiles for amounts, two-sided for changes."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from clarion.errors import InputError

_EARTH = ("c1", "c2", "c3", "c4", "c5")
_PICK = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


@dataclass(frozen=True, slots=True)
class Scale:
    """Rising breaks, and a class for each interval between them: ``low <= value < high``.

    Raises
    ------
    InputError: when the breaks do not rise, or there are not as many classes as intervals.
    """

    breaks: tuple[float, ...]
    classes: tuple[str, ...]

    def __post_init__(self) -> None:
        rising = all(a < b for a, b in pairwise(self.breaks)) and all(map(math.isfinite, self.breaks))
        if not rising or len(self.classes) != len(self.breaks) + 1:
            raise InputError(
                f"{len(self.breaks)} breaks and {len(self.classes)} classes do not make a scale.",
                where="classes of a map",
                next_step="Give finite breaks that rise, and one class more than breaks.",
            )

    def class_of(self, value: float | None) -> str | None:
        """The class of ``value``; none for a value that is not known."""
        if value is None or math.isnan(value):
            return None
        return self.classes[bisect_right(self.breaks, value)]

    def intervals(self) -> list[tuple[str, float | None, float | None]]:
        """(class, low, high) from low to high; an open end is None."""
        ends: list[float | None] = [None, *self.breaks, None]
        return [(c, low, high) for c, low, high in zip(self.classes, ends, ends[1:], strict=False)]


def sequential(*breaks: float) -> Scale:
    """A one-sided scale of two to five classes, light to dark."""
    return Scale(breaks, tuple(_EARTH[i] for i in _PICK.get(len(breaks) + 1, ())))


SHARES = sequential(0.1, 0.3, 0.5, 0.7)
"""Shares of 0 to 1: the same breaks on every map, so that maps can be compared; 30 and 50 % are FAO's and the UN's."""


def quantiles(values: Iterable[float | None]) -> Scale:
    """Up to five classes that hold about equally many places, at rounded breaks."""
    known = _known(values)
    breaks = [nice(known[len(known) * i // 5]) for i in range(1, 5)] if known else []
    return sequential(*sorted({b for b in breaks if known[0] < b <= known[-1]}))


def two_sided(values: Iterable[float | None], *, worse: Literal["low", "high"] = "low") -> Scale:
    """Seven classes around no change: the outer breaks mirror each other, earth colours are the worse side."""
    sizes = sorted(abs(v) for v in _known(values) if v)
    top = (nice(sizes[len(sizes) * 9 // 10]) if sizes else 0.0) or 1.0
    steps = (top / 20, top / 4, top)
    earth, sea = ("c5", "c4", "c3"), ("g1", "g2", "g3")
    if worse == "high":
        earth, sea = ("g3", "g2", "g1"), ("c3", "c4", "c5")
    return Scale((*(-s for s in reversed(steps)), *steps), (*earth, "c1", *sea))


def nice(value: float) -> float:
    """The nearest number of the form 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten."""
    if abs(value) < 1e-300 or not math.isfinite(value):  # below that, a power of ten is no longer exact
        return 0.0
    power = 10.0 ** math.floor(math.log10(abs(value)))
    step = min((1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10), key=lambda s: abs(s - abs(value) / power))
    return math.copysign(float(f"{step * power:.12g}"), value)


def _known(values: Iterable[float | None]) -> list[float]:
    return sorted(v for v in values if v is not None and math.isfinite(v))

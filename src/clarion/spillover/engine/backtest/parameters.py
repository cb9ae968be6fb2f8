"""The numbers that a prediction is made with, and which ones may be used for a year."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

WITH_HISTORY = {True: ("surplus", "cut", "captive"), False: ("level", "market")}
"""Terms for countries that lean on the exporters (True) and for the others."""
WITHOUT = {True: ("cut", "captive"), False: ("market",)}
SPREAD = ("constant", "size", "unsteady", "leaning")
_FILE = files("clarion.spillover.engine.backtest").joinpath("parameters.csv")


@dataclass(frozen=True, slots=True)
class Parameters:
    """Coefficients of the terms for leaning and other importers, and of the spread of the error.

    ``spread`` gives the logarithm of the size of a relative error from a constant, log10(imports / 1 Mt), the
    unsteadiness of imports and whether the country leans; ``low`` and ``high`` are the 5 % and 95 % points of errors
    in units of that size. ``rounding`` is the width over which the fit rounded errors off, relative to the base year's
    imports. ``left_out`` is the base year of the pair that the fit did not see (None: all were seen).
    """

    left_out: int | None
    history: bool
    leaning: Mapping[str, float]
    others: Mapping[str, float]
    spread: Mapping[str, float]
    low: float
    high: float
    rounding: float

    def row(self) -> dict[str, Any]:
        """As one row of the shipped file."""
        parts = (("leaning", self.leaning), ("others", self.others), ("spread", self.spread))
        numbers = {f"{part}.{name}": value for part, values in parts for name, value in values.items()}
        return {"left_out": self.left_out or "", "history": int(self.history), **numbers, "low": self.low,
                "high": self.high, "rounding": self.rounding}  # fmt: skip


def read_row(row: Mapping[str, str]) -> Parameters:
    """What ``Parameters.row`` wrote, from text."""
    parts: dict[str, dict[str, float]] = {"leaning": {}, "others": {}, "spread": {}}
    for name, value in row.items():
        part, _, term = name.partition(".")
        if term and value:
            parts[part][term] = float(value)
    left_out = int(row["left_out"]) if row["left_out"] else None
    low, high, rounding = (float(row[name]) for name in ("low", "high", "rounding"))
    return Parameters(left_out, row["history"] == "1", **parts, low=low, high=high, rounding=rounding)


@cache
def shipped() -> Mapping[tuple[int | None, bool], Parameters]:
    """Every fit that ships, by the base year that it left out and by whether history is known.

    Fitted by ``benchmarks/backtest.py --write`` on wheat, exporters Russia and Ukraine.
    """
    with _FILE.open("r", encoding="utf-8") as lines:
        found = [read_row(row) for row in csv.DictReader(lines)]
    return {(p.left_out, p.history): p for p in found}


def parameters_for(base_year: int, history: bool) -> Parameters:
    """The fit that never saw the pair which begins in ``base_year``; with all pairs, where it was not among them."""
    fits = shipped()
    return fits.get((base_year, history)) or fits[None, history]


def seen(history: bool) -> tuple[int, ...]:
    """Base years of the pairs that the shipped parameters were fitted on."""
    return tuple(sorted(year for year, with_history in shipped() if year is not None and with_history == history))

"""The share of globally traded calories under export restrictions on a day.

A food of an exporter is under restriction when any measure on it stands; all that the exporter sells of it counts, as
in the tracker of the International Food Policy Research Institute (Laborde, Mamun and Parent 2020), whatever the
measure lets through.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from clarion.compute import stream
from clarion.spillover.engine.bans.calories import TradedCalories
from clarion.spillover.engine.bans.restrictions import EPISODES, MEASURES, QUANTITY, Restriction
from clarion.spillover.engine.bans.standing import chance
from clarion.vocab import Estimate, Interval, Phrase, Provenance

SETS: dict[str, tuple[str, ...]] = {
    "bans": ("ban",),
    "bans and licences": ("ban", "licence"),
    "bans, licences and quotas": QUANTITY,
    "all measures": MEASURES,
}
Foods = Callable[[Restriction], tuple[str, ...]]
_DRAWS, _LEVEL = 2000, 0.9


def by_item(row: Restriction) -> tuple[str, ...]:
    """The foods of a row where calories are counted by commodity of the house."""
    return (row.item,) if row.item else ()


@dataclass(frozen=True, slots=True)
class Held:
    """One food of one exporter under restriction: measures, share of all traded calories, lines of the list."""

    iso3: str
    food: str
    measures: tuple[str, ...]
    share: float
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RestrictedShare:
    """What was under restriction on ``day``: shares by set of measures, the largest holders, and what is not known.

    ``undated`` are lines of the list that may have stood but have no start.
    """

    day: date
    shares: dict[str, Estimate]
    held: tuple[Held, ...]
    undated: tuple[int, ...]


def restricted_share(
    rows: Iterable[Restriction], calories: TradedCalories, day: date, *, foods: Foods = by_item, seed: int = 0,
    cited: tuple[Provenance, ...] = (),
) -> RestrictedShare:  # fmt: skip
    """Shares for each of ``SETS``.

    The value counts the measures as listed. The 90 % interval comes of seeded draws of whether each measure stood,
    where a date is missing or the row is not fully believed; it is widened to hold the value where need be.
    """
    counted = [(r, keys) for r in rows if (keys := _keys(r, calories, foods))]
    shares = {}
    for name, measures in SETS.items():
        value = _as_listed(counted, calories, day, measures)
        low, high = np.quantile(
            _drawn(counted, calories, day, measures, seed), [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2]
        ).tolist()
        method = Phrase(
            "all exports of {period} of an exporter's food count once a measure stands on it ({measures}); interval "
            "from dates that are not known",
            period=calories.period, measures=name,
        )  # fmt: skip
        shares[name] = Estimate(
            value, "share of traded calories", Interval(min(low, value), max(high, value), _LEVEL), method,
            (*cited, *calories.provenance),
        )  # fmt: skip
    undated = tuple(r.row for r, _ in counted if r.start is None and _may_have_stood(r, day))
    return RestrictedShare(day, shares, _holders(counted, calories, day), undated)


Counted = list[tuple[Restriction, tuple[tuple[str, str], ...]]]


def _keys(row: Restriction, calories: TradedCalories, foods: Foods) -> tuple[tuple[str, str], ...]:
    return tuple((food, row.iso3) for food in foods(row) if calories.kcal.get((food, row.iso3), 0.0) > 0)


def _as_listed(counted: Counted, calories: TradedCalories, day: date, measures: Collection[str]) -> float:
    keys = {key for r, found in counted if r.measure in measures and r.listed(day) for key in found}
    return sum(calories.kcal[key] for key in sorted(keys)) / calories.total


def _drawn(
    counted: Counted, calories: TradedCalories, day: date, measures: Collection[str], seed: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    free: dict[tuple[str, str], np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}
    for r, keys in counted:
        if r.measure not in measures or (p := chance(r, day)) <= 0:
            continue
        stands = stream(seed, "restriction", str(r.row)).random(_DRAWS) < p
        for key in keys:
            free[key] = free.get(key, np.ones(_DRAWS, bool)) & ~stands
    total = np.zeros(_DRAWS)
    for key in sorted(free):
        total += calories.kcal[key] * ~free[key]
    return total / calories.total


def _may_have_stood(row: Restriction, day: date) -> bool:
    first, last = EPISODES[row.episode]
    return first <= day <= (row.end or last)


def _holders(counted: Counted, calories: TradedCalories, day: date) -> tuple[Held, ...]:
    found: dict[tuple[str, str], list[Restriction]] = {}
    for r, keys in counted:
        if r.listed(day):
            for key in keys:
                found.setdefault(key, []).append(r)
    held = [
        Held(
            iso3, food, tuple(m for m in MEASURES if any(r.measure == m for r in mine)),
            calories.kcal[food, iso3] / calories.total, tuple(sorted(r.row for r in mine)),
        )
        for (food, iso3), mine in found.items()
    ]  # fmt: skip
    return tuple(sorted(held, key=lambda h: (-h.share, h.iso3, h.food)))

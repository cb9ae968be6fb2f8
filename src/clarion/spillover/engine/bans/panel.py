"""Months in which an exporter could have begun to restrict an item, and whether it did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.bans.months import month_of
from clarion.spillover.engine.bans.restrictions import EPISODES, Restriction
from clarion.spillover.engine.bans.spells import spells

Floats = NDArray[np.float64]
COVARIATES = ("constant", "rise", "shortfall", "past user")
# Episodes that prices reach; 2020 and 2021 are one, for measures ran on from one to the other.
FITTED = {"2007-08": ("2007-08",), "2010-11": ("2010-11",), "2020-21": ("2020", "2021"), "2022-23": ("2022-23",)}


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows are exporter, item and month at risk; ``design`` has the columns of ``COVARIATES``.

    Shapes: design (rows, 4), began (rows,) of 0 and 1, exporter and episode (rows,) of names.
    """

    design: Floats
    began: Floats
    exporter: NDArray[np.str_]
    episode: NDArray[np.str_]

    def where(self, keep: NDArray[np.bool_]) -> Panel:
        """The rows kept."""
        return Panel(self.design[keep], self.began[keep], self.exporter[keep], self.episode[keep])


def panel(
    rows: Iterable[Restriction],
    exporters: Mapping[str, Iterable[str]],
    prices: Mapping[str, Mapping[int, float]],
    shortfalls: Mapping[tuple[str, str, int], float],
) -> Panel:
    """The panel of the episodes in ``FITTED``.

    Parameters
    ----------
    rows: the list of restrictions.
    exporters: item to the exporters that count.
    prices: item to month to dollars a tonne; months without the price of a year before are left out.
    shortfalls: exporter, item and harvest year to the share of the usual harvest that is missing; 0 where absent.
    """
    rows = tuple(rows)
    held: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for s in spells(rows):
        held.setdefault((s.iso3, s.item), []).append((s.first, s.last))
    out: list[tuple[float, float, float, float, str, str]] = []
    for name, parts in FITTED.items():
        first, last = month_of(EPISODES[parts[0]][0]), month_of(EPISODES[parts[-1]][1])
        for item in sorted(exporters):
            price = prices.get(item, {})
            for iso3 in sorted(exporters[item]):
                mine = held.get((iso3, item), [])
                past = float(any(begun < first for begun, _ in mine))
                for month in range(first, last + 1):
                    if month not in price or month - 12 not in price:
                        continue
                    if any(begun < month <= ended for begun, ended in mine):
                        continue
                    began = float(any(begun == month for begun, _ in mine))
                    rise = float(np.log(price[month] / price[month - 12]))
                    short = shortfalls.get((iso3, item, harvest_year(month)), 0.0)
                    out.append((rise, short, past, began, iso3, name))
    figures = np.array([row[:4] for row in out], dtype=np.float64).reshape(-1, 4)
    design = np.column_stack([np.ones(len(out)), figures[:, :3]])
    return Panel(
        design, figures[:, 3].copy(), np.array([row[4] for row in out], str), np.array([row[5] for row in out], str)
    )


def harvest_year(month: int) -> int:
    """The latest harvest that is known of in a month: this year's from July on, else last year's."""
    return month // 12 if month % 12 >= 6 else month // 12 - 1


def shortfall(harvests: Mapping[int, float], year: int) -> float:
    """Share of the mean of up to three harvests before that ``year`` lacks; 0 where it or two of them are not known."""
    before = [harvests[y] for y in range(year - 3, year) if y in harvests]
    if year not in harvests or len(before) < 2 or sum(before) <= 0:
        return 0.0
    return max(0.0, 1.0 - harvests[year] / (sum(before) / len(before)))

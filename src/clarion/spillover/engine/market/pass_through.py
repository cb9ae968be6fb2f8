"""How much of a change of the world price reaches prices at home within a year.

Studies of single countries count where there are any (the shipped ``pass_through`` table). Elsewhere the mean long-run
transmission of cereal prices in developing countries (Greb et al. 2012: about 0.75), reached at their monthly
adjustment of about a tenth, gives the level, and income the slope: an elasticity of -0.3 with income a head (Francois
and Bekkers 2017, 147 countries). The range about it is our assumption: half to 1.6 times.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clarion.sources.warehouse import LoadedTable
from clarion.spillover.engine.scenario import Range
from clarion.vocab import Phrase, Provenance

LONG_RUN, ADJUSTMENT, BY_INCOME = 0.75, 0.10, -0.3
REFERENCE_INCOME = 4_500.0
"""USD a head: that of developing countries as a group about 2019 (World Bank), where the level above holds."""
_MONTHS = 12
_LEAST, _MOST = 0.03, 1.0
_LOW, _HIGH = 0.5, 1.6
# Which rows of the table speak of about a year; the others of the same country bound the range.
_HORIZONS = ("12 months", "not stated in excerpt")


@dataclass(frozen=True, slots=True)
class PassThrough:
    """Share of a change of the logarithm of the world price that is seen at home after a year, and on what ground."""

    law: Range
    method: Phrase
    provenance: tuple[Provenance, ...] = ()


def by_income(usd_a_head: float) -> PassThrough:
    """The law for a country without a study of its own, from its income a head (USD)."""
    reached = LONG_RUN * (1.0 - (1.0 - ADJUSTMENT) ** _MONTHS)
    mode = min(_MOST, max(_LEAST, reached * (max(usd_a_head, 1.0) / REFERENCE_INCOME) ** BY_INCOME))
    return PassThrough(
        Range(_LOW * mode, mode, min(_MOST, _HIGH * mode)),
        Phrase("by income a head: developing countries' mean (Greb et al. 2012), slope of Francois and Bekkers 2017"),
    )


def pass_through(table: LoadedTable, incomes: Mapping[str, float], countries: Iterable[str]) -> dict[str, PassThrough]:
    """The law of each country that has a study or an income; the others are left out, for nothing is known.

    Parameters
    ----------
    table: ``pass_through``.
    incomes: country to USD a head.
    """
    studied = _studies(table)
    found = {}
    for iso3 in countries:
        if iso3 in studied:
            found[iso3] = studied[iso3]
        elif math.isfinite(incomes.get(iso3, math.nan)):
            found[iso3] = by_income(incomes[iso3])
    return found


def _studies(table: LoadedTable) -> dict[str, PassThrough]:
    rows: dict[str, list[dict[str, float | int | str]]] = {}
    for row in table.frame.iter_rows(named=True):
        places = str(row["place"]).split(";")
        shares = str(row["unit"]).startswith("pass-through") and row["high"] is not None
        if shares and all(len(p) == 3 and p.isupper() for p in places):
            for iso3 in places:
                rows.setdefault(iso3, []).append(row)
    return {iso3: _study(table, mine) for iso3, mine in rows.items()}


def _study(table: LoadedTable, rows: list[dict[str, float | int | str]]) -> PassThrough:
    ends = [float(row[end]) for row in rows for end in ("low", "high")]
    central = [row for row in rows if row["horizon"] in _HORIZONS] or rows
    modes = [(float(row["low"]) + float(row["high"])) / 2 for row in central]
    mode = sum(modes) / len(modes)
    low, high = min(ends), min(_MOST, max(ends))
    if low == high:  # one figure: as unsure as the others
        low, high = _LOW * mode, min(_MOST, _HIGH * mode)
    cited = tuple(table.cite((int(row["source_row"]),), str(row["source"])) for row in rows)
    return PassThrough(
        Range(low, mode, high),
        Phrase("studied: {sources}", sources=tuple(sorted({str(r["source"]) for r in rows}))),
        cited,
    )

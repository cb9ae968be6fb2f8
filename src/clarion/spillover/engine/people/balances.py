"""What each country eats and uses of an item, from food balances that were loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from clarion.sources.warehouse import LoadedTable
from clarion.vocab import Provenance

EATEN, USED = "kcal_per_person_day", "domestic_supply"


@dataclass(frozen=True, slots=True)
class Balance:
    """Energy eaten (kcal a person a day) and whole use (t a year) of one country and item in the year ``period``."""

    eaten: float
    used: float
    period: str
    provenance: Provenance


def balances(tables: Iterable[LoadedTable]) -> dict[tuple[str, str], Balance]:
    """By item and country, the newest year that says both; of two tables the first counts.

    A balance without energy eaten (USDA's) says nothing of food here, and one without use is left out.
    """
    found: dict[tuple[str, str], Balance] = {}
    for table in tables:
        rows = table.frame.filter(pl.col("element").is_in([EATEN, USED])).sort("period", "element")
        key = ["item", "iso3", "period"]
        both = rows.filter(pl.col("element") == EATEN).join(
            rows.filter(pl.col("element") == USED), on=key, suffix="_used"
        )
        mine: dict[tuple[str, str], Balance] = {}
        for row in both.filter(pl.col("value_used") > 0.0).iter_rows(named=True):
            lines = tuple(n for n in (row["source_row"], row["source_row_used"]) if n is not None)
            mine[row["item"], row["iso3"]] = Balance(row["value"], row["value_used"], row["period"], table.cite(lines))
        found = mine | found
    return found

"""Harmonised System codes, to commodities."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from clarion.vocab import COMMODITIES

if TYPE_CHECKING:
    import polars as pl


@cache
def hs_codes() -> dict[str, tuple[str, float]]:
    """Every heading or code that the house knows, to a commodity and the factor that turns it into it."""
    return {
        code: (c.id, factor)
        for c in COMMODITIES.values()
        for code, factor in (*((h, 1.0) for h in c.hs), *c.hs_factors)
    }


def hs_item(code: str) -> tuple[str, float] | None:
    """The commodity of a code, by the longest heading that begins it."""
    for length in range(len(code), 3, -1):
        found = hs_codes().get(code[:length])
        if found:
            return found
    return None


def hs_items(codes: Iterable[str]) -> pl.DataFrame:
    """Those of ``codes`` that the house knows: columns code, item and factor; typed, so that it may be empty."""
    import polars as pl

    found = [(code, *item) for code in codes if (item := hs_item(code))]
    return pl.DataFrame(found, schema={"code": pl.String, "item": pl.String, "factor": pl.Float64}, orient="row")

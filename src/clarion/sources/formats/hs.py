"""Harmonised System codes, to commodities."""

from __future__ import annotations

from functools import cache

from clarion.vocab import COMMODITIES


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

"""Export bans, prices and money from Russia as tables to download."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from clarion.spillover.service.frames import spread, trail
from clarion.vocab import place

if TYPE_CHECKING:
    import polars as pl

    from clarion.spillover.engine.bans import RestrictedShare
    from clarion.spillover.engine.macro import CountryMacro


def restrictions_frame(found: RestrictedShare) -> pl.DataFrame:
    """A row an exporter and commodity under restriction on the day, with the lines of the list."""
    import polars as pl

    rows = [
        {
            "day": found.day.isoformat(), "iso3": h.iso3, "country": place(h.iso3).name(), "item": h.food,
            "measures": ", ".join(h.measures), "share_of_traded_calories": h.share, "calories_of": found.period,
            "source_lines": ", ".join(map(str, h.rows)),
        }
        for h in found.held
    ]  # fmt: skip
    columns = ("day", "iso3", "country", "item", "measures", "share_of_traded_calories", "calories_of", "source_lines")
    return pl.DataFrame(rows, schema=None if rows else dict.fromkeys(columns, pl.String))


def lookback_frame(found: dict[str, Any]) -> pl.DataFrame:
    """A row a commodity: what came, what could be foretold, and the naive walk."""
    import polars as pl

    return pl.DataFrame(
        [
            {"item": item, "first_month": found["window"][0], "last_month": found["window"][1]}
            | spread(kinds) | trail(kinds["foretold"].provenance)
            for item, kinds in found["items"].items()
        ],
        infer_schema_length=None,
    )  # fmt: skip


def macro_frame(countries: Sequence[CountryMacro], statement: str) -> pl.DataFrame:
    """A row a country: every figure with its interval, and why it is not known."""
    import polars as pl

    rows = [
        {"iso3": one.iso3, "country": place(one.iso3).name()} | spread(one.figures)
        | {"not_known": "; ".join(f"{n}: {e.reason}" for n, e in one.figures.items() if not e.known)}
        | trail(tuple(dict.fromkeys(p for e in one.figures.values() for p in e.provenance)))
        | {"statement": statement}
        for one in countries
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)

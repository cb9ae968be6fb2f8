"""Answers as tables to download: one row a country, each figure with its interval in columns beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from clarion.vocab import Estimate, place

if TYPE_CHECKING:
    import polars as pl

    from clarion.spillover.engine.exposure import Exposure, Partner, Standing
    from clarion.spillover.service.results import Result
    from clarion.spillover.service.side_by_side import SideBySide


def exposure_frame(found: Sequence[Exposure]) -> pl.DataFrame:
    """Exposures: a row a country, with source and lines."""
    import polars as pl

    rows = []
    for e in found:
        row: dict[str, Any] = {
            "iso3": e.iso3, "country": place(e.iso3).name(), "item": e.item, "trade": e.trade, "period": e.period,
        }  # fmt: skip
        row |= spread(e.figures)
        row |= {"next_supplier": e.next_supplier, "flags": "; ".join(flag.text for flag in e.flags)}
        row |= trail(e.provenance)
        rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)


def ranking_frame(found: Sequence[Standing]) -> pl.DataFrame:
    """Ranks with their intervals: a row a country, with what is not known of it."""
    import polars as pl

    rows = [
        {"iso3": s.iso3, "country": place(s.iso3).name()}
        | spread({"rank": s.rank, "index": s.index})
        | {"top_ten": s.top_ten, "not_known": "; ".join(f"{what}: {why}" for what, why in s.not_known)}
        for s in found
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def suppliers_frame(found: Sequence[Partner]) -> pl.DataFrame:
    """Suppliers of one country: a row a supplier, with its source lines."""
    import polars as pl

    rows = [
        {"iso3": p.iso3, "item": p.item, "partner": p.partner, "partner_name": place(p.partner).name()}
        | spread({"tonnes": p.tonnes, "share": p.share})
        | {"reported_by": p.reported_by}
        | trail(p.tonnes.provenance)
        for p in found
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def run_frame(result: Result) -> pl.DataFrame:
    """A run's answer: a row a country and item."""
    import polars as pl

    label = result.data["statement"]
    rows = []
    for country in result.ranked():
        whole = spread({
            "kcal_before_response": country.kcal_before_response, "kcal_lost": country.kcal_lost,
            "people_before_response": country.people_before_response, "people": country.people,
        })  # fmt: skip
        for found in country.items:
            part = spread({
                "supply_lost": found.supply_lost, "share_of_use": found.share_of_use,
                "reserves_drawn": found.reserves_drawn, "use_lost": found.use_lost,
                "use_share": found.use_share,
            })  # fmt: skip
            rows.append({"iso3": country.iso3, "country": place(country.iso3).name(), "item": found.item}
                        | part | whole | {"statement": label})  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def compared_frame(found: SideBySide) -> pl.DataFrame:
    """Two answers side by side: a row a country, kcal a person a day."""
    import polars as pl

    nothing = Estimate.not_known("kcal/person/day", "The scenario does not reach this country.")
    rows = [
        {"iso3": row.iso3, "country": place(row.iso3).name()}
        | spread({"first": row.first or nothing, "second": row.second or nothing, "difference": row.difference})
        | {"first_title": found.titles[0], "second_title": found.titles[1], "statement": found.statement}
        for row in found.rows
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def spread(figures: Mapping[str, Estimate]) -> dict[str, Any]:
    """Figures as columns: value, low, high and unit of each."""
    row: dict[str, Any] = {}
    for name, found in figures.items():
        row[name] = found.value
        row[f"{name}_low"] = found.interval.low if found.interval else None
        row[f"{name}_high"] = found.interval.high if found.interval else None
        row[f"{name}_unit"] = found.unit
    return row


def trail(sources: Sequence[Any]) -> dict[str, str]:
    return {
        "sources": "; ".join(dict.fromkeys(f"{p.source} ({p.release}, {p.licence})" for p in sources)),
        "source_lines": "; ".join(f"{p.source}: {', '.join(map(str, p.rows))}" for p in sources if p.rows),
    }

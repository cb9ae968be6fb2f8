"""A plan as tables to download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clarion.spillover.service.frames import spread
from clarion.vocab import place

if TYPE_CHECKING:
    import polars as pl

    from clarion.spillover.service.support.results import PlanResult


def grants_frame(result: PlanResult) -> pl.DataFrame:
    """A row a country and measure with money; the figures of people are those of the whole country."""
    import polars as pl

    rows: list[dict[str, Any]] = []
    for country in result.helped:
        whole = spread({"avoided": country.avoided, "harm": country.harm, "left": country.left})
        for grant in country.grants:
            rows.append(
                {"iso3": country.iso3, "country": place(country.iso3).name(), "measure": grant.measure["id"],
                 "title": grant.measure["title"]}
                | spread({"usd": grant.money, "funded_in": grant.often}) | {"earmarks": "; ".join(grant.earmarks)}
                | {f"country_{name}": value for name, value in whole.items()} | {"statement": result.statement}
            )  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def curve_frame(result: PlanResult) -> pl.DataFrame:
    """A row a budget: what the best plan of it avoids."""
    import polars as pl

    rows = [{"budget_usd": p.budget} | spread({"avoided": p.avoided}) for p in result.curve]
    return pl.DataFrame(rows, infer_schema_length=None)

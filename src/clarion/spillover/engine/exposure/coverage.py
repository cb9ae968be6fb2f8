"""How often the intervals hold the truth: each year against the interval drawn from the three years before it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from clarion.spillover.engine.exposure.error_model import ErrorModel
from clarion.spillover.engine.exposure.interval import LEVEL, central
from clarion.spillover.engine.exposure.measures import measure
from clarion.spillover.engine.exposure.simulate import simulate
from clarion.spillover.engine.trade import Picture

SMALLEST_IMPORTS = 5000.0
WORTH_COUNTING = 0.01
"""A share under one percent both before and after says nothing about an interval and is not counted."""


def coverage(
    before: Picture, after: Picture, origins: tuple[str, ...], model: ErrorModel, seed: int, draws: int = 1000
) -> pl.DataFrame:
    """One row a country and measure: measure, iso3, low, value, high, truth, inside.

    ``before`` is the mean of three years and ``after`` the year that follows, from the same side's reports, so only the
    year-to-year part of the model is tested. Importers of 5 kt and more.
    """
    point, truth = measure(before, origins), measure(after, origins)
    drawn = simulate(
        before, origins, np.random.SeedSequence(seed), draws, model, point.next_flow, point.grown_there, reporting=False
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        of_supply = np.minimum(np.nan_to_num(drawn.origins * drawn.imports / drawn.supply), 1)
    parts = []
    for name, value, later, cloud in (
        ("share", point.share, truth.share, drawn.origins),
        ("imports", point.imports, truth.imports, drawn.imports),
        ("share_of_supply", point.share_of_supply, truth.share_of_supply, of_supply),
        ("concentration", point.concentration, truth.concentration, drawn.concentration),
        ("through_suppliers", point.through_suppliers, truth.through_suppliers, drawn.through_suppliers),
        ("grown_there", point.grown_there, truth.grown_there, drawn.grown_there),
    ):
        low, _, high = central(cloud)
        known = {iso3: float(later[i]) for i, iso3 in enumerate(after.flows.countries)}
        for i, iso3 in enumerate(before.flows.countries):
            seen, actual = float(value[i]), known.get(iso3, float("nan"))
            if point.imports[i] < SMALLEST_IMPORTS or iso3 in origins or not np.isfinite([seen, actual]).all():
                continue
            if name not in ("imports", "concentration"):
                seen, actual = min(seen, 1.0), min(max(actual, 0.0), 1.0)
                if max(seen, actual) < WORTH_COUNTING:
                    continue
            parts.append((name, iso3, float(min(low[i], seen)), seen, float(max(high[i], seen)), actual))
    columns = ["measure", "iso3", "low", "value", "high", "truth"]
    return pl.DataFrame(parts, schema=columns, orient="row").with_columns(
        pl.col("truth").is_between("low", "high").alias("inside")
    )


def summary(tests: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Coverage by measure, against the nominal level."""
    return (
        pl.concat(tests)
        .group_by("measure")
        .agg(pl.len().alias("cases"), pl.col("inside").mean().round(3).alias("coverage"))
        .with_columns(pl.lit(LEVEL).alias("nominal"))
        .sort("measure")
    )

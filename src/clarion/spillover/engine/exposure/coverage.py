"""How often the intervals hold the truth, and how narrow they are: each year against the three years before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from clarion.spillover.engine.exposure.error_model import ErrorModel
from clarion.spillover.engine.exposure.interval import LEVEL, central
from clarion.spillover.engine.exposure.measures import measure
from clarion.spillover.engine.exposure.simulate import simulate
from clarion.spillover.engine.exposure.traits import Traits
from clarion.spillover.engine.trade import Picture

SMALLEST_IMPORTS = 5000.0
WORTH_COUNTING = 0.01
"""A share under one percent both before and after says nothing about an interval and is not counted."""


def coverage(
    before: Picture,
    known: Traits,
    after: Picture,
    origins: tuple[str, ...],
    model: ErrorModel,
    seed: int,
    draws: int = 1000,
) -> pl.DataFrame:
    """One row a country and measure: measure, origins, iso3, tonnes, low, value, high, truth, inside, width, score.

    ``before`` is the mean of three years, with its traits, and ``after`` the year that follows, from the same
    side's reports, so only the year-to-year part of the model is tested. Importers of 5 kt and more. ``score`` is the
    interval score of Winkler (1972; Gneiting and Raftery 2007, eq. 43): the width, and where the truth lies outside,
    20 times the distance; lower is better, and nothing is gained by an interval that is not meant.
    Imports are compared by their logs, so that large and small importers count alike.
    """
    point, truth = measure(before, origins), measure(after, origins)
    drawn = simulate(
        before, known, origins, np.random.SeedSequence(seed), draws, model, point.grown_there,
        reporting=False,
    )  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        of_supply = np.minimum(np.nan_to_num(drawn.origins * drawn.imports / drawn.supply), 1)
    parts = []
    for name, value, later, cloud in (
        ("share", point.share, truth.share, drawn.origins),
        ("imports", _log(point.imports), _log(truth.imports), _log(drawn.imports)),
        ("share_of_supply", point.share_of_supply, truth.share_of_supply, of_supply),
        ("concentration", point.concentration, truth.concentration, drawn.concentration),
        ("next_supplier", point.next_share, truth.next_share, drawn.next_supplier),
        ("through_suppliers", point.through_suppliers, truth.through_suppliers, drawn.through_suppliers),
        ("grown_there", point.grown_there, truth.grown_there, drawn.grown_there),
    ):
        low, _, high = central(cloud)
        later_of = {iso3: float(later[i]) for i, iso3 in enumerate(after.flows.countries)}
        for i, iso3 in enumerate(before.flows.countries):
            seen, actual = float(value[i]), later_of.get(iso3, float("nan"))
            if point.imports[i] < SMALLEST_IMPORTS or iso3 in origins or not np.isfinite([seen, actual]).all():
                continue
            if name not in ("imports", "concentration"):
                seen, actual = min(seen, 1.0), min(max(actual, 0.0), 1.0)
                if max(seen, actual) < WORTH_COUNTING:
                    continue
            parts.append((name, "+".join(origins), iso3, float(point.imports[i]),
                          float(min(low[i], seen)), seen, float(max(high[i], seen)), actual))  # fmt: skip
    columns = ["measure", "origins", "iso3", "tonnes", "low", "value", "high", "truth"]
    width, below, above = (
        pl.col("high") - pl.col("low"), pl.col("low") - pl.col("truth"), pl.col("truth") - pl.col("high")
    )  # fmt: skip
    return pl.DataFrame(parts, schema=columns, orient="row").with_columns(
        pl.col("truth").is_between("low", "high").alias("inside"),
        width.alias("width"),
        (width + 2 / (1 - LEVEL) * (below.clip(0) + above.clip(0))).alias("score"),
    )


def _log(tonnes: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    return np.asarray(np.log(np.maximum(tonnes, 1.0)), dtype=np.float64)


def summary(tests: Sequence[pl.DataFrame], by: str = "measure") -> pl.DataFrame:
    """Cases, coverage, mean width and mean interval score by a column of ``coverage``."""
    return (
        pl.concat(tests)
        .group_by(by)
        .agg(
            pl.len().alias("cases"),
            pl.col("inside").mean().round(3).alias("coverage"),
            pl.col("width").mean().round(3),
            pl.col("score").mean().round(3),
        )
        .sort(by)
    )

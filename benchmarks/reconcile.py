"""Fit of the error model, coverage of its intervals on years held apart, and speed.

    CLARION_EVALUATION_DATA=... python benchmarks/reconcile.py

Prints the constants fitted on windows whose next year is 2018 or earlier beside those shipped, the coverage of 90 %
intervals on those years and on the later ones that the fit never saw, and the time of one question.
"""

from __future__ import annotations

import dataclasses
import os
import time
from pathlib import Path

import numpy as np
import polars as pl

from clarion.sources.warehouse import LoadedTable, Warehouse
from clarion.spillover.engine.exposure.calibrate import fit
from clarion.spillover.engine.exposure.coverage import coverage, summary
from clarion.spillover.engine.exposure.error_model import FITTED
from clarion.spillover.engine.exposure.measures import measure
from clarion.spillover.engine.exposure.simulate import simulate
from clarion.spillover.engine.trade import picture, trace_to_harvest
from clarion.vocab import COMMODITIES, Period, Provenance

FITTED_ON = (2008, 2016, 2017, 2018)
HELD_APART = (2019, 2020, 2021)
ORIGINS = {"wheat": [("RUS", "UKR"), ("USA",), ("FRA", "DEU")], "maize": [("RUS", "UKR"), ("USA",), ("ARG", "BRA")]}
IDS = {c.facts_name: c.id for c in COMMODITIES.values() if c.facts_name}


def yearly(data: Path) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Flows, harvests and paired reports of the evaluation data."""
    flows = pl.read_csv(data / "spillover/fao_bilateral_trade.csv.gz", infer_schema_length=None)
    harvest = pl.read_csv(data / "spillover/fao_production.csv.gz", infer_schema_length=None)
    values = pl.read_csv(data / "trade_more/fao_tm_values_top_partners_2014_2024.csv.gz", infer_schema_length=None)
    apart = pl.col("exporter_iso3") != pl.col("importer_iso3")
    key = ["exporter_iso3", "importer_iso3", "commodity", "year"]
    paired = values.filter(apart).pivot(on="reporter_side", index=key, values="usd_1000").drop_nulls()
    return flows.filter(apart), harvest, paired


def as_tables(flows: pl.DataFrame, harvest: pl.DataFrame) -> tuple[LoadedTable, LoadedTable]:
    """The evaluation data in the tables' contracts."""
    item = pl.col("item").replace_strict(IDS)
    period = pl.col("year").cast(pl.String).alias("period")
    row = pl.lit(None, pl.Int64).alias("source_row")
    trade = flows.select(item, "exporter_iso3", "importer_iso3", period, pl.lit("exporter").alias("reported_by"),
                         "tonnes", pl.lit(None, pl.Float64).alias("usd"), row)  # fmt: skip
    grown = harvest.select(item, "iso3", period, "tonnes", row)
    made_of = Provenance("evaluation", "2005-2022", "trade_flows")
    return LoadedTable("trade_flows", "evaluation", trade, made_of), LoadedTable("production", "e", grown, made_of)


def test_years(trade: LoadedTable, grown: LoadedTable, years: tuple[int, ...]) -> pl.DataFrame:
    """Coverage over years, items and origins."""
    tests = []
    for year in years:
        for item, sets in ORIGINS.items():
            before = picture(item, "raw", trade, grown, Period(year - 3, year - 1))
            after = picture(item, "raw", trade, grown, Period(year, year))
            tests += [coverage(before, after, origins, FITTED, seed=year) for origins in sets]
    return summary(tests)


def speed() -> None:
    held = Warehouse()
    trade, grown = held.table("trade_flows"), held.table("production")
    for mode in ("raw", "corrected"):
        times = []
        for _ in range(5):
            start = time.perf_counter()
            found = picture("wheat", mode, trade, grown)
            point = measure(found, ("RUS", "UKR"))
            simulate(found, ("RUS", "UKR"), np.random.SeedSequence(1), 2000, FITTED, point.next_flow, point.grown_there)
            times.append(time.perf_counter() - start)
        print(f"{mode}: {1000 * np.median(times):.0f} ms for {len(found.flows.countries)} countries, 2,000 draws")
    matrix, times = found.direct.dense(), []
    for _ in range(20):
        start = time.perf_counter()
        trace_to_harvest(matrix, found.production)
        times.append(time.perf_counter() - start)
    print(f"re-export correction alone: {1000 * np.median(times):.1f} ms")


def main() -> None:
    where = os.environ.get("CLARION_EVALUATION_DATA")
    if where:
        flows, harvest, paired = yearly(Path(where))
        found = fit(flows, harvest, paired.filter(pl.col("year") <= max(FITTED_ON)), FITTED_ON)
        for field in dataclasses.fields(found):
            print(f"{field.name}: fitted {getattr(found, field.name)}, shipped {getattr(FITTED, field.name)}")
        trade, grown = as_tables(flows, harvest)
        print("years of the fit", FITTED_ON, test_years(trade, grown, FITTED_ON))
        print("years held apart", HELD_APART, test_years(trade, grown, HELD_APART))
    speed()


if __name__ == "__main__":
    main()

"""Fit of the error model, coverage of its intervals on years held apart, and speed.

    CLARION_EVALUATION_DATA=... python benchmarks/reconcile.py

Prints the constants fitted on windows whose next year is 2018 or earlier beside those shipped; coverage, mean width and
mean interval score of 90 % intervals on those years and on the later ones that the fit never saw, beside a naive floor
and a model that looks at size alone; and the time of one question.
"""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from error_models import pooled, size_alone, without_years

from clarion.sources.warehouse import LoadedTable, Warehouse
from clarion.spillover.engine.exposure import ExposureQuestion, ExposureTables, exposure
from clarion.spillover.engine.exposure.calibrate import fit
from clarion.spillover.engine.exposure.coverage import coverage, summary
from clarion.spillover.engine.exposure.error_model import FITTED, ErrorModel, by_size
from clarion.spillover.engine.exposure.interval import central
from clarion.spillover.engine.exposure.measures import measure
from clarion.spillover.engine.exposure.simulate import simulate
from clarion.spillover.engine.exposure.traits import Traits, traits
from clarion.spillover.engine.trade import TRADE, Trade, picture, trace_to_harvest
from clarion.vocab import COMMODITIES, Period, Provenance

FITTED_ON = (2008, 2016, 2017, 2018)
HELD_APART = (2019, 2020, 2021)
ORIGINS = {"wheat": [("RUS", "UKR"), ("USA",), ("FRA", "DEU")], "maize": [("RUS", "UKR"), ("USA",), ("ARG", "BRA")]}
SHARES = {"to .05": 0.05, "to .2": 0.2, "to .5": 0.5, "to .8": 0.8}
FIGURES = ("coverage", "width", "score")
IMPORTS = {"to 20 kt": 2e4, "to 100 kt": 1e5, "to 1 Mt": 1e6}
Model = tuple[ErrorModel, Callable[[Traits], Traits]]
"""A model, and what it is given to see of the flows."""
IDS = {c.facts_name: c.id for c in COMMODITIES.values() if c.facts_name}


def yearly(data: Path) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Flows, harvests, values and paired reports of the evaluation data."""
    flows = pl.read_csv(data / "spillover/fao_bilateral_trade.csv.gz", infer_schema_length=None)
    harvest = pl.read_csv(data / "spillover/fao_production.csv.gz", infer_schema_length=None)
    values = pl.read_csv(data / "trade_more/fao_tm_values_top_partners_2014_2024.csv.gz", infer_schema_length=None)
    apart = pl.col("exporter_iso3") != pl.col("importer_iso3")
    key = ["exporter_iso3", "importer_iso3", "commodity", "year"]
    paired = values.filter(apart).pivot(on="reporter_side", index=key, values="usd_1000").drop_nulls()
    return flows.filter(apart), harvest, values.filter(apart), paired


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


def trials(
    trade: LoadedTable, grown: LoadedTable, years: tuple[int, ...], models: dict[str, Model],
    asked: dict[str, list[tuple[str, ...]]] = ORIGINS, mode: Trade = "raw",
) -> pl.DataFrame:  # fmt: skip
    """Every model's intervals of the same cases, over years, items and origins."""
    tests = []
    for year in years:
        for item, sets in asked.items():
            before = picture(item, mode, trade, grown, Period(year - 3, year - 1))
            after = picture(item, mode, trade, grown, Period(year, year))
            known = traits(before, trade)
            for name, (model, see) in models.items():
                tests += [
                    coverage(before, see(known), after, origins, model, seed=year).with_columns(model=pl.lit(name))
                    for origins in sets
                ]
    return pl.concat(tests).with_columns(
        classed("value", SHARES).alias("predicted share"), classed("tonnes", IMPORTS).alias("imports")
    )


def classed(column: str, bounds: dict[str, float]) -> pl.Expr:
    """The class of each value, named after its upper bound."""
    return pl.col(column).bin_intervals(list(bounds.values()), labels=[*bounds, "above"])


def compared(cases: pl.DataFrame) -> None:
    """Coverage, width and score of every model: by measure, then of the share by its class and by size.

    A class is told by what was predicted, never by what came. Shares predicted under 1 % are counted in the first table
    only, where they came to more, so that all of them lie outside.
    """
    shares = cases.filter((pl.col("measure") == "share") & (pl.col("value") >= 0.01))
    names = cases["model"].unique(maintain_order=True).to_list()
    large = shares.filter(pl.col("tonnes") >= 1e5)
    for title, rows, by in (
        ("every measure", cases, "measure"),
        ("share of imports, by predicted share", shares, "predicted share"),
        ("share of imports, by the importer's tonnes", shares, "imports"),
        ("share of imports, importers of 100 kt and more, by predicted share", large, "predicted share"),
        ("share of imports from Russia and Ukraine, by predicted share",
         shares.filter(pl.col("origins") == "RUS+UKR"), "predicted share"),
        ("the same, importers of 100 kt and more", large.filter(pl.col("origins") == "RUS+UKR"), "predicted share"),
        ("share of imports, predicted above one half", shares.filter(pl.col("value") > 0.5), "origins"),
        ("share of imports, all", shares, "measure"),
    ):  # fmt: skip
        if rows.is_empty():
            continue
        print(f"{title} (coverage / mean width / mean score)")
        table = summary([rows.filter(pl.col("model") == names[0])], by).select(by, "cases")
        for name in names:
            side = summary([rows.filter(pl.col("model") == name)], by)
            figures = pl.format("{} / {} / {}", *(pl.col(c).map_elements(_short, pl.String) for c in FIGURES))
            table = table.join(side.select(by, figures.alias(name)), on=by, maintain_order="left")
        print(table)


def _short(figure: float) -> str:
    return f"{figure:.3f}" if figure < 100 else f"{figure:,.0f}"


def reports_held_apart(paired: pl.DataFrame) -> pl.DataFrame:
    """How often one side's report lies within the 90 % band around the other's, by size class."""
    size = (paired["exporter"] * paired["importer"]).sqrt().to_numpy()
    ratio = np.log((paired["importer"] / paired["exporter"]).to_numpy())
    band = 1.645 * np.sqrt(2) * by_size(size, FITTED.report_bounds, FITTED.report_spread)
    group = np.digitize(size, FITTED.report_bounds)
    rows = [(k, int((group == k).sum()), float((np.abs(ratio) <= band)[group == k].mean()))
            for k in range(len(FITTED.report_spread))]  # fmt: skip
    rows.append((-1, len(ratio), float((np.abs(ratio) <= band).mean())))
    return pl.DataFrame(rows, schema=["class (-1 all)", "pairs", "coverage"], orient="row")


def importers_own_word(trade: LoadedTable, grown: LoadedTable, values: pl.DataFrame) -> pl.DataFrame:
    """Both parts of the model at once: exporters' tonnes of three years against the importer's own value share of the
    next. Harder than what is claimed: values are not tonnes, and partners under 5 % are missing from the values."""
    rows = []
    for year in HELD_APART:
        for item in ("wheat", "maize"):
            own = values.filter(year=year, commodity=item, reporter_side="importer").group_by("importer_iso3").agg(
                (pl.col("usd_1000").filter(pl.col("exporter_iso3").is_in(["RUS", "UKR"])).sum()
                 / pl.col("usd_1000").sum()).alias("share"))  # fmt: skip
            before = picture(item, "raw", trade, grown, Period(year - 3, year - 1))
            point = measure(before, ("RUS", "UKR"))
            drawn = simulate(before, traits(before, trade), ("RUS", "UKR"), np.random.SeedSequence(year), 1000, FITTED,
                             point.grown_there)  # fmt: skip
            low, _, high = central(drawn.origins)
            for iso3, share in own.iter_rows():
                i = before.flows.position.get(iso3)
                if i is None or point.imports[i] < 5000 or max(share, point.share[i]) < 0.01:
                    continue
                inside = min(low[i], point.share[i]) <= share <= max(high[i], point.share[i])
                rows.append((item, bool(inside)))
    found = pl.DataFrame(rows, schema=["item", "inside"], orient="row")
    return found.group_by("item").agg(pl.len().alias("cases"), pl.col("inside").mean().round(3).alias("coverage"))


def speed() -> None:
    tables = ExposureTables.from_warehouse(Warehouse())
    for mode in TRADE:
        times = []
        for _ in range(7):
            start = time.process_time()
            answers = exposure(ExposureQuestion(trade=mode), tables, seed=1)
            times.append(time.process_time() - start)
        print(f"exposure, {mode}: {1000 * np.median(times):.0f} ms of CPU for {len(answers)} countries, 2,000 draws")
    found = picture("wheat", "corrected", tables.trade_flows, tables.production)
    matrix, times = found.direct.dense(), []
    for _ in range(20):
        start = time.perf_counter()
        trace_to_harvest(matrix, found.production)
        times.append(time.perf_counter() - start)
    print(f"re-export correction alone: {1000 * np.median(times):.1f} ms")


def main() -> None:
    pl.Config(
        tbl_rows=20, tbl_cols=20, tbl_width_chars=220, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True
    )
    where = os.environ.get("CLARION_EVALUATION_DATA")
    if where:
        flows, harvest, values, paired = yearly(Path(where))
        found = fit(flows, harvest, paired.filter(pl.col("year") <= max(FITTED_ON)), FITTED_ON)
        for field in dataclasses.fields(found):
            print(f"{field.name}: fitted {getattr(found, field.name)}, shipped {getattr(FITTED, field.name)}")
        trade, grown = as_tables(flows, harvest)
        models = {
            "pooled": (pooled(FITTED, flows, harvest, FITTED_ON), without_years),
            "size": (size_alone(FITTED), without_years),
            "mean": (FITTED, without_years),
            "years": (FITTED, lambda known: known),
        }
        print(
            "Models: one pooled spread; size classes alone; the one shipped, given the mean of the years; given each."
        )
        print("YEARS OF THE FIT", FITTED_ON)
        compared(trials(trade, grown, FITTED_ON, models))
        print("YEARS HELD APART", HELD_APART)
        compared(trials(trade, grown, HELD_APART, models))
        print("YEARS HELD APART, corrected for re-exports before and after")
        print(summary([trials(trade, grown, HELD_APART, {"years": models["years"]}, mode="corrected")]))
        print("2022, the first year of the full-scale war; Russia's own reports are missing and left out on both sides")
        compared(trials(*as_tables(flows.filter(pl.col("exporter_iso3") != "RUS"), harvest), (2022,), models,
                        {"wheat": [("UKR",), ("USA",)], "maize": [("UKR",), ("USA",)]}))  # fmt: skip
        later = pl.col("year").is_between(min(HELD_APART), max(HELD_APART))
        print("pairs of reports, years held apart", reports_held_apart(paired.filter(later)))
        print("importers' own value shares, years held apart", importers_own_word(trade, grown, values))
    speed()


if __name__ == "__main__":
    main()

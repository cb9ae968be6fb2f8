"""Layers that nobody eats: every face answers, and says so where energy is asked for."""

from __future__ import annotations

import polars as pl
import pytest

from clarion.compute import Serial
from clarion.sources.warehouse import LoadedTable, Warehouse
from clarion.spillover.engine.exposure import (
    ExposureQuestion,
    ExposureTables,
    composite,
    country_profile,
    exposure,
)
from clarion.spillover.engine.scenario import parse
from clarion.spillover.engine.simulation import ScenarioQuestion, ScenarioTables, simulate
from clarion.tables import table
from clarion.tables.check import check
from clarion.vocab import NOT_FOOD, Provenance

HERE = Provenance("made", "1", "trade_flows")
FLOWS = [
    ("potash", "RUS", "EGY", 50_000.0), ("potash", "CAN", "EGY", 20_000.0), ("potash", "RUS", "KEN", 9_000.0),
    ("potash", "DEU", "KEN", 3_000.0), ("coal", "RUS", "EGY", 900_000.0), ("wheat", "RUS", "EGY", 8e6),
    ("wheat", "FRA", "EGY", 2e6), ("wheat", "RUS", "KEN", 1e6),
]  # fmt: skip


@pytest.fixture(scope="module")
def tables():
    rows = [
        {"item": i, "exporter_iso3": e, "importer_iso3": m, "period": "2019-2021", "reported_by": "exporter",
         "tonnes": t, "usd": None, "source_row": k, "more_rows": None}
        for k, (i, e, m, t) in enumerate(FLOWS, 2)
    ]  # fmt: skip
    flows = check(pl.DataFrame(rows, infer_schema_length=None), table("trade_flows"), lines="source_row")
    door = Warehouse()
    return ExposureTables(
        LoadedTable("trade_flows", "made", flows, HERE), door.table("production"), tuple(door.all("indicators"))
    )


def test_exposure_through_fertiliser_has_shares_and_no_energy(tables):
    found = {e.iso3: e for e in exposure(ExposureQuestion("potash"), tables, 1)}
    egypt = found["EGY"]
    assert egypt.share_from_origins.value == pytest.approx(50 / 70)
    assert not egypt.kcal_per_person_day.known
    assert egypt.kcal_per_person_day.reason == NOT_FOOD
    assert egypt.kcal_through_suppliers == 0.0


def test_a_ranking_over_fertiliser_names_what_it_lacks(tables):
    (first, *_) = composite(ExposureQuestion("potash"), tables, 1)
    assert dict(first.not_known)["kcal_per_person_day"] == NOT_FOOD
    assert "share_of_imports" in first.known


def test_a_profile_runs_over_every_layer(tables):
    found = country_profile("EGY", ExposureQuestion("wheat"), tables, 1)
    assert {e.item for e in found.exposures} == {"wheat", "potash", "coal"}
    assert found.exposures[0].item == "wheat"
    assert any(gap.reason == NOT_FOOD for gap in found.not_known)
    without_coal = country_profile("KEN", ExposureQuestion("wheat"), tables, 1)
    assert {e.item for e in without_coal.imported} == {"wheat", "potash"}
    assert any(gap.what.startswith("Coal") for gap in without_coal.not_known)


BAN = """
name = "potash-ban"
title = "Russia sells no potash"
summary = "A test."
items = ["potash"]
period = "2019-2021"
[[shocks]]
kind = "export_ban"
exporter = "RUS"
source = "made"
"""


def test_a_run_over_fertiliser_loses_tonnes_and_no_meals(tables):
    loaded = ScenarioTables(tables.trade_flows, tables.production, Warehouse().table("stocks"), tables.indicators)
    answer = simulate(ScenarioQuestion(parse(BAN), trade="raw", draws=20), loaded, Serial(), 1)
    egypt = answer.countries["EGY"]
    assert egypt.items["potash"].supply_lost.value > 0
    assert egypt.kcal_lost.reason == egypt.people.reason == NOT_FOOD
    assert answer.world["people"].reason == NOT_FOOD

"""The shipped facts on prices and export restrictions meet their contracts and say what they leave open."""

from __future__ import annotations

import polars as pl
import pytest

from clarion.errors import SourceError
from clarion.sources.base import Raw
from clarion.sources.catalogue import catalogue
from clarion.sources.embedded import facts_path
from clarion.sources.warehouse import Warehouse
from clarion.tables import table
from clarion.tables.check import check
from clarion.vocab import place

SHIPPED = {
    "export-restrictions": "restrictions",
    "restriction-totals": "restriction_totals",
    "pass-through": "pass_through",
    "commodity-prices": "prices",
    "crisis-prices": "prices",
}


@pytest.mark.parametrize(("source", "name"), SHIPPED.items())
def test_a_shipped_file_meets_its_contract_within_its_bounds(source, name):
    declared = catalogue()[source]
    frame = declared.load(Raw(facts_path(declared.embedded)))[name]
    assert declared.rows[0] <= len(check(frame, table(name), lines="source_row")) <= declared.rows[1]


def test_every_restriction_names_a_place_and_a_source():
    frame = Warehouse().table("restrictions").frame
    assert all(place(code) for code in frame["iso3"].unique())
    assert frame["source"].null_count() == 0
    assert set(frame["item"].drop_nulls()) == {
        "wheat", "maize", "barley", "rice", "soya", "sunflower-oil", "palm-oil",
    }  # fmt: skip


def test_what_is_not_known_is_counted():
    declared = catalogue()["export-restrictions"]
    raw = Raw(facts_path(declared.embedded))
    declared.load(raw)
    assert raw.counts["measures without a known start"] > 20
    assert raw.counts["measures without a known end"] > 50


def test_no_month_of_a_price_is_told_twice_and_steps_are_those_of_a_market():
    frames = pl.concat([t.frame for t in Warehouse().all("prices")])
    assert frames.select("series", "month").is_unique().all()
    step = frames.sort("series", "month").with_columns(
        pl.col("usd_per_tonne").log().diff().over("series").abs().alias("step"),
        pl.col("month").str.to_date("%Y-%m").diff().dt.total_days().over("series").alias("days"),
    )
    # A slip in copying would show as a jump and a jump back; the largest true ones are below a half.
    assert step.filter(pl.col("days") < 32)["step"].max() < 0.5


def test_ranges_and_least_values_of_pass_through():
    frame = Warehouse().table("pass_through").frame
    egypt = frame.filter((pl.col("place") == "EGY") & (pl.col("horizon") == "long run"))
    assert egypt.select("low", "high").row(0) == (0.13, 0.16)
    assert frame.filter(pl.col("place") == "Global poor").select("low", "high").row(0) == (0.30, None)
    assert frame.filter(pl.col("place") == "RUS")["low"][0] == -0.10


@pytest.mark.parametrize(
    ("source", "known", "surprise"),
    [
        ("export-restrictions", "2007-11-12", "in the autumn of 2007"),
        ("pass-through", ",0.29,", ",about a third,"),
    ],
)
def test_a_surprise_stops_the_loader_with_its_line(tmp_path, source, known, surprise):
    declared = catalogue()[source]
    text = facts_path(declared.embedded).read_text(encoding="utf-8")
    file = tmp_path / "facts.csv"
    file.write_text(text.replace(known, surprise, 1), encoding="utf-8")
    with pytest.raises(SourceError, match=surprise.strip(",")) as caught:
        declared.load(Raw(file))
    assert f"line {text[: text.index(known)].count(chr(10)) + 1}" in caught.value.where

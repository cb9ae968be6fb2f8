"""Traded calories under restriction: worked by hand, and as published for 2008 and 2022."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.errors import ModelError, TableError
from clarion.sources.warehouse import LoadedTable, Warehouse
from clarion.spillover.engine.bans import (
    QUANTITY,
    Restriction,
    TradedCalories,
    restricted_share,
    restrictions,
    traded_calories,
)
from clarion.spillover.engine.bans.spells import spells
from clarion.spillover.engine.bans.standing import chance
from clarion.vocab import Provenance

DAY = date(2022, 4, 15)
CALORIES = TradedCalories({("wheat", "RUS"): 30.0, ("wheat", "KAZ"): 10.0, ("rice", "IND"): 60.0}, "2019-2021", ())


def measure(iso3="RUS", item="wheat", kind="ban", start=date(2022, 3, 1), end=date(2022, 6, 30), **more):
    named = {"episode": "2022-23", "confidence": "high", "row": 2} | more
    return Restriction(iso3, item, item, kind, start, end, **named)


@pytest.fixture(scope="module")
def listed():
    return restrictions(Warehouse().table("restrictions"))


def test_a_measure_counts_once_and_only_while_it_stands():
    rows = [measure(), measure(kind="quota", row=3), measure("KAZ", kind="quota", start=date(2022, 4, 16), row=4)]
    found = restricted_share(rows, CALORIES, DAY)
    assert found.shares["all measures"].value == pytest.approx(0.3)
    assert found.shares["bans"].value == pytest.approx(0.3)
    (held,) = found.held
    assert (held.iso3, held.measures, held.rows) == ("RUS", ("ban", "quota"), (2, 3))
    later = restricted_share(rows, CALORIES, date(2022, 4, 16)).shares["bans, licences and quotas"]
    assert later.value == pytest.approx(0.4)


def test_a_month_without_a_day_means_all_of_it():
    frame = pl.DataFrame(
        {"iso3": ["RUS"], "product": ["wheat"], "item": ["wheat"], "measure": ["ban"], "start": ["2022-03"],
         "end": ["2022-04"], "episode": ["2022-23"], "confidence": ["high"], "source_row": [2]}
    )  # fmt: skip
    (row,) = restrictions(LoadedTable("restrictions", "s", frame, Provenance("s", "", "restrictions")))
    assert (row.start, row.end) == (date(2022, 3, 1), date(2022, 4, 30))
    wrong = frame.with_columns(start=pl.lit("2022-13"))
    with pytest.raises(TableError, match="2022-13"):
        restrictions(LoadedTable("restrictions", "s", wrong, Provenance("s", "", "restrictions")))


def test_what_is_not_known_widens_the_interval_and_is_named():
    sure = restricted_share([measure()], CALORIES, DAY).shares["bans"]
    assert (sure.interval.low, sure.interval.high) == (0.3, 0.3)
    open_ended = restricted_share([measure(end=None, start=date(2022, 1, 1))], CALORIES, date(2022, 8, 1))
    assert open_ended.shares["bans"].interval.low == 0.0
    undated = restricted_share([measure(start=None)], CALORIES, DAY)
    assert undated.shares["bans"].value == 0.0
    assert undated.shares["bans"].interval.high == pytest.approx(0.3)
    assert undated.undated == (2,)


def test_chances():
    assert chance(measure(), DAY) == 1.0
    assert chance(measure(), date(2022, 7, 1)) == 0.0
    assert chance(measure(confidence="low"), DAY) == pytest.approx(0.6)
    assert chance(measure(start=date(2022, 4, 15), end=None), DAY) == 1.0
    fading = [chance(measure(end=None), date(2022, m, 1)) for m in (4, 6, 9, 12)]
    assert fading == sorted(fading, reverse=True)
    assert chance(measure(start=None, end=None), date(2020, 4, 1)) == 0.0


def test_another_seed_moves_only_the_interval():
    rows = [measure(end=None)]
    one, two = (restricted_share(rows, CALORIES, DAY, seed=s).shares["bans"] for s in (1, 1))
    assert one == two


@given(st.dates(date(2021, 6, 1), date(2023, 6, 1)))
def test_more_measures_never_restrict_less(listed, day):
    calories = traded_calories(Warehouse().table("trade_flows"))
    values = [e.value for e in restricted_share(listed, calories, day).shares.values()]
    assert values == sorted(values)
    assert all(0 <= v <= 1 for v in values)


def test_april_2022_on_the_shipped_staples(listed):
    """Published: about 17 percent of all calories. The shipped trade has four staples, which were hit hardest."""
    calories = traded_calories(Warehouse().table("trade_flows"))
    assert "palm-oil" in calories.missing
    share = restricted_share(listed, calories, DAY).shares["bans, licences and quotas"]
    assert share.value == pytest.approx(0.172, abs=0.01)


def test_the_published_totals_on_all_foods(listed, evaluation_data, monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[3] / "benchmarks"))
    sys.modules.pop("bans", None)
    from ban_data import balances, fabio_2013
    from bans import by_food, renewed

    now = renewed(fabio_2013(evaluation_data), traded_calories(Warehouse().table("trade_flows")))
    april = restricted_share(listed, TradedCalories(now, "2013, 2019-2021", ()), DAY, foods=by_food)
    assert april.shares["bans, licences and quotas"].value == pytest.approx(0.17, abs=0.005)
    then = TradedCalories(balances(evaluation_data, ("2005", "2006", "2007", "2008")), "2005-2008", ())
    crisis = restricted_share(listed, then, date(2008, 4, 15), foods=by_food)
    assert 0.17 <= crisis.shares["all measures"].value <= 0.19


def test_a_period_without_trade_is_refused():
    with pytest.raises(ModelError, match="1999"):
        traded_calories(Warehouse().table("trade_flows"), "1999")


def test_spells_join_what_follows_and_keep_apart_what_does_not():
    rows = [
        measure(start=date(2022, 1, 10), end=date(2022, 2, 5)),
        measure(kind="quota", start=date(2022, 3, 20), end=date(2022, 4, 1)),
        measure(start=date(2022, 7, 1), end=None),
        measure(kind="tax", start=date(2022, 5, 1), end=date(2022, 6, 1)),
    ]
    first, second = spells(rows, QUANTITY)
    assert (first.months, first.closed) == (4, True)
    assert (second.first - first.last, second.closed) == (3, False)

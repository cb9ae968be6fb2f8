"""Months at risk, harvests that fell short, and the laws of how long and how much."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.bans import DURATION, WITHHELD, Restriction, restrictions
from clarion.spillover.engine.bans import inputs as read
from clarion.spillover.engine.bans.months import month_of, read_month
from clarion.spillover.engine.bans.panel import harvest_year, panel, shortfall


def ban(start, end, item="wheat"):
    return Restriction("RUS", item, item, "ban", start, end, "2010-11", "high", 2)


def flat(level=100.0):
    return dict.fromkeys(range(read_month("2006-01"), read_month("2024-01")), level)


def test_an_exporter_is_at_risk_until_it_restricts_and_again_after():
    found = panel([ban(date(2010, 8, 15), date(2010, 10, 5))], {"wheat": ["RUS"]}, {"wheat": flat()}, {})
    mine = found.where(found.episode == "2010-11")
    assert len(mine.began) == 18 - 2  # July 2010 to December 2011 without September and October 2010
    assert np.flatnonzero(mine.began).tolist() == [1]
    assert mine.design[:, 3].max() == 0.0
    later = found.where(found.episode == "2020-21")
    assert later.design[:, 3].min() == 1.0


def test_covariates_are_the_years_rise_and_the_last_harvest():
    prices = flat() | {read_month("2010-08"): 200.0}
    found = panel([], {"wheat": ["RUS"]}, {"wheat": prices}, {("RUS", "wheat", 2010): 0.3})
    mine = found.where(found.episode == "2010-11")
    assert mine.design[1, 1:3] == pytest.approx([np.log(2), 0.3])
    assert mine.design[13, 1] == pytest.approx(-np.log(2))  # a year on
    assert mine.design[13, 2] == 0.0


def test_months_without_a_price_a_year_before_are_left_out():
    prices = dict.fromkeys(range(read_month("2010-07"), read_month("2011-09")), 1.0)
    assert len(panel([], {"wheat": ["RUS"]}, {"wheat": prices}, {}).began) == 2


def test_a_harvest_counts_from_july():
    assert harvest_year(read_month("2010-06")) == 2009
    assert harvest_year(month_of(date(2010, 7, 1))) == 2010


def test_a_shortfall_is_against_the_mean_of_three_harvests():
    assert shortfall({2007: 10.0, 2008: 12.0, 2009: 14.0, 2010: 6.0}, 2010) == pytest.approx(0.5)
    assert shortfall({2009: 10.0, 2010: 5.0}, 2010) == 0.0
    assert shortfall({2007: 1.0, 2008: 1.0, 2010: 3.0}, 2010) == 0.0


def test_the_houses_tables_give_the_panel():
    door = Warehouse()
    prices = read.prices(door.all("prices"))
    assert set(prices) == {"wheat", "maize", "rice", "soya", "sunflower-oil", "palm-oil"}
    sellers = read.exporters(door.table("trade_flows"))
    assert "RUS" in sellers["wheat"]
    found = panel(restrictions(door.table("restrictions")), sellers, prices, {})
    assert (len(found.began), int(found.began.sum())) == (15_654, 65)


def test_shortfalls_need_single_years():
    frame = pl.DataFrame(
        {"item": ["wheat"] * 5, "iso3": ["RUS"] * 5, "period": ["2007", "2008", "2009", "2010", "2019-2021"],
         "tonnes": [10.0, 12.0, 14.0, 6.0, 1.0]}
    )  # fmt: skip
    assert read.shortfalls(frame) == {("RUS", "wheat", 2010): pytest.approx(0.5)}


def test_laws_of_duration_and_strength():
    months = DURATION.quantiles([0.1, 0.5, 0.9])
    assert months[1] == pytest.approx(5.0)
    assert np.all(np.diff(months) > 0)
    u = np.linspace(0.01, 0.99, 50)
    assert np.all(np.diff(WITHHELD.ban.quantiles(u)) > 0)
    kinds = WITHHELD.quantiles(np.array([0.0, 0.8, 0.95]), np.full(3, 0.9))
    assert kinds[0] > kinds[1] > kinds[2]
    assert WITHHELD.of("minimum_price") == WITHHELD.tax

"""Stocks by report: what a figure is of, and that no later report passes for an earlier one."""

from __future__ import annotations

import polars as pl
import pytest

from clarion.sources.warehouse import Warehouse


@pytest.fixture(scope="module")
def reports():
    return Warehouse().table("stock_reports")


def test_the_world_without_china_by_report(reports):
    found = reports.frame.filter(item="wheat", area="WLD_xCHN").sort("marketing_year")
    first = found.row(0, named=True)
    assert (first["marketing_year"], first["report"], first["status"]) == ("2018/19", "2021-04-09", "actual")
    assert (first["ending_stocks"], first["use"]) == (143.61e6, 609.81e6)


def test_a_report_comes_after_the_year_it_calls_actual(reports):
    actual = reports.frame.filter(status="actual")
    assert (
        actual["report"].str.slice(0, 4).cast(pl.Int64) > actual["marketing_year"].str.slice(0, 4).cast(pl.Int64)
    ).all()
    assert set(reports.frame["item"].unique()) == {"wheat", "maize", "rice", "soya"}


def test_china_and_the_rest_make_the_world(reports):
    wide = reports.frame.filter(item="maize", report="2024-04-11").select("area", "ending_stocks")
    stocks = dict(wide.iter_rows())
    assert stocks["WLD"] == pytest.approx(stocks["WLD_xCHN"] + stocks["CHN"], abs=2e4)

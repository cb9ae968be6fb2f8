"""Months of harvest and distances: what is known, what stands in, and that it adds up."""

from __future__ import annotations

import numpy as np
import pytest

from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.monthly.calendar import EVEN, NEIGHBOURS, OWN, pace, season
from clarion.spillover.engine.monthly.distance import distances


@pytest.fixture(scope="module")
def table():
    return Warehouse().table("crop_calendar")


def test_known_months(table):
    """Egypt's wheat comes in May and June; India's rice mostly from September on."""
    found = season("wheat", ("EGY", "RUS"), table)
    assert found.shares[0] == pytest.approx([0, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 0, 0])
    assert found.basis == (OWN, NEIGHBOURS)
    assert found.provenance[0].source == "crop-calendar"
    rice = season("rice", ("IND",), table).shares[0]
    assert rice[8:].sum() > rice[:8].sum()


@pytest.mark.parametrize("item", ["wheat", "maize", "rice", "soya", "barley", "palm-oil"])
def test_shares_add_up_everywhere(table, item):
    countries = ("AUS", "BRA", "CHN", "FJI", "GRL", "SGP", "UKR", "USA", "ZAF")
    found = season(item, countries, table)
    assert found.shares.sum(axis=1) == pytest.approx(1.0)
    assert found.shares.min() >= 0
    assert (found.basis == (EVEN,) * len(countries)) == (item == "palm-oil")


def test_a_window_may_wrap_the_end_of_the_year(table):
    own = table.frame.filter(table.frame["harvest_end_month"] < table.frame["harvest_start_month"])
    assert len(own)
    row = own.row(0, named=True)
    found = season(row["item"], (row["iso3"],), table).shares[0]
    assert found[row["harvest_start_month"] - 1] > 0
    assert found[row["harvest_end_month"] - 1] > 0


def test_exports_are_even_or_follow_the_harvest():
    one = np.eye(12)[[6]]
    assert pace(one, "flat")[0] == pytest.approx(1 / 12)
    following = pace(one, "harvest")[0]
    assert following.sum() == pytest.approx(1.0)
    assert following.argmax() == 6
    assert following.argmin() == 5


def test_distances():
    far = distances(("EGY", "UKR", "AUS", "GUF"))
    assert (far == far.T).all()
    assert not far.diagonal().any()
    assert far[0, 1] == pytest.approx(2.5, abs=0.3)
    assert far[0, 2] == pytest.approx(12.3, abs=1.0)
    # Guyane is not drawn by itself: South America stands in.
    assert 8 < far[0, 3] < 13

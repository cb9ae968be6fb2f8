"""The extra bill of dearer imports, against reserves."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.sources.warehouse import LoadedTable, Warehouse
from clarion.spillover.engine.exposure.indicators import Indicators
from clarion.spillover.engine.people.import_bill import NAMES, extra_bill, import_bill
from clarion.spillover.engine.simulation.streams import Streams
from clarion.vocab import Provenance


def uniform(name):
    return Streams(1, 0, 101).uniform(name)


@pytest.fixture(scope="module")
def shipped():
    return Indicators(Warehouse().all("indicators"), NAMES)


@pytest.fixture(scope="module")
def loaded():
    frame = pl.DataFrame(
        {"iso3": ["EGY"], "indicator": ["imports_goods_services_usd_m"], "value": [84_000.0], "unit": ["USD m"],
         "period": ["2021"], "source": ["WDI"], "note": [None], "source_row": [2]},
        schema_overrides={"note": pl.String},
    )  # fmt: skip
    table = LoadedTable("indicators", "wb-imports", frame, Provenance("wb-imports", "1", "indicators"))
    return Indicators([*Warehouse().all("indicators"), table], NAMES)


def test_by_hand():
    flat = np.full(3, 1.5)
    bill = extra_bill({"wheat": 10e6, "rice": 1e6}, {"wheat": 300.0}, {"wheat": flat, "rice": flat}, {})
    assert bill.tolist() == [1.5e9] * 3  # 10 Mt x 300 USD x 0.5; rice has no price
    less = extra_bill({"wheat": 10e6}, {"wheat": 300.0}, {"wheat": flat}, {"wheat": np.full(3, 0.6)})
    assert less[0] == pytest.approx(-0.3e9)


@given(st.floats(0.5, 4.0), st.floats(0.0, 2.0), st.floats(0.0, 2.0))
def test_a_higher_price_never_costs_less(ratio, more, volume):
    def bill(price):
        return float(extra_bill({"wheat": 1e6}, {"wheat": 300.0}, {"wheat": np.array([price])},
                                {"wheat": np.array([volume])})[0])  # fmt: skip

    assert bill(ratio + more) >= bill(ratio)


def test_months_of_reserves_that_a_bill_takes(loaded):
    found = import_bill("EGY", np.linspace(1.0e9, 1.8e9, 101), loaded, uniform)
    assert found.extra.value == pytest.approx(1400.0)
    assert found.months_used.value == pytest.approx(1400 / 7000)
    assert found.months_used.interval.low < found.months_used.value < found.months_used.interval.high
    assert found.reserves.value > 3
    assert found.share_of_gdp.known
    assert import_bill("EGY", np.full(5, -1e9), loaded, uniform).months_used.value == 0.0


def test_without_its_imports_the_months_are_wide_and_say_so(shipped, loaded):
    bill = np.full(101, 1.4e9)
    wide, own = (import_bill("EGY", bill, known, uniform).months_used for known in (shipped, loaded))
    assert wide.interval.low < own.value < wide.interval.high
    assert wide.interval.high > 2 * wide.interval.low
    assert "assumed" in wide.method
    assert "wb-imports" in wide.method


def test_what_is_not_known_says_why(shipped):
    without_gdp = Indicators([], NAMES)
    assert import_bill("EGY", np.full(5, 1e9), shipped, uniform).extra.known
    assert "fetch wb-imports" in import_bill("NRU", np.full(5, 1e9), without_gdp, uniform).months_used.reason
    assert not import_bill("EGY", None, shipped, uniform).extra.known
    senegal = import_bill("SEN", np.full(5, 1e8), shipped, uniform)
    assert "pooled" in senegal.reserves.reason
    assert senegal.flags[0].startswith("Pooled")
    assert not import_bill("SOM", np.full(5, 1e8), shipped, uniform).reserves.known


def test_reserves_carry_their_warnings(shipped):
    def flags(iso3):
        return " ".join(import_bill(iso3, np.full(5, 1e8), shipped, uniform).flags)

    assert "Stale: the latest figure is of 2017." in flags("SDN")
    assert "Not all of it can be used" in flags("LBN")
    assert "Pooled" in flags("TCD")
    assert flags("EGY") == ""

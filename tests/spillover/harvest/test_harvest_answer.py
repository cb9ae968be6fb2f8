"""Fertiliser that is missing, and the next harvest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.errors import InputError, UnknownName
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.harvest import (
    HarvestQuestion,
    draw_harvest,
    fertiliser_use,
    harvest,
    nitrogen_factor,
    priced_out,
    slow_factor,
    yield_factor,
)
from clarion.spillover.engine.scenario import Range
from clarion.spillover.engine.simulation.streams import Streams

HALF = Range.exactly(0.5)
share = st.floats(0.0, 1.0)
rate = st.floats(0.0, 400.0)


@pytest.fixture(scope="module")
def tables():
    return Warehouse().all("indicators")


@given(rate, st.floats(0.0, 60.0), st.floats(100.0, 300.0), st.floats(0.0, 0.9), share, share)
def test_less_nitrogen_never_grows_more(kg, other, peak, lost, short, more):
    few, many = sorted((short, more))
    little = nitrogen_factor(*(np.array(v) for v in (kg, other, peak, lost, few)))
    much = nitrogen_factor(*(np.array(v) for v in (kg, other, peak, lost, many)))
    assert 1.0 - lost - 1e-12 <= much <= little <= 1.0 + 1e-12
    assert nitrogen_factor(*(np.array(v) for v in (kg, other, peak, lost, 0.0))) == pytest.approx(1.0)


def test_nitrogen_by_hand_and_beyond_the_peak():
    # z from 0.5 to 0.25, A 0.4: (1 - 0.4 * 0.5625) / (1 - 0.4 * 0.25) = 0.775 / 0.9
    found = nitrogen_factor(*(np.array(v) for v in (100.0, 0.0, 200.0, 0.4, 0.5)))
    assert found == pytest.approx(0.775 / 0.9)
    assert nitrogen_factor(*(np.array(v) for v in (400.0, 30.0, 200.0, 0.4, 0.4))) == 1.0


@given(st.floats(0.0, 0.3), share, st.integers(1, 5))
def test_the_soil_gives_less_each_season(loss, short, seasons):
    first, later = (slow_factor(np.array(loss), np.array(short), n) for n in (seasons, seasons + 1))
    assert 0 < later <= first <= 1


@given(st.floats(0.1, 20.0), st.floats(0.0, 2.0))
def test_a_higher_price_cuts_and_a_lower_brings_no_more(price, demand):
    cut = float(priced_out(np.array(price), np.array(demand)))
    assert 0 <= cut < 1
    if price <= 1:
        assert cut == 0


def test_countries_and_crops(tables):
    countries = ("KEN", "BRA", "EGY", "SOM")
    lost = {"nitrogen": dict.fromkeys(countries, HALF), "potash": dict.fromkeys(countries, HALF)}
    answer = harvest(HarvestQuestion(countries, ("wheat", "soya", "palm-oil"), lost), tables, 1)
    change = {iso3: one.change for iso3, one in answer.countries.items()}
    assert change["BRA"]["wheat"].interval.high < -0.03
    assert abs(change["EGY"]["wheat"].value) < 0.01, "Egypt makes its nitrogen and spreads more than the crop can use"
    assert change["BRA"]["soya"].value > change["BRA"]["wheat"].value
    assert change["BRA"]["wheat"].provenance
    assert not change["SOM"]["wheat"].known
    assert "nitrogen" in change["SOM"]["wheat"].reason
    assert not change["KEN"]["palm-oil"].known
    assert answer.to_dict()["countries"][0]["short"]["nitrogen"]["value"] == pytest.approx(0.5, abs=0.01)


def test_dear_gas_makes_less_and_a_second_season_less_still(tables):
    def change(**asked):
        return harvest(HarvestQuestion(("FRA",), ("wheat",), **asked), tables, 2).countries["FRA"].change["wheat"]

    assert change().value == 0.0
    assert change(gas=Range.exactly(3.0)).value < 0
    lost = {"phosphate": {"FRA": Range.exactly(1.0)}}
    assert change(imports_lost=lost, seasons=3).value < change(imports_lost=lost).value < 0


def test_draws_are_ready_for_the_next_season_and_shared(tables):
    asked = HarvestQuestion(("KEN", "SOM"), ("maize",), {"nitrogen": {"KEN": HALF, "SOM": HALF}}, draws=50)
    use = fertiliser_use(tables, asked.countries)
    drawn = draw_harvest(asked, use, Streams(1, 0, 50))
    assert drawn.factor["maize"].shape == (50, 2)
    assert np.isnan(drawn.factor["maize"][:, 1]).all()
    assert (drawn.applied("maize")[:, 1] == 1).all()
    again = yield_factor("maize", use, drawn.short, Streams(1, 0, 50))
    assert again.tobytes() == drawn.factor["maize"].tobytes()
    by_trade = draw_harvest(asked, use, Streams(1, 0, 50), {"nitrogen": np.full((50, 2), 0.5)})
    assert by_trade.factor["maize"].tobytes() == drawn.factor["maize"].tobytes()
    turned = fertiliser_use(tables, ("SOM", "KEN"))
    swapped = draw_harvest(asked, turned, Streams(1, 0, 50)).factor["maize"]
    assert np.array_equal(swapped[:, 1], drawn.factor["maize"][:, 0])


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"countries": ("ZZZ",)}, UnknownName), ({"items": ("gold",)}, UnknownName),
        ({"prices": {"sulphur": HALF}}, InputError), ({"prices": {"nitrogen": Range.exactly(0.0)}}, InputError),
        ({"imports_lost": {"potash": {"KEN": Range(0.5, 1.0, 1.5)}}}, InputError), ({"seasons": 0}, InputError),
        ({"gas": Range.exactly(1000.0)}, InputError),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(asked, error):
    with pytest.raises(error) as refused:
        HarvestQuestion(**({"countries": ("KEN",)} | asked))
    assert refused.value.next_step

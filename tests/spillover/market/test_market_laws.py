"""Draws of what is uncertain about a market, and how much of a price rise comes home."""

from __future__ import annotations

import numpy as np
import pytest

from clarion.compute import stream
from clarion.errors import UnknownName
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.market import ELASTICITIES, MarketLaws, elasticities, pass_through, usable_stocks
from clarion.spillover.engine.market.pass_through import by_income
from clarion.spillover.engine.scenario import Range


def uniform(name):
    return stream(7, name).random(3000)


def test_draws_stay_in_their_ranges_and_have_the_shapes_of_the_kernel():
    drawn = MarketLaws().draw(("wheat", "maize", "palm-oil"), uniform)
    assert drawn.supply.shape == drawn.demand.shape == (3000, 3)
    assert drawn.smoothing.shape == drawn.months.shape == (3000,)
    assert drawn.hazard.shape == (3000, 4)
    for i, item in enumerate(drawn.items):
        law = elasticities(item)
        assert law.supply.low <= drawn.supply[:, i].min() <= drawn.supply[:, i].max() <= law.supply.high
        assert law.demand.low <= drawn.demand[:, i].min() <= drawn.demand[:, i].max() <= law.demand.high


def test_grains_share_a_studys_draw_and_a_further_item_changes_no_other():
    drawn = MarketLaws().draw(("wheat", "maize"), uniform)
    assert np.array_equal(drawn.supply[:, 0], drawn.supply[:, 1])
    alone = MarketLaws().draw(("wheat",), uniform)
    assert np.array_equal(alone.supply[:, 0], drawn.supply[:, 0])
    assert np.array_equal(alone.hazard, drawn.hazard)


def test_a_law_of_ones_own_is_drawn_from():
    drawn = MarketLaws(smoothing=Range.exactly(0.1)).draw(("rice",), uniform)
    assert np.all(drawn.smoothing == 0.1)


def test_the_multiplier_is_the_published_one():
    """Five percent of calories move the price by about 30 percent (Roberts and Schlenker 2013)."""
    law = ELASTICITIES["wheat"]
    assert np.exp(0.05 / (law.supply.mode + law.demand.mode)) - 1 == pytest.approx(0.30, abs=0.12)


def test_every_law_names_its_source_and_an_unknown_item_says_what_there_is():
    assert all(law.source for law in ELASTICITIES.values())
    with pytest.raises(UnknownName, match="coffee") as caught:
        elasticities("coffee")
    assert "wheat" in caught.value.next_step


def test_only_stocks_above_the_safe_level_count():
    assert usable_stocks([10.0, 21.0], 100.0) == pytest.approx([0.0, 0.035])


def test_countries_with_a_study_take_it_and_others_their_income():
    table = Warehouse().table("pass_through")
    found = pass_through(table, {"ETH": 850.0, "DEU": 46_000.0, "EGY": 3_000.0}, ["EGY", "IND", "ETH", "DEU", "PRK"])
    assert found["EGY"].law == Range(0.13, 0.67, 0.67)
    assert found["EGY"].provenance
    assert found["IND"].law.high < 0.2
    assert found["ETH"].law.mode > found["DEU"].law.mode
    assert "PRK" not in found


def test_the_poor_feel_more_of_a_rise():
    modes = [by_income(usd).law.mode for usd in (300, 1_000, 5_000, 20_000, 80_000)]
    assert modes == sorted(modes, reverse=True)
    assert by_income(1_000.0).law.mode == pytest.approx(by_income(10_000.0).law.mode * 10**0.3)
    assert all(0 < m <= 1 for m in modes)

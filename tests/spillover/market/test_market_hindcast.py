"""The spring of 2022, asked as it was known in February, and the parts of the question."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from clarion.errors import ModelError
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.bans import inputs, restrictions
from clarion.spillover.engine.bans.months import read_month
from clarion.spillover.engine.bans.severity import Duration
from clarion.spillover.engine.market import MarketLaws
from clarion.spillover.engine.market.black_sea import LAWS, WINDOW, YEAR, cooperation, eve, forecast, worst
from clarion.spillover.engine.market.eve import market_on_eve, risen_by
from clarion.spillover.engine.market.hindcast import lowered, outlook, rise_estimate, uniforms
from clarion.spillover.engine.market.shock import Hampered
from clarion.spillover.engine.scenario import Range
from clarion.vocab import Phrase

DRAWS = uniforms(20220224, 1500)
SAID = Phrase("as asked")


@pytest.fixture(scope="module")
def world():
    door = Warehouse()
    prices = inputs.prices(door.all("prices"))
    rows = restrictions(door.table("restrictions"))
    tables = door.table("trade_flows", "staple-trade"), door.table("production", "staple-production")
    return prices, eve(prices, *tables, rows).markets, eve(prices, *tables, rows, YEAR).markets


@pytest.mark.parametrize(
    ("item", "rise"), [("wheat", 0.48), ("maize", 0.28), ("sunflower-oil", 0.51), ("palm-oil", 0.39)]
)
def test_what_came_lies_in_the_interval(world, item, rise):
    prices, markets, _ = world
    came = risen_by(item, WINDOW, prices[item])
    assert came == pytest.approx(rise, abs=0.005)
    found = forecast(markets[item], DRAWS)
    told = rise_estimate(found.rise, SAID)
    assert came in told.interval
    assert told.interval.high - told.interval.low < 1.0
    assert found.unsettled == 0


def test_cooperation_lowers_the_rise_by_about_what_was_published(world):
    """Kuhla, Puma and Otto 2024: 13 points."""
    _, _, years = world
    without, given = cooperation(years["wheat"], DRAWS)
    found = lowered(without, given, SAID)
    assert 13.0 in found.interval
    assert 9.0 < found.value < 16.0
    assert np.all(without.lost > given.lost)


def test_the_worst_is_worse_than_either(world):
    _, _, years = world
    without, given = cooperation(years["wheat"], DRAWS)
    rise = [np.median(x.rise) for x in (given, without, worst(years["wheat"], DRAWS))]
    assert rise == sorted(rise)


def test_without_a_shock_and_without_bans_only_the_walk_is_left(world):
    _, markets, _ = world
    market = replace(markets["wheat"], volatility=markets["wheat"].calm)
    found = outlook(market, (), LAWS, DRAWS, bans=False)
    assert found.rise == pytest.approx(found.naive)
    assert found.closed.sum() == found.withheld.sum() == 0


def test_prices_after_the_eve_are_not_looked_at(world):
    prices, markets, _ = world
    blind = {m: p for m, p in prices["wheat"].items() if m < read_month("2022-03")}
    market = markets["wheat"]
    again = market_on_eve(
        "wheat", WINDOW, blind, dict(zip(market.exporters, market.exports, strict=True)),
        restrictions(Warehouse().table("restrictions")), stocks=market.stocks,
        restless=(("2007-07", "2008-12"), ("2010-07", "2011-12")), calm=(("2018-01", "2021-12"),),
    )  # fmt: skip
    for name in ("last", "risen", "volatility", "calm"):
        assert getattr(again, name) == getattr(market, name)
    assert np.array_equal(again.past_user, market.past_user)


def test_a_missing_month_is_said(world):
    prices, _, _ = world
    with pytest.raises(ModelError, match="2013-01"):
        risen_by("wheat", ("2013-01", "2013-02"), prices["wheat"])


def test_a_longer_or_fuller_stop_costs_more(world):
    _, markets, _ = world
    market = markets["maize"]
    laws = MarketLaws()

    def rise(share, months):
        hampered = Hampered("UKR", Range.exactly(share), Duration(months, 0.1))
        return outlook(market, (hampered,), laws, DRAWS).rise

    assert np.all(rise(0.9, 6.0) >= rise(0.4, 6.0))
    assert np.all(rise(0.9, 9.0) >= rise(0.9, 4.0))


def test_a_hampered_exporter_that_sells_none_of_it_is_passed_over(world):
    _, markets, _ = world
    nobody = Hampered("AUS", Range.exactly(1.0), Duration(6.0, 0.1))
    assert outlook(markets["palm-oil"], (nobody,), LAWS, DRAWS).lost.max() == 0.0


def test_the_same_seed_gives_the_same_bytes(world):
    _, markets, _ = world
    one, other = (forecast(markets["wheat"], uniforms(3, 200)) for _ in range(2))
    assert one.rise.tobytes() == other.rise.tobytes()

"""Fertiliser, energy and money in a run by month: which harvests they reach, and what a country's answer says."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
from monthly_worlds import run, world

from clarion.compute import Serial
from clarion.errors import ScenarioError
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.monthly import (
    Behaviour,
    MonthlyQuestion,
    MonthlyTables,
    drivers,
    monthly,
    prepare,
    run_chunk,
)
from clarion.spillover.engine.monthly.next_harvest import LEAD
from clarion.spillover.engine.monthly.season_kernel import fertilised_short
from clarion.spillover.engine.scenario import Fertiliser, Range, Shortage, shipped_scenario

SCENE = shipped_scenario("russia-shock-2022")


@pytest.fixture(scope="module")
def tables():
    return MonthlyTables.read(Warehouse())


def asked(scenario=SCENE, **more):
    return MonthlyQuestion(scenario, draws=40, **more)


@pytest.fixture(scope="module")
def found(tables):
    return monthly(asked(), tables, Serial(), 1)


def test_a_shortage_reaches_the_harvests_that_were_to_be_fertilised_in_it():
    reached = [fertilised_short(t, 4.5, 6.0) for t in range(14)]
    assert reached == [0, 0, 0, 0, 0.5, 1, 1, 1, 1, 1, 0.5, 0, 0, 0]
    assert sum(fertilised_short(t, 3.0, 0.25) for t in range(12)) == pytest.approx(0.25)


def test_only_later_harvests_fail_and_no_grain_appears():
    arrays, inputs = world(3)
    later = inputs._replace(
        later=np.full_like(inputs.loss, 0.2), lead=np.array([4.0]), scarce=np.array([6.0])
    )  # fmt: skip
    before, after = run(arrays, inputs), run(arrays, later)
    months = (2 + np.arange(4, 10)) % 12
    # A share of a year's harvest, of what grows or what the exports of the baseline need.
    grown = np.array([np.maximum(inputs.harvest[0, m], _net_exports(arrays, inputs, m)) for m in range(2)])
    ripe = (grown[:, :, None] * arrays.season[:, :, months]).sum(axis=(1, 2))
    assert after.harvest_lost[0] == pytest.approx(0.2 * ripe)
    assert np.array_equal(after.supply[:, :, :4], before.supply[:, :, :4])
    assert after.mass_error[0] < 1e-12
    assert (after.price >= before.price).all()


def _net_exports(arrays, inputs, m):
    mine, n = slice(arrays.first[m], arrays.first[m + 1]), arrays.large.shape[1]
    sold, bought = (np.bincount(side[mine], inputs.flows[0, mine], n) for side in (arrays.exporter, arrays.importer))
    return sold - bought


def test_without_the_table_a_run_keeps_its_bytes(tables):
    """A shortage of nothing at an unchanged price is no shortage; and neither draws from the streams of the rest."""
    plain = dataclasses.replace(SCENE, fertiliser=None, economy=None)
    nothing = Fertiliser((Shortage(("RUS",), Range.exactly(0.0), share=Range.exactly(0.5)),))
    one, two, three = (
        run_chunk(prepare(asked(scene), tables, 1), 0)
        for scene in (
            plain,
            dataclasses.replace(plain, fertiliser=nothing),
            dataclasses.replace(SCENE, fertiliser=None),
        )
    )
    assert set(two.totals) == set(one.totals) | {"later"}
    assert not two.totals["later"].any()
    for other in (two, three):
        assert all(np.array_equal(one.totals[n], other.totals[n], equal_nan=True) for n in one.totals)
        assert all(np.array_equal(one.paths[n], other.paths[n], equal_nan=True) for n in one.paths)


def test_chunks_do_not_matter(tables, found):
    other = monthly(asked(chunk=7), tables, Serial(), 1)
    for name, values in found.draws.totals.items():
        assert np.array_equal(values, other.draws.totals[name], equal_nan=True)


def test_missing_fertiliser_costs_harvest_and_raises_prices(tables, found):
    without = monthly(asked(dataclasses.replace(SCENE, fertiliser=None)), tables, Serial(), 1)
    assert found.baseline == without.baseline
    assert found.world["wheat_harvest_lost"].value > without.world["wheat_harvest_lost"].value == 0.0
    assert (found.draws.totals["price"] >= without.draws.totals["price"] - 1e-6).mean() > 0.95
    brazil = found.countries["BRA"].next_harvest["maize"]
    assert brazil.interval.high < 0
    assert -0.3 < brazil.value < 0
    assert {p.source for p in brazil.provenance} >= {"fertiliser"}
    assert not found.countries["SOM"].next_harvest["maize"].known
    assert without.countries["BRA"].next_harvest == {}


def test_the_waterfall_counts_harvests_that_fail_later(found):
    for iso3 in ("EGY", "BRA", "IND"):
        for item in ("wheat", "maize"):
            steps = found.countries[iso3].items[item].waterfall
            assert sum(t for _, t in steps.parts) == pytest.approx(steps.total)
    own = dict(found.countries["BRA"].items["maize"].waterfall.parts)
    assert own["BRA"] > 0


def test_money_from_russia_has_either_sign(found):
    for iso3 in ("UZB", "KGZ", "TJK", "ARM"):
        sent = found.countries[iso3].money.remittances
        assert sent["change"].interval.low < 0 < sent["change"].interval.high
        assert 0.05 < sent["increase"].value < 0.95
        assert sent["share_of_gdp"].known
    assert "war" in found.countries["UKR"].money.remittances["change"].reason


def test_the_import_bill_against_reserves(found):
    egypt = found.countries["EGY"].money.import_bill
    assert 0 < egypt.extra.interval.low < egypt.extra.interval.high < 5000
    assert egypt.reserves.value == pytest.approx(4.54, abs=0.01)
    assert egypt.months_used.value < egypt.reserves.value
    assert {p.source for p in egypt.extra.provenance} >= {"commodity-prices", "staple-trade"}
    assert any("Pooled" in flag for flag in found.countries["SEN"].money.import_bill.flags)


def test_children_and_women_are_not_known_without_their_table(found):
    groups = found.countries["EGY"].groups
    assert set(groups) == {"children", "women"}
    assert all("fetch wb-" in figure.reason for figure in groups.values())


def test_what_the_scenario_does_not_say_is_not_known(tables):
    found = monthly(asked(shipped_scenario("black-sea-closure")), tables, Serial(), 1)
    egypt = found.countries["EGY"]
    assert egypt.next_harvest == {}
    assert "says nothing of Russia's economy" in egypt.money.remittances["change"].reason
    assert egypt.money.import_bill.extra.known
    found = monthly(asked(shipped_scenario("black-sea-closure")), dataclasses.replace(tables, prices=()), Serial(), 1)
    money = found.countries["EGY"].money
    assert money.unpriced == ("wheat", "maize")
    assert "no price of them" in money.import_bill.extra.reason


def test_without_prices_no_bill(tables):
    for behaviour in (Behaviour(prices=False), Behaviour(rule="pta")):
        found = monthly(asked(behaviour=behaviour), tables, Serial(), 1)
        money = found.countries["EGY"].money
        assert "no prices" in money.import_bill.extra.reason
        assert money.remittances["change"].known


def test_the_answer_is_told_in_full(found):
    told = found.to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    egypt = next(c for c in told["countries"] if c["iso3"] == "EGY")
    assert set(egypt["money"]["import_bill"]) >= {"extra", "share_of_gdp", "reserves", "months_used", "flags"}
    assert set(egypt["money"]["remittances"]) == {"received", "change", "share_of_gdp", "increase"}
    cited = {p["source"] for p in told["provenance"]}
    assert cited >= {"fertiliser", "commodity-prices", "russia-shock", "export-restrictions", "pass-through"}
    texts = " ".join(told["methods"])
    for said in (
        "Fertiliser: what is not shipped",
        str(LEAD),
        "Roberts and Schlenker 2013",
        "65 events",
        "either sign",
    ):
        assert said in texts


def test_a_shortage_of_which_no_trade_is_known_needs_a_share(tables):
    scene = dataclasses.replace(SCENE, fertiliser=Fertiliser((Shortage(("RUS",), Range.exactly(0.5), ("potash",)),)))
    with pytest.raises(ScenarioError, match="Who buys potash from RUS") as caught:
        prepare(asked(scene), tables, 1)
    assert "share =" in caught.value.next_step


def test_loaded_trade_says_who_buys_it(tables):
    """What each country buys comes from trade in the nutrient where it is loaded, whatever the scenario guesses."""
    import polars as pl

    trade = tables.yearly.trade_flows
    row = trade.frame.head(1).with_columns(pl.lit("potash").alias("item"))
    rows = [
        row.with_columns(
            pl.lit(seller).alias("exporter_iso3"), pl.lit(buyer).alias("importer_iso3"), pl.lit(t).alias("tonnes")
        )
        for seller, buyer, t in (("RUS", "BRA", 30.0), ("CAN", "BRA", 70.0), ("CAN", "IND", 10.0))
    ]
    frame = pl.concat([trade.frame, *rows])
    more = dataclasses.replace(
        tables, yearly=dataclasses.replace(tables.yearly, trade_flows=dataclasses.replace(trade, frame=frame))
    )
    scene = dataclasses.replace(
        SCENE, fertiliser=Fertiliser((Shortage(("RUS",), Range.exactly(0.5), ("potash",), Range.exactly(1.0)),))
    )
    plan = prepare(asked(scene), more, 1)
    sold = dict(zip(plan.countries, plan.soil.sold[0, "potash"], strict=True))
    assert (sold["BRA"], sold["IND"], sold["EGY"]) == (0.3, 0.0, 0.0)


def test_fertiliser_has_its_own_share_of_the_uncertainty(tables):
    plan = prepare(MonthlyQuestion(SCENE, draws=20), tables, 1)
    found = drivers(plan, {"price": "price:maize"}, Serial(), draws=40)["price"]
    assert found.total["inputs"].value > 0.0

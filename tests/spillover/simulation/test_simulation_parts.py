"""The parts of a simulation that need no cascade: question, random numbers, layers, estimates."""

import dataclasses

import numpy as np
import pytest

from clarion.errors import InputError, ScenarioError
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.scenario import from_dict, shipped_scenario
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.spillover.engine.simulation.layer import layer
from clarion.spillover.engine.simulation.question import ScenarioQuestion, ScenarioTables, baseline_id
from clarion.spillover.engine.simulation.streams import Streams, around_one

SEA = shipped_scenario("black-sea-closure")


@pytest.fixture(scope="module")
def tables():
    return ScenarioTables.read(Warehouse())


@pytest.mark.parametrize(
    ("field", "value"),
    [("trade", "guessed"), ("rule", "ptaa"), ("draws", 1), ("draws", 10**9), ("level", 1.0), ("chunk", 0)],
)
def test_questions_that_cannot_be_asked(field, value):
    with pytest.raises(InputError) as caught:
        ScenarioQuestion(SEA, **{field: value})
    assert caught.value.where == field
    assert caught.value.next_step


def test_chunks_cover_the_draws():
    question = ScenarioQuestion(SEA, draws=103, chunk=25)
    assert [question.size(i) for i in range(question.chunks)] == [25, 25, 25, 25, 3]


def test_streams_depend_on_seed_chunk_and_name_alone():
    one = Streams(7, 3, 10).uniform("x")
    other = Streams(7, 3, 10)
    other.normal("before", 99)
    assert np.array_equal(one, other.uniform("x"))
    for different in (Streams(8, 3, 10).uniform("x"), Streams(7, 4, 10).uniform("x"), Streams(7, 3, 10).uniform("y")):
        assert not np.array_equal(one, different)


def test_factors_keep_the_total():
    factors = around_one(Streams(1, 0, 200_000).normal("x", 1), 0.5)
    assert factors.mean() == pytest.approx(1.0, abs=5e-3)
    assert np.log(factors).std() == pytest.approx(0.5, abs=5e-3)


def test_estimate_holds_its_median():
    found = estimate(np.arange(101.0), "t", 0.9)
    assert (found.value, found.interval.low, found.interval.high) == pytest.approx((50.0, 5.0, 95.0))
    flat = estimate(np.zeros(10), "t", 0.9)
    assert flat.value in flat.interval


@pytest.mark.parametrize("trade", ["raw", "corrected"])
def test_layer_of_wheat(tables, trade):
    wheat = layer("wheat", ScenarioQuestion(SEA, trade=trade), tables)
    order = list(zip(wheat.exporter.tolist(), wheat.importer.tolist(), strict=True))
    assert order == sorted(order)
    assert list(wheat.countries) == sorted(wheat.countries)
    egypt = wheat.countries.index("EGY")
    assert {p.table for p in wheat.rows[egypt]} == {"trade_flows", "production", "stocks"}
    assert len(wheat.rows[egypt][0].rows) == np.count_nonzero(wheat.importer == egypt)
    # The balance sheet of Egypt, 2019-2021: some 9 Mt grown, 10 Mt or more bought.
    assert 15e6 < wheat.use[egypt] < 25e6
    assert wheat.stocks[egypt] > 1e6


def test_no_stocks_of_soya_are_said_to_be_unknown(tables):
    soya = layer("soya", ScenarioQuestion(shipped_scenario("ukraine-harvest-halved")), tables)
    assert soya.stocks is None


def test_a_scenario_may_not_empty_a_layer(tables):
    growers = tables.production.frame.filter(item="wheat", period="2019-2021")["iso3"].to_list()
    cuts = [{"kind": "production_cut", "country": c, "fraction": [0.5, 0.9, 1.0]} for c in growers]
    data = {"name": "end", "title": "The end", "items": ["wheat"], "period": "2019-2021", "shocks": cuts}
    with pytest.raises(ScenarioError, match="no wheat anywhere") as caught:
        layer("wheat", ScenarioQuestion(from_dict(data)), tables)
    assert caught.value.where == "scenario end"


def test_a_period_without_figures(tables):
    data = {"name": "x", "title": "X", "items": ["wheat"], "period": "1950"}
    scenario = from_dict(data | {"shocks": [{"kind": "export_ban", "exporter": "RUS"}]})
    with pytest.raises(InputError, match="1950"):
        layer("wheat", ScenarioQuestion(scenario), tables)


def test_baselines_differ_by_everything_but_the_shocks(tables):
    question = ScenarioQuestion(SEA)
    base = baseline_id(question, tables, 1)
    assert baseline_id(ScenarioQuestion(shipped_scenario("russia-wheat-export-ban")), tables, 1) == base
    assert baseline_id(question, tables, 2) != base
    for change in ({"draws": 501}, {"trade": "raw"}, {"rule": "rta"}, {"chunk": 10}):
        assert baseline_id(dataclasses.replace(question, **change), tables, 1) != base
    # The interval's level is a way of reading the same draws.
    assert baseline_id(dataclasses.replace(question, level=0.8), tables, 1) == base

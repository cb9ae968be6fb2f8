"""Whole runs on the embedded figures: plausible, reproducible however divided, comparable, JSON-ready."""

from __future__ import annotations

import dataclasses
import json
import math
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from clarion.compute import Processes, Serial
from clarion.errors import InputError, ModelError, ScenarioError
from clarion.locale import say
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.bans import FITTED
from clarion.spillover.engine.market import MarketLaws
from clarion.spillover.engine.monthly import (
    Behaviour,
    Laws,
    MonthlyQuestion,
    MonthlyTables,
    finish,
    monthly,
    prepare,
    run_chunk,
)
from clarion.spillover.engine.monthly.chunk import PATHS, TOTALS, run_months
from clarion.spillover.engine.monthly.draws import central_inputs, drawn_inputs
from clarion.spillover.engine.monthly.numbers import Numbers
from clarion.spillover.engine.monthly.warned import warned
from clarion.spillover.engine.scenario import Range, from_dict, shipped_scenario
from clarion.spillover.engine.simulation import Cancelled, ScenarioQuestion, simulate
from clarion.vocab import NOT_FOOD, Estimate


@pytest.fixture(scope="module")
def tables():
    return MonthlyTables.read(Warehouse())


def scenario(*shocks, items=("wheat", "maize"), **time):
    data = {"name": "x", "title": "X", "items": list(items), "period": "2019-2021", "shocks": list(shocks)}
    return from_dict(data | ({"time": time} if time else {}))


def cut(country, fraction, **more):
    return {"kind": "production_cut", "country": country, "fraction": fraction} | more


SEA = {"kind": "corridor_closed", "corridor": "black-sea"}


@pytest.fixture(scope="module")
def sea(tables):
    asked = MonthlyQuestion(scenario(SEA, start="03", months=[3, 9, 18]), draws=60)
    return monthly(asked, tables, Serial(), 1)


def same(one, two):
    assert all(np.array_equal(one.paths[n], two.paths[n], equal_nan=True) for n in one.paths)
    assert all(np.array_equal(one.totals[n], two.totals[n], equal_nan=True) for n in TOTALS)


def test_the_black_sea_hits_whom_it_hit(sea):
    """Importers of the lists of 2022 are among the worst off, far suppliers' customers are not."""
    likely = sorted(
        (c for c in sea.countries.values() if c.worst_ten.known), key=lambda c: c.worst_ten.value, reverse=True
    )
    assert {c.iso3 for c in likely[:12]} >= {"LBN", "LBY", "EGY"}
    assert sea.countries["MEX"].worst_ten.value == 0
    assert sea.prices["wheat"].p50[0] > 0.02
    assert sea.mass_error < 1e-12
    assert sea.unsettled == 0
    assert sea.steps[:2] == ("03", "04")


def test_a_world_left_without_an_item_is_answered_with_a_warning(tables):
    """Half of all harvests and every large seller gone: the price stays where the law can tell it, and that is said."""
    sellers = ("RUS", "USA", "CAN", "FRA", "UKR", "AUS", "ARG", "DEU", "ROU", "KAZ", "CHN", "IND", "PAK", "TUR", "POL")
    empty = scenario(*(cut(iso3, 1.0) for iso3 in sellers), items=("wheat",), months=24, horizon=24)
    found = monthly(MonthlyQuestion(empty, draws=20), tables, Serial(), 1)
    assert max(found.prices["wheat"].high) == pytest.approx(9.0, rel=1e-4)  # ten times the price before
    assert "20 of 20 draws more wheat is missing" in found.statement
    assert "раз" in say(found.statement, "ru")
    assert found.mass_error < 1e-12
    json.dumps(found.to_dict(), allow_nan=False)


def test_draws_that_did_not_settle_are_said(sea, tables):
    plan = prepare(sea.question, tables, 1)
    price = sea.draws.totals["price"]
    assert warned(plan, price, 0) == ()
    assert "3 times in 60 draws" in warned(plan, price, 3)[0]


def test_the_answer_says_what_it_is(sea):
    told = sea.to_dict()
    text = json.dumps(told, allow_nan=False)
    assert json.loads(text)["steps"] == list(sea.steps)
    assert "not a forecast" in told["statement"]
    egypt = sea.countries["EGY"]
    for path in (egypt.kcal_lost, egypt.people, egypt.items["wheat"].use_lost, sea.prices["wheat"]):
        for t in range(12):
            assert path.low[t] <= path.p10[t] <= path.p50[t] <= path.p90[t] <= path.high[t]
            assert isinstance(path.at(t), Estimate)
    assert egypt.person_days.known
    assert egypt.person_days.provenance
    assert egypt.items["wheat"].supply_lost_total.provenance
    # Somalia's undernourishment is on record without what the count needs: not known, with the reason.
    assert not sea.countries["SOM"].person_days.known
    assert sea.countries["SOM"].person_days.reason


def test_what_is_missing_is_said(sea):
    lacking = [c for c in sea.countries.values() if c.missing]
    assert lacking
    assert all(len(c.items) + len(c.missing) == 2 for c in lacking)
    noted = [n for c in sea.countries.values() for i in c.items.values() for n in i.notes]
    assert any("neighbours" in n for n in noted)
    assert any("No stock" in n for n in noted)


def test_the_waterfall_sums_to_the_loss(sea, tables):
    plan = prepare(sea.question, tables, 1)
    found = run_months(plan, central_inputs(plan), flows=True)
    for m, item in enumerate(plan.items):
        for i, iso3 in enumerate(plan.countries):
            if item not in sea.countries[iso3].items:
                continue
            fall = sea.countries[iso3].items[item].waterfall
            assert fall.total == math.fsum(tonnes for _, tonnes in fall.parts)
            assert fall.total == pytest.approx(found.supply[0, m, :, i].sum(), rel=1e-9, abs=1e-6)
            assert fall.bought + fall.eased + fall.replaced + fall.lost == pytest.approx(fall.total, abs=1e-6)


def test_a_year_of_closed_routes_is_the_yearly_loss(tables):
    """The same flows are missing in both models when a route is closed all year, to the last digits."""
    asked = MonthlyQuestion(scenario(SEA), draws=20)
    plan = prepare(asked, tables, 3)
    months = run_months(plan, drawn_inputs(plan, Numbers(lambda _: 3, 0, 20)))
    year = simulate(asked.yearly, tables.yearly, Serial(), 3)
    # The two plans draw the same numbers where the yearly chunk is a block of fifty.
    whole = simulate(dataclasses.replace(asked.yearly, draws=50), tables.yearly, Serial(), 3)
    assert year.draws.countries == plan.countries
    for m, item in enumerate(plan.items):
        assert months.supply[:, m].sum(axis=1) == pytest.approx(whole.draws.items[item]["supply_lost"][:20], rel=1e-9)


@pytest.mark.parametrize("rule", ["pta", "rta", "burkholz"])
def test_published_rules_to_the_last_bit(tables, rule):
    asked = MonthlyQuestion(scenario(SEA), draws=12, chunk=5, behaviour=Behaviour(rule=rule))
    found = monthly(asked, tables, Serial(), 7)
    assert found.steps == ("year",)
    year = simulate(ScenarioQuestion(asked.scenario, rule=rule, draws=12, chunk=5), tables.yearly, Serial(), 7)
    for m, item in enumerate(found.draws.items):
        mine = year.draws.items[item]
        assert np.array_equal(found.draws.totals["lost_total"][:, m], mine["use_lost"])
        assert np.array_equal(found.draws.totals["supply_total"][:, m], mine["supply_lost"])
    assert np.array_equal(found.draws.paths["people"][:, 0], year.draws.people["people"], equal_nan=True)
    json.dumps(found.to_dict(), allow_nan=False)


def test_chunks_and_runners_change_no_byte(tables, sea):
    for runner, chunk in ((Serial(), 7), (Processes(2), 30)):
        same(monthly(dataclasses.replace(sea.question, chunk=chunk), tables, runner, 1).draws, sea.draws)


def test_a_stopped_run_resumes(tables, sea):
    asked = dataclasses.replace(sea.question, chunk=10)
    asks = iter([False, False, True])
    with pytest.raises(Cancelled) as caught:
        monthly(asked, tables, Serial(), 1, cancelled=lambda: next(asks))
    assert len(caught.value.chunks) == 2
    seen = []
    resumed = monthly(asked, tables, Serial(), 1, progress=lambda *n: seen.append(n), done=caught.value.chunks)
    same(resumed.draws, sea.draws)
    assert seen[0] == (20, 60)
    assert seen[-1] == (60, 60)


@pytest.mark.parametrize("country", ["UKR", "IND", "EGY"])
def test_more_shock_never_less_loss_on_the_shipped_figures(tables, country):
    """The whole model, draw by draw, in energy; the country's own bans are left out, for they keep food at home."""
    lost = []
    for fraction, months in ((0.1, 12), (0.4, 12), (0.4, 18), (0.8, 18)):
        asked = MonthlyQuestion(scenario(cut(country, fraction), start="03", months=months, horizon=24), draws=40)
        plan = prepare(asked, tables, 1)
        at = plan.countries.index(country)
        inputs = drawn_inputs(plan, Numbers(lambda _: 1, 0, 40))
        inputs.ban_draw[:, :, at] = 1.0
        found = run_months(plan, inputs)
        kcal = np.array([3270.0, 3480.0])
        lost.append((found.lost[:, :, :, at].sum(axis=2) * kcal).sum(axis=1) / (found.use[:, :, at] * kcal).sum(axis=1))
    for lesser, greater in pairwise(lost):
        assert (greater >= lesser - 1e-9).all()


def test_a_shock_that_does_not_last_does_nothing(tables):
    found = monthly(MonthlyQuestion(scenario(SEA, months=0), draws=10), tables, Serial(), 1)
    assert all(v == 0 for v in found.prices["wheat"].high)
    assert found.world["person_days"].value == 0
    assert not found.draws.totals["lost_total"].any()
    assert all(c.items["wheat"].any_ban.value == 0 for c in found.countries.values() if "wheat" in c.items
               and c.items["wheat"].any_ban is not None)  # fmt: skip


def test_bans_follow_a_price_that_rises(tables):
    bans = dataclasses.replace(FITTED, coefficients=(-4.0, 8.0, 3.0, 1.0))
    eager = Laws(MarketLaws(bans=bans), past_users={"wheat": frozenset({"KAZ"})})
    asked = MonthlyQuestion(scenario(SEA, items=["wheat"]), draws=40, laws=eager)
    found = monthly(asked, tables, Serial(), 1)
    alone = monthly(dataclasses.replace(asked, behaviour=Behaviour(bans=False)), tables, Serial(), 1)
    bans = {iso3: c.items["wheat"].any_ban for iso3, c in found.countries.items() if "wheat" in c.items}
    others = [b.value for iso3, b in bans.items() if b is not None and iso3 not in ("KAZ", "RUS", "UKR")]
    assert bans["KAZ"].value > np.median(others) > 0
    # In the first month bans only raise the price, draw by draw; later what dear grain saved can lower it.
    with_bans, without = found.draws.totals["price"], alone.draws.totals["price"]
    assert (with_bans[..., 0] >= without[..., 0]).all()
    assert with_bans.mean() > without.mean()
    assert found.unsettled == 0


def test_the_poor_go_short_first(tables):
    """With an income elasticity of bids the poor lose more, and the rich less, than when all bid alike."""
    lost = {}
    for income in (0.0, 0.6):
        conduct = Behaviour(income=Range.exactly(income))
        found = monthly(MonthlyQuestion(scenario(SEA), draws=30, behaviour=conduct), tables, Serial(), 1)
        lost[income] = found.draws.totals["kcal_lost_mean"].mean(axis=0)
    plan = prepare(MonthlyQuestion(scenario(SEA)), tables, 1)
    poor, rich = plan.income < 0.5, plan.income > 3
    assert np.nansum(lost[0.6][poor]) > np.nansum(lost[0.0][poor])
    assert np.nansum(lost[0.6][rich]) < np.nansum(lost[0.0][rich])


def test_new_links_and_other_staples_help(tables):
    shock = scenario(SEA)
    none = Range.exactly(0.0)
    world = {}
    for name, conduct in (
        ("all", Behaviour()),
        ("no links", Behaviour(new_links=False)),
        ("no others", Behaviour(substitution=none)),
    ):
        found = monthly(MonthlyQuestion(shock, draws=20, behaviour=conduct), tables, Serial(), 1)
        world[name] = found.world["wheat_use_lost"].value
    assert world["all"] < world["no links"]
    assert world["all"] < world["no others"]


def test_exports_may_follow_the_harvest(tables):
    asked = MonthlyQuestion(scenario(SEA), draws=10, behaviour=Behaviour(exports="harvest"))
    found = monthly(asked, tables, Serial(), 1)
    assert found.mass_error < 1e-12
    plan = prepare(asked, tables, 1)
    assert plan.world.arrays.pace.sum(axis=2) == pytest.approx(1.0)


def test_a_layer_that_is_emptied_is_refused(tables):
    everyone = set(tables.yearly.production.frame.filter(item="wheat")["iso3"])
    shocks = [cut(c, 1.0) for c in sorted(everyone)]
    with pytest.raises(ScenarioError, match="leaves no wheat anywhere"):
        prepare(MonthlyQuestion(scenario(*shocks, items=["wheat"])), tables, 1)


@pytest.mark.parametrize(
    ("settings", "where"),
    [({"horizon": 6}, "horizon"), ({"horizon": 37}, "horizon"), ({"draws": 1}, "draws"), ({"level": 1.0}, "level"),
     ({"chunk": 0}, "chunk"), ({"paths": 1}, "paths"), ({"trade": "x"}, "trade")],
)  # fmt: skip
def test_bad_questions(settings, where):
    with pytest.raises(InputError) as caught:
        MonthlyQuestion(scenario(SEA), **settings)
    assert caught.value.where == where


@pytest.mark.parametrize(
    "settings", [{"rule": "x"}, {"exports": "x"}, {"release": Range(0, 1, 2)}, {"surge": Range.exactly(-1)}]
)
def test_bad_behaviour(settings):
    with pytest.raises(InputError):
        Behaviour(**settings)


def test_without_any_income_nobody_can_bid(tables):
    poor = dataclasses.replace(tables, yearly=dataclasses.replace(tables.yearly, indicators=()))
    with pytest.raises(InputError, match="GDP"):
        prepare(MonthlyQuestion(scenario(SEA)), poor, 1)


def test_paths_may_be_kept_for_fewer_draws(tables):
    asked = MonthlyQuestion(scenario(SEA), draws=20, chunk=8, paths=10)
    found = monthly(asked, tables, Serial(), 1)
    assert len(found.draws.paths["people"]) == 10
    assert len(found.draws.totals["lost_total"]) == 20
    assert found.draws.nbytes < 2**24


def test_the_worst_month_and_the_sum_stand_beside_the_mean(sea):
    egypt = sea.countries["EGY"]
    i = sea.draws.countries.index("EGY")
    months = sea.draws.paths["kcal_lost"][:, :, i]
    assert np.array_equal(sea.draws.totals["kcal_lost_worst"][:, i], months.max(axis=1))
    assert egypt.kcal_lost_worst.value >= egypt.kcal_lost_mean.value > 0.0
    assert egypt.kcal_lost_worst.unit == egypt.kcal_lost_mean.unit == "kcal/person/day"
    assert egypt.kcal_lost_total.unit == "kcal/person"
    assert egypt.kcal_lost_total.value == pytest.approx(egypt.kcal_lost_mean.value * 365.0 * len(sea.steps) / 12.0)
    assert egypt.kcal_lost_mean.method == "mean over 12 months"
    assert {"kcal_lost_worst", "kcal_lost_total"} <= set(egypt.to_dict())
    year = monthly(
        MonthlyQuestion(scenario(SEA), draws=10, behaviour=Behaviour(rule="pta")), MonthlyTables.read(Warehouse()),
        Serial(), 1,
    ).countries["EGY"]  # fmt: skip
    assert year.kcal_lost_worst.value == year.kcal_lost_mean.value, "a published rule has one step"
    assert year.kcal_lost_total.value == pytest.approx(365.0 * year.kcal_lost_mean.value)


def test_quantiles_of_a_path_are_those_of_all_draws_at_once(tables):
    asked = MonthlyQuestion(scenario(SEA), draws=30, chunk=8)
    plan = prepare(asked, tables, 1)
    chunks = [run_chunk(plan, index) for index in range(asked.chunks)]
    stocks = np.concatenate([chunk.paths["stocks"] for chunk in chunks]).astype(np.float64)
    i = plan.countries.index("EGY")
    found = finish(plan, chunks).countries["EGY"].items["wheat"].stocks
    assert found.p50 == tuple(np.quantile(stocks[:, plan.items.index("wheat"), :, i], 0.5, axis=0).tolist())


def test_an_item_without_elasticities_has_no_price_and_says_so(tables):
    flows = tables.yearly.trade_flows
    potash = flows.frame.filter(item="maize").with_columns(item=pl.lit("potash"))
    trade = dataclasses.replace(flows, frame=pl.concat([flows.frame, potash]))
    grown = tables.yearly.production
    more = grown.frame.filter(item="maize").with_columns(item=pl.lit("potash"))
    made = dataclasses.replace(grown, frame=pl.concat([grown.frame, more]))
    both = dataclasses.replace(tables, yearly=dataclasses.replace(tables.yearly, trade_flows=trade, production=made))
    shocks = (SEA, {"kind": "export_ban", "exporter": "BRA"})
    found = monthly(MonthlyQuestion(scenario(*shocks, items=("wheat", "potash")), draws=20), both, Serial(), 1)
    price = found.prices["potash"]
    assert not price.known
    assert "no elasticity" in price.reason
    assert found.prices["wheat"].p50[0] > 0.0
    potash_at = found.draws.items.index("potash")
    assert (found.draws.totals["price"][:, potash_at] == 0.0).all()
    egypt = found.countries["EGY"]
    assert price.reason in egypt.items["potash"].notes
    assert "potash" in egypt.money.unpriced
    assert egypt.items["potash"].use_lost_total.known
    only = monthly(MonthlyQuestion(scenario(*shocks, items=("potash",)), draws=20), both, Serial(), 1)
    assert only.countries["EGY"].kcal_lost.reason == only.world["people"].reason == NOT_FOOD


def test_one_chunk_is_what_it_says(tables):
    asked = MonthlyQuestion(shipped_scenario("ukraine-harvest-halved"), draws=5, horizon=14)
    chunk = run_chunk(prepare(asked, tables, 1), 0)
    assert chunk.paths["lost"].shape[2] == 14
    assert set(chunk.totals) == set(TOTALS)
    assert set(chunk.paths) == set(PATHS)


def test_a_draw_that_breaks_the_law_of_mass_is_refused(tables, monkeypatch):
    from clarion.spillover.engine.monthly import chunk

    plan = prepare(MonthlyQuestion(scenario(SEA), draws=3), tables, 1)
    real = chunk.outcome

    def spoilt(*args, **kwargs):
        found = real(*args, **kwargs)
        return found._replace(mass_error=np.ones(3))

    monkeypatch.setattr(chunk, "outcome", spoilt)
    monkeypatch.setattr("clarion.spillover.engine.monthly.kernel.run_draws", lambda *_: None)
    with pytest.raises(ModelError, match="does not balance"):
        run_chunk(plan, 0)

"""From a run by month to an outlook: the figures and units that the plan rests on, and what is told as not known."""

from __future__ import annotations

import numpy as np
import pytest

from clarion.compute import Serial
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.monthly import MonthlyQuestion, MonthlyTables, monthly, prepare
from clarion.spillover.engine.scenario import from_dict, shipped_scenario
from clarion.spillover.engine.support import SupportQuestion, effects, support
from clarion.spillover.engine.support.from_months import FEE, GROWING, outlook_of
from clarion.vocab import commodity

DRAWS, SEED = 12, 3


@pytest.fixture(scope="module")
def door():
    return Warehouse()


def run(door, scenario, draws=DRAWS):
    asked, tables = MonthlyQuestion(scenario, draws=draws), MonthlyTables.read(door)
    return prepare(asked, tables, SEED), monthly(asked, tables, Serial(), SEED).draws


@pytest.fixture(scope="module")
def sea(door):
    return run(door, shipped_scenario("black-sea-closure"))


@pytest.fixture(scope="module")
def found(door, sea):
    return outlook_of(*sea, door.all("prices"), door.all("indicators"), door.all("remittances"))


def at(outlook, iso3):
    return outlook.countries.index(iso3)


def test_people_are_those_of_the_run(found, sea):
    _, draws = sea
    outlook = found.outlook
    assert outlook.people.shape == (len(outlook.countries), 12, DRAWS)
    egypt = draws.countries.index("EGY")
    assert np.array_equal(outlook.people[at(outlook, "EGY")], draws.paths["people"][:, :, egypt].T)
    # Person-years of the plan are person-days of the run over the days of a year.
    known = effects(outlook, SupportQuestion(1e6).measures, 0)
    years = known.harm[known.countries.index("EGY")]
    assert np.allclose(years, draws.totals["person_days"][:, egypt] / 365.0, rtol=2e-3)


def test_countries_of_high_income_are_left_out_and_named(found):
    assert not {"USA", "DEU", "ESP"} & set(found.outlook.countries)
    assert {"EGY", "LBN", "YEM", "UKR"} <= set(found.outlook.countries)
    assert "Left out of plans" in found.notes[0]


def test_a_place_of_unknown_output_goes_with_its_state(found):
    assert not {"PYF", "NCL", "FRO"} & set(found.outlook.countries)
    assert {"CUB", "PRK", "PSE", "SYR"} <= set(found.outlook.countries)  # not known, and part of no rich state
    told = [str(note) for note in found.notes if "the state of each" in str(note)]
    assert len(told) == 1
    assert "French Polynesia" in told[0]
    assert "New Caledonia" in told[0]


def test_a_price_is_the_mean_of_the_years_of_the_scenario(found, door, sea):
    rows = [r for t in door.all("prices") for r in t.frame.iter_rows(named=True) if t.source == "commodity-prices"]
    mean = {
        series: np.mean([r["usd_per_tonne"] for r in rows if r["series"] == series and "2019" <= r["month"] < "2022"])
        for series in ("Wheat", "Maize")
    }
    before = found.outlook.price_before
    assert np.all((before >= min(mean.values()) - 1e-9) & (before <= max(mean.values()) + 1e-9))
    rise = np.exp(sea[1].totals["price"]).mean(axis=2)  # (draws, items)
    ratio = found.outlook.price[at(found.outlook, "EGY")] / before[at(found.outlook, "EGY")]
    assert np.all(ratio >= rise.min(axis=1) - 1e-6)
    assert np.all(ratio <= rise.max(axis=1) + 1e-6)


def test_energy_of_a_tonne_lies_between_its_staples(found):
    kcal = [commodity(item).kcal_per_kg for item in ("wheat", "maize")]
    known = found.outlook.kcal_per_kg
    assert np.all((known >= min(kcal) - 1e-6) & (known <= max(kcal) + 1e-6))
    assert np.all((found.outlook.eaten > 0) & (found.outlook.eaten <= 1))


def test_tonnes_population_and_money(found, sea, door):
    plan, draws = sea
    outlook, egypt, of_run = found.outlook, at(found.outlook, "EGY"), plan.countries.index("EGY")
    assert np.allclose(outlook.lost[egypt], np.maximum(draws.totals["supply_total"][:, :, of_run], 0).sum(axis=1))
    assert outlook.population[egypt] == plan.year.nutrition["EGY"].get("population")
    assert outlook.harvest[egypt, 0] == pytest.approx(plan.world.harvest[:, of_run].sum())
    table = next(t for t in door.all("indicators") if t.source == "country-facts").frame
    row = {r["indicator"]: r["value"] for r in table.filter(iso3="DZA").iter_rows(named=True)}
    whole = row["remittances_from_russia_usd_m"] / row["remittances_share_from_russia"] * 100 * 1e6
    assert outlook.remittances[at(outlook, "DZA"), 0] == pytest.approx(whole)
    assert set(outlook.fee) == {FEE}


def test_the_harvest_comes_late_enough_to_be_changed(found, sea):
    plan, _ = sea
    month = found.outlook.harvest_month
    assert month.min() >= GROWING
    assert month.max() <= len(plan.steps)
    # Egypt cuts its wheat in April and May: of a run that begins in January, May is the first that can still change.
    assert month[at(found.outlook, "EGY")] == 4


def test_nitrogen_is_none_where_the_scenario_leaves_it(found):
    assert not found.outlook.nitrogen.any()
    assert any("leaves fertiliser as it is" in note for note in found.notes)


def test_nitrogen_is_kilograms_of_what_agriculture_uses(door):
    scenario = from_dict({
        "name": "x", "title": "X", "items": ["wheat"], "period": "2019-2021",
        "shocks": [{"kind": "export_ban", "exporter": "RUS"}],
        "fertiliser": {"shortages": [{"exporters": ["RUS"], "lost": 1.0, "share": 0.25, "nutrients": ["nitrogen"]}]},
    })  # fmt: skip
    found = outlook_of(*run(door, scenario, 4), door.all("prices"), door.all("indicators"))
    table = next(t for t in door.all("indicators") if t.source == "fertiliser").frame
    row = {r["indicator"]: r["value"] for r in table.filter(iso3="BRA").iter_rows(named=True)}
    imported = min(row["net_imports_over_use_N"], 1.0)
    missing = found.outlook.nitrogen[at(found.outlook, "BRA")]
    assert imported > 0.5
    assert np.allclose(missing, 1000.0 * row["agricultural_use_N"] * 0.25 * imported, rtol=1e-6)
    assert not any("leaves fertiliser as it is" in note for note in found.notes)
    assert "fertiliser" in {p.source for p in found.outlook.provenance}


def test_what_is_not_known_is_told(found):
    unknown = np.isnan(found.outlook.remittances[:, 0])
    assert unknown[at(found.outlook, "AFG")]
    note = next(n for n in found.notes if "receive from abroad is not known" in n)
    assert "Afghanistan" in note


def test_a_plan_can_be_made_of_it(found):
    plan = support(SupportQuestion(2e7), found.outlook, SEED, runs=0, points=0)
    assert plan.spent <= 2e7 * (1 + 1e-9)
    assert 0 < plan.expected.value < plan.without.value * 1.5
    assert plan.expected.provenance
    sources = {p.source for p in plan.expected.provenance}
    assert {"staple-trade", "commodity-prices", "country-facts", "crop-calendar"} <= sources


def test_prices_that_no_table_has_are_said(door):
    scenario = from_dict({
        "name": "x", "title": "X", "items": ["wheat"], "period": "2019-2021",
        "shocks": [{"kind": "production_cut", "country": "UKR", "fraction": 0.5}],
    })  # fmt: skip
    found = outlook_of(*run(door, scenario, 4), [], door.all("indicators"))
    assert np.isnan(found.outlook.price).all()
    assert any("Without a price" in note for note in found.notes)

"""What is known of each country, and how much of a lost tonne is food."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.people import balances, calibrated_mder, food_share, kcal_per_person_day, nutrition
from clarion.spillover.engine.people.food_share import widest
from clarion.spillover.engine.scenario import Range, from_dict
from clarion.spillover.engine.simulation import ScenarioQuestion, ScenarioTables
from clarion.spillover.engine.simulation.plan import prepare
from clarion.vocab import COMMODITIES


@pytest.fixture(scope="module")
def known():
    return nutrition(Warehouse().all("indicators"))


def test_egypt(known):
    egypt = known["EGY"]
    assert egypt.missing == ()
    assert egypt.get("population") == 102_334_403
    assert egypt.get("pou_3yr_avg") == 8.5
    assert not egypt.figures["pou_3yr_avg"].censored
    (row,) = egypt.figures["pou_3yr_avg"].provenance.rows
    assert row > 1


def test_turkey_is_censored(known):
    assert known["TUR"].figures["pou_3yr_avg"].censored


def test_missing_is_said_in_words(known):
    assert known["SOM"].missing == ("published prevalence of undernourishment",)
    assert "energy supply a person" in known["ERI"].missing
    assert known["ERI"].get("des_fbs_kcal_cap_day") is None


def test_calibrated_requirements_are_plausible(known):
    """Uncensored countries: nine in ten between the lowest adult need and a well-fed country's, waste included."""
    found = []
    for country in known.values():
        if not country.missing and not country.figures["pou_3yr_avg"].censored:
            des, cv, published = (
                np.asarray(country.get(name))
                for name in ("des_fbs_kcal_cap_day", "cv_habitual_caloric_consumption", "pou_3yr_avg")
            )
            found.append(float(calibrated_mder(des, cv, published / 100)))
    low, middle, high = np.percentile(found, [5, 50, 95])
    assert low > 1500
    assert 1700 < middle < 2000
    assert high < 2500


def test_energy_by_hand():
    # 1,000 t of wheat of 3,270 kcal/kg for 10,000 people: 3.27e9 kcal / 10,000 / 365.
    found = kcal_per_person_day(np.array([1000.0]), 3270, 10_000)
    assert found == pytest.approx(3.27e9 / 10_000 / 365)


def test_known_share_caps_at_all():
    share = food_share("wheat", "EGY", 1060.0, 1700.0)
    assert share.burden.mode == pytest.approx(1060 / 1700)
    assert share.burden.low < share.burden.mode < share.burden.high <= 1
    assert "62%" in share.method
    assert food_share("wheat", "OMN", 500.0, 400.0).burden.high == 1.0


def test_assumed_shares():
    assert food_share("maize", "KEN").middle > 5 * food_share("maize", "ITA").middle
    assert food_share("maize", "EGY") == food_share("maize", "ITA")
    assert "world figure" in food_share("rice", "SEN").method
    assert not food_share("rice", "SEN").own
    assert food_share("potash", "LBN").burden == Range.exactly(0.0)
    for item in (c.id for c in COMMODITIES.values() if c.edible):
        found = food_share(item, "LBN")
        assert 0 <= found.burden.low < found.burden.high <= 1
        assert found.burden.quantile(0.5) == pytest.approx(found.middle)


@pytest.mark.parametrize("median", [0.01, 0.13, 0.29, 0.30, 0.5, 0.7, 0.71, 0.9, 0.99])
def test_the_widest_law_keeps_its_median_and_stays_between_0_and_1(median):
    law = widest(median)
    assert law.quantile(0.5) == pytest.approx(median)
    assert 0.0 <= law.low <= law.mode <= law.high <= 1.0
    assert law.low == 0.0 or law.high == 1.0


def test_maize_is_feed_in_europe_and_food_where_it_is_eaten(known):
    plan = _plan(())
    shares = dict(zip(plan.layers[0].countries, plan.burdens[0], strict=True))
    for feeder in ("ESP", "ITA", "FRA", "DEU", "USA", "CHN"):
        assert shares[feeder].own
        assert shares[feeder].burden.high < 0.13, "less than the world's share, even at its highest"
    for eater in ("MWI", "ZMB", "LSO", "KEN"):
        assert shares[eater].middle > 0.5
    assert not shares["POL"].own, "FAO's file has no row for it"


def test_a_loaded_balance_comes_before_the_shipped_figure():
    rows = [("kcal_per_person_day", "2021", 50.0), ("domestic_supply", "2021", 1e7),
            ("kcal_per_person_day", "2020", 999.0), ("domestic_supply", "2020", 1e7),
            ("kcal_per_person_day", "2022", 1.0)]  # fmt: skip
    frame = pl.DataFrame([
        {"item": "maize", "iso3": "ESP", "period": p, "element": e, "value": v, "unit": "t", "source_row": n}
        for n, (e, p, v) in enumerate(rows, 2)
    ])  # fmt: skip
    loaded = replace(Warehouse().table("production"), name="food_balance", source="faostat-balances", frame=frame)
    assert balances([loaded])["maize", "ESP"].period == "2021", "the newest year that says both"
    plan, before = _plan((loaded,)), _plan(())
    share = plan.burdens[0][plan.layers[0].countries.index("ESP")]
    people = plan.nutrition["ESP"].get("population")
    assert share.middle == pytest.approx(50.0 / float(kcal_per_person_day(np.array(1e7), 3480, people)))
    assert share.provenance[0].rows == (2, 3)
    assert plan.baseline != before.baseline, "runs on other food balances are not compared draw by draw"


def _plan(loaded):
    scene = from_dict({
        "name": "maize", "title": "Maize", "items": ["maize"], "period": "2019-2021",
        "shocks": [{"kind": "export_ban", "exporter": "UKR"}],
    })  # fmt: skip
    tables = replace(ScenarioTables.read(Warehouse()), balances=loaded)
    return prepare(ScenarioQuestion(scene, draws=2), tables, 1)

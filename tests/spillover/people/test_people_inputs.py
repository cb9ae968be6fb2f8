"""What is known of each country, and how much of a lost tonne is food."""

import numpy as np
import pytest

from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.people import calibrated_mder, food_share, kcal_per_person_day, nutrition
from clarion.spillover.engine.scenario import Range
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
    assert food_share("maize", "KEN").burden.mode > 5 * food_share("maize", "ITA").burden.mode
    assert food_share("maize", "EGY") == food_share("maize", "ITA")
    assert "assumed" in food_share("rice", "SEN").method
    assert food_share("potash", "LBN").burden == Range.exactly(0.0)
    for item in (c.id for c in COMMODITIES.values() if c.edible):
        assert 0 < food_share(item, "LBN").burden.low < food_share(item, "LBN").burden.high <= 1

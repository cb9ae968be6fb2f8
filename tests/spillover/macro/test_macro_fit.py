"""The fit of past shocks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.errors import ModelError
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.exposure.indicators import Indicators
from clarion.spillover.engine.macro import Episode, episodes, fit
from clarion.spillover.engine.macro.bounds import bent
from clarion.spillover.engine.macro.evidence import NAMES
from clarion.spillover.engine.macro.laws import FLOOR
from clarion.vocab import Provenance

HERE = Provenance("made", "1", "indicators")


def made(slope, rest, rouble):
    return [
        Episode("ARM", 2000 + k, slope * r + e, 0.0, r, HERE)
        for k, (r, e) in enumerate(zip(rouble, rest, strict=True))
    ]  # fmt: skip


def test_a_known_slope_is_found_and_one_wild_year_does_not_move_it():
    rng = np.random.default_rng(4)
    rouble = rng.normal(0, 0.3, 60)
    rest = rng.normal(0, 0.05, 60)
    assert fit(made(1.2, rest, rouble)).rouble == pytest.approx(1.2, abs=0.08)
    rest[7] = 5.0
    assert fit(made(1.2, rest, rouble)).rouble == pytest.approx(1.2, abs=0.12)


def test_the_shipped_evidence():
    found = episodes(Indicators(Warehouse().all("indicators"), NAMES), 2021)
    assert len(found) == 17
    assert {e.iso3 for e in found} == {"ARM", "KGZ", "TJK", "UZB"}
    assert max(e.year for e in found) == 2021
    fitted = fit(found)
    assert 0.8 < fitted.rouble < 1.5
    assert fitted.error > 0.1
    assert fitted.scale(0.0) == pytest.approx(FLOOR)
    assert fitted.scale(-0.5) > fitted.scale(-0.1) > FLOOR


def test_a_country_is_drawn_towards_the_others_by_how_little_is_known_of_it():
    rng = np.random.default_rng(7)
    rouble = rng.normal(0, 0.3, 12)
    many = [replace(e, iso3="TJK") for e in made(1.6, rng.normal(0, 0.05, 12), rouble)]
    others = made(1.0, rng.normal(0, 0.05, 12), rouble)
    few = [replace(e, iso3="KGZ") for e in made(1.6, [0.0], [-0.1])]
    fitted = fit([*others, *many, *few])
    assert fitted.rouble < fitted.of("KGZ").rouble < fitted.of("TJK").rouble < 1.7
    assert fitted.of("ARM").rouble < fitted.rouble
    assert fitted.of("TJK").error < fitted.of("KGZ").error < fitted.of("GEO").error == fitted.pool.tau
    assert fitted.of("GEO").rouble == fitted.rouble, "a country without a past gets the common law"
    assert fitted.of("GEO").follows == fitted.of("GEO").spread == 1.0


def test_quiet_years_narrow_a_country_and_wild_ones_widen_it():
    fitted = fit(episodes(Indicators(Warehouse().all("indicators"), NAMES), 2021))
    assert fitted.of("ARM").spread < 1.0 < fitted.of("TJK").spread


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20), st.floats(0.01, 100.0))
def test_bent_draws_keep_sign_and_order_and_never_reach_twice_the_record(values, record):
    x = np.sort(np.array(values))
    found = bent(x, record)
    assert (np.abs(found) <= 2.0 * record).all()
    assert (np.sign(found) == np.sign(x)).all()
    assert (np.diff(found) >= 0.0).all()
    assert (found[np.abs(x) <= record] == x[np.abs(x) <= record]).all()


def test_too_little_evidence_is_refused():
    with pytest.raises(ModelError) as refused:
        fit(made(1.0, [0.0] * 3, [0.1] * 3))
    assert refused.value.next_step
    with pytest.raises(ModelError):
        fit(made(1.0, [0.1] * 9, [0.0] * 9))

"""The fit of past shocks."""

from __future__ import annotations

import numpy as np
import pytest

from clarion.errors import ModelError
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.exposure.indicators import Indicators
from clarion.spillover.engine.macro import Episode, episodes, fit
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


def test_too_little_evidence_is_refused():
    with pytest.raises(ModelError) as refused:
        fit(made(1.0, [0.0] * 3, [0.1] * 3))
    assert refused.value.next_step
    with pytest.raises(ModelError):
        fit(made(1.0, [0.1] * 9, [0.0] * 9))

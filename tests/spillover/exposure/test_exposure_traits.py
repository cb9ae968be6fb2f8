"""Size, share and steadiness of flows and importers, and what loading the years of a mean does to an interval."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from clarion.sources.warehouse import LoadedTable
from clarion.spillover.engine.exposure import ExposureQuestion, ExposureTables, exposure, partners
from clarion.spillover.engine.exposure.traits import traits, unsteadiness
from clarion.spillover.engine.trade import picture
from clarion.vocab import Period, Provenance

MADE_OF = Provenance("test", "1", "t")
YEARS = (2019, 2020, 2021)


def trade(*rows: tuple[str, str, str, float]) -> LoadedTable:
    frame = pl.DataFrame(
        [{"item": "wheat", "exporter_iso3": e, "importer_iso3": i, "period": p, "reported_by": "exporter", "tonnes": t,
          "usd": None, "source_row": line + 2} for line, (e, i, p, t) in enumerate(rows)],
        schema_overrides={"usd": pl.Float64},
    )  # fmt: skip
    return LoadedTable("trade_flows", "test", frame, MADE_OF)


def harvest(**tonnes: float) -> LoadedTable:
    rows = [{"item": "wheat", "iso3": iso3, "period": "2019-2021", "tonnes": t, "source_row": 2}
            for iso3, t in tonnes.items()]  # fmt: skip
    return LoadedTable("production", "test", pl.DataFrame(rows), MADE_OF)


def yearly(exporter: str, importer: str, *tonnes: float) -> list[tuple[str, str, str, float]]:
    return [(exporter, importer, str(year), t) for year, t in zip(YEARS, tonnes, strict=True) if t]


GROWN = harvest(RUS=9e7, FRA=3e7, MNG=4e5)
STEADY = [*yearly("RUS", "MNG", 1e5, 1e5, 1e5), *yearly("FRA", "MNG", 1e4, 1e4, 1e4)]
ONE_SHIP = [*yearly("RUS", "MNG", 3e5, 0, 0), *yearly("FRA", "MNG", 1e4, 1e4, 1e4)]
MEAN = [("RUS", "MNG", "2019-2021", 1e5), ("FRA", "MNG", "2019-2021", 1e4)]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [((5, 5, 5), 0), ((9, 0, 0), np.sqrt(2 / 3)), ((3, 3, 0), np.sqrt(1 / 3)), ((2, 4), np.sqrt(1 - 36 / 20 / 2))],
)
def test_unsteadiness_by_hand(amounts, expected):
    x = np.array(amounts, dtype=float)
    assert unsteadiness(x.sum(), (x**2).sum(), len(x)) == pytest.approx(expected)


def test_traits_of_a_picture():
    table = trade(*ONE_SHIP)
    found = traits(picture("wheat", "raw", table, GROWN, Period(2019, 2021)), table)
    assert found.flows.tonnes.tolist() == pytest.approx([1e4, 1e5])  # France, then Russia
    assert found.flows.share.tolist() == pytest.approx([1 / 11, 10 / 11])
    assert found.flows.unsteadiness.tolist() == pytest.approx([0, np.sqrt(2 / 3)])
    assert found.flows.hold.tolist() == pytest.approx([0, 10 / 11])
    mongolia = found.importers.tonnes.argmax()
    assert found.importers.need[mongolia] == pytest.approx(1.1e5 / 5.1e5)
    assert 0.7 < found.importers.unsteadiness[mongolia] < 0.82


def test_a_mean_alone_says_nothing_of_steadiness():
    table = trade(*MEAN)
    found = traits(picture("wheat", "raw", table, GROWN), table)
    assert np.isnan(found.flows.unsteadiness).all()
    assert np.isnan(found.importers.unsteadiness).all()


def test_years_beside_their_mean_are_used():
    table = trade(*MEAN, *STEADY)
    found = traits(picture("wheat", "raw", table, GROWN, Period(2019, 2021)), table)
    assert found.flows.unsteadiness.tolist() == [0, 0]


def test_flows_traced_through_others_have_no_steadiness():
    table = trade(*yearly("RUS", "KAZ", 1e5, 1e5, 1e5), *yearly("KAZ", "TJK", 5e4, 5e4, 5e4))
    found = picture("wheat", "corrected", table, harvest(RUS=9e7, KAZ=1e5))
    pairs = [(found.flows.countries[e], found.flows.countries[i])
             for e, i in zip(found.flows.exporter, found.flows.importer, strict=True)]  # fmt: skip
    known = dict(zip(pairs, traits(found, table).flows.unsteadiness, strict=True))
    assert known["KAZ", "TJK"] == 0
    assert np.isnan(known["RUS", "TJK"])


def test_years_sharpen_a_steady_share_and_widen_that_of_one_ship():
    def answer(rows):
        held = ExposureTables(trade(*rows), GROWN)
        question = ExposureQuestion(countries=("MNG",), draws=2000)
        (found,) = exposure(question, held, seed=1)
        russia = next(row for row in partners(question, held, seed=1) if row.partner == "RUS")
        assert found.share_from_origins.value == russia.share.value == pytest.approx(10 / 11)
        share = found.share_from_origins.interval
        return share.high - share.low, russia.tonnes.interval.low

    (steady, low), (mean, _), (ship, nothing) = answer(STEADY), answer(MEAN), answer(ONE_SHIP)
    assert steady < 0.6 * mean < mean < ship
    assert low > 1e4
    assert nothing == 0

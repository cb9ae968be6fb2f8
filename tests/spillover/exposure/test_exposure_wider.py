"""Remittances, energy and fertiliser: which figure is taken, how wide, and what is not known."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from clarion.sources.warehouse import LoadedTable, Warehouse
from clarion.spillover.engine.exposure import ExposureQuestion, ExposureTables, country_profile
from clarion.spillover.engine.exposure.indicators import Indicators
from clarion.spillover.engine.exposure.wider import NAMES, wider
from clarion.vocab import Provenance

MADE_OF = Provenance("test", "1", "t")
ORIGINS = ("RUS", "UKR")


def indicators(*rows: tuple[str, float, str, str]) -> Indicators:
    frame = pl.DataFrame(
        [{"iso3": "KGZ", "indicator": name, "value": value, "unit": unit, "period": period, "source": "test",
          "note": None, "source_row": line + 2} for line, (name, value, unit, period) in enumerate(rows)],
        schema={"iso3": pl.String, "indicator": pl.String, "value": pl.Float64, "unit": pl.String,
                "period": pl.String, "source": pl.String, "note": pl.String, "source_row": pl.Int64},
    )  # fmt: skip
    return Indicators([LoadedTable("indicators", "test", frame, MADE_OF)], ("population", *NAMES))


def pairs(*rows: tuple[str, str, str, float]) -> LoadedTable:
    frame = pl.DataFrame(
        [{"sender_iso3": s, "receiver_iso3": r, "period": p, "usd": usd, "source_row": line + 2}
         for line, (s, r, p, usd) in enumerate(rows)]
    )  # fmt: skip
    return LoadedTable("remittances", "test", frame, MADE_OF)


def test_people_are_those_of_the_time_that_is_spoken_of():
    people = [("population", float(year), "persons", str(year)) for year in (2000, 2010, 2021, 2025)]
    found = indicators(*people)
    for period, year in (("2005-2007", 2010), ("2005", 2010), ("2019-2021", 2021), ("2023", 2025), ("", 2025)):
        assert found.nearest("KGZ", period, "population").year == year
    assert found.nearest("TJK", "2019-2021", "population") is None
    coal = indicators(("energy_from_russia_coal", 100.0, "t", "2021"), *people)
    assert wider("KGZ", ORIGINS, coal, None).energy_gj_per_person.value == pytest.approx(100 * 25.8 / 2021)


def test_the_matrix_stands_in_where_no_indicator_is():
    sent = pairs(("RUS", "KGZ", "2017", 9e9), ("RUS", "KGZ", "2021", 2e9), ("DEU", "KGZ", "2021", 1e9))
    figure = wider("KGZ", ORIGINS, indicators(("gdp", 8000, "USD m", "2019")), sent).remittances_pct_gdp
    assert figure.value == pytest.approx(25)
    assert figure.provenance[0].rows == (3,)
    assert not wider("KGZ", ORIGINS, indicators(), sent).remittances_pct_gdp.known
    assert not wider("KGZ", ORIGINS, indicators(("gdp", 8000, "USD m", "2019")), None).remittances_pct_gdp.known


def test_a_later_matrix_replaces_the_ready_figure():
    ready = ("remittances_from_russia_pct_gdp2019", 22.7, "% of 2019 GDP", "2021/2019")
    known = indicators(ready, ("gdp", 8000, "USD m", "2019"))
    for year, percent in (("2017", 22.7), ("2021", 22.7), ("2023", 50)):
        figure = wider("KGZ", ORIGINS, known, pairs(("RUS", "KGZ", year, 4e9))).remittances_pct_gdp
        assert figure.value == pytest.approx(percent)


def test_the_latest_full_year_of_each_fuel_is_taken():
    found = indicators(
        ("energy_from_russia_coal", 100.0, "t", "2020"), ("energy_from_russia_coal", 200.0, "t", "2021"),
        ("energy_from_russia_oil", 10.0, "t", "2019"), ("energy_from_russia_share_domestic_use", 60.0, "%", "2021"),
        ("population", 100.0, "persons", "2020"),
    )  # fmt: skip
    beyond = wider("KGZ", ORIGINS, found, None)
    assert beyond.energy_gj_per_person.value == pytest.approx((200 * 25.8 + 10 * 42.3) / 100)
    assert beyond.energy_gj_per_person.value in beyond.energy_gj_per_person.interval
    assert beyond.energy_share_of_use[0].value == 60
    unpeopled = wider("KGZ", ORIGINS, indicators(("energy_from_russia_coal", 100.0, "t", "2020")), None)
    assert "population" in unpeopled.energy_gj_per_person.reason


@pytest.mark.parametrize("percent", [0.0, 24.0, 100.0])
def test_fertiliser_stays_a_share(percent):
    found = indicators(("baci_share_rus_ukr_potash", percent, "%", "2018-2020"))
    figure = wider("KGZ", ORIGINS, found, None).fertiliser_share
    assert 0 <= figure.interval.low <= figure.value <= figure.interval.high <= 1
    assert figure.method.startswith("Potash only, from Russia and Ukraine together")


def test_other_origins_have_no_such_figures():
    beyond = wider("KGZ", ("KAZ",), indicators(("gdp", 1.0, "USD m", "2019")), None)
    assert "Russia" in beyond.energy_gj_per_person.reason


def test_what_cannot_be_corrected_is_a_gap_of_the_profile_and_not_an_error():
    held = ExposureTables.from_warehouse(Warehouse())
    wheat_only = replace(held.production, frame=held.production.frame.filter(pl.col("item") == "wheat"))
    question = ExposureQuestion(trade="corrected", draws=100)
    profile = country_profile("EGY", question, replace(held, production=wheat_only, stocks=None), seed=1)
    assert [answer.item for answer in profile.exposures] == ["wheat"]
    assert {"Maize: exposure", "Rice: exposure", "Soya beans: exposure"} <= {gap.what for gap in profile.not_known}

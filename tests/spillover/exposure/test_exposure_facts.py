"""Exposure from the embedded facts: published figures, JSON shape, drill-down, profile, rank."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.exposure import (
    ExposureQuestion,
    ExposureTables,
    composite,
    country_profile,
    exposure,
    partners,
)
from clarion.spillover.service.tables import SEED


@pytest.fixture(scope="module")
def tables() -> ExposureTables:
    return ExposureTables.from_warehouse(Warehouse())


@pytest.fixture(scope="module")
def raw(tables):
    return {answer.iso3: answer for answer in exposure(ExposureQuestion(), tables, seed=1)}


@pytest.mark.parametrize(("mode", "third", "half"), [("raw", 52, 34), ("corrected", 53, 36)])
def test_counts_from_the_json_that_a_reader_gets(tables, mode, third, half):
    rows = [answer.to_dict() for answer in exposure(ExposureQuestion(trade=mode), tables, seed=1)]
    shares = [row["share_rus_ukr"] for row in rows if row["import_tonnes"] >= 5000]
    assert sum(share >= 0.3 for share in shares) == third
    assert sum(share >= 0.5 for share in shares) == half


def test_published_shares(raw):
    for iso3, percent in {"EGY": 79, "LBN": 72, "TUR": 83, "SOM": 88, "TUN": 52, "SEN": 56}.items():
        assert abs(100 * raw[iso3].share_from_origins.value - percent) < 1


def test_energy_and_share_of_supply_of_the_research_note(raw):
    # EGY 896 and 46 %, TUN 743 and 31 %: the note takes 3,340 kcal a kilogram, this FAO's median of 3,270.
    assert raw["EGY"].kcal_per_person_day.value == pytest.approx(896, rel=0.03)
    assert raw["TUN"].kcal_per_person_day.value == pytest.approx(743, rel=0.03)
    assert raw["EGY"].share_of_supply.value == pytest.approx(0.46, abs=0.01)
    assert raw["TUN"].share_of_supply.value == pytest.approx(0.31, abs=0.01)


def test_each_number_has_its_interval_and_holds_it(raw):
    for answer in raw.values():
        row = answer.to_dict()
        json.dumps(row, allow_nan=False)
        for name, value in row.items():
            if isinstance(value, float | int):
                low, high = row[f"{name}_interval"]
                assert math.isfinite(low)
                assert low <= value <= high
        for name in ("share_rus_ukr", "share_of_supply", "concentration", "second_order", "grown_in_origins"):
            if row[name] is not None:
                assert row[f"{name}_interval"][0] >= 0
                assert row[f"{name}_interval"][1] <= 1 + 1e-6


def test_the_handbook_says_what_the_desk_says(tables):
    """Figures quoted in the methods, with the seed that every page uses."""
    pages = Path(__file__).parents[3] / "docs/methods"
    said = {name: " ".join((pages / f"{name}.md").read_text("utf-8").split()) for name in ("composite", "errors")}
    places = {s.iso3: s.rank for s in composite(ExposureQuestion(minimum_import=5000), tables, SEED)}
    assert all(float(edge).is_integer() for rank in places.values() for edge in (rank.interval.low, rank.interval.high))
    arm, geo, kgz = (places[iso3] for iso3 in ("ARM", "GEO", "KGZ"))
    assert (
        f"Armenia stands {arm.value:.0f}rd with an interval from {arm.interval.low:.0f} to {arm.interval.high:.0f}, "
        f"Georgia {geo.value:.0f}th ({geo.interval.low:.0f} to {geo.interval.high:.0f}), "
        f"Kyrgyzstan {kgz.value:.0f}th ({kgz.interval.low:.0f} to {kgz.interval.high:.0f})"
    ) in said["composite"]
    (share,) = (a.share_from_origins for a in exposure(ExposureQuestion(countries=("KGZ",)), tables, SEED))
    low, high = share.interval.low, share.interval.high
    assert f"{share.value:.0%} has".replace("%", " %") in said["errors"]
    assert f"an interval from {100 * low:.0f} to {100 * high:.0f} %" in said["errors"]


def test_central_asia_depends_at_second_order(raw):
    for iso3 in ("TJK", "UZB"):
        assert raw[iso3].share_from_origins.value < 0.01
        assert raw[iso3].next_supplier == "KAZ"
        assert raw[iso3].second_order.value > 0.25
        assert raw[iso3].grown_in_origins.value < 0.1


def test_hubs_and_origins_are_flagged(raw):
    assert "imports-exceed-use" in {flag.code for flag in raw["DJI"].flags}
    assert "re-export-hub" in {flag.code for flag in raw["LVA"].flags}
    assert "origin" in {flag.code for flag in raw["UKR"].flags}


def test_figures_lead_to_the_rows_of_the_partners(tables, raw):
    rows = partners(ExposureQuestion(countries=("EGY",)), tables, seed=1)
    assert [row.partner for row in rows[:2]] == ["RUS", "UKR"]
    assert sum(row.tonnes.value for row in rows) == pytest.approx(raw["EGY"].import_tonnes.value)
    assert sum(row.share.value for row in rows) == pytest.approx(1)
    assert sorted(line for row in rows for line in row.source_rows) == list(raw["EGY"].provenance[0].rows)
    assert all(row.tonnes.value in row.tonnes.interval for row in rows)
    first = rows[0].to_dict()
    assert first["reported_by"] == "exporter"
    assert first["source_rows"]


@pytest.mark.parametrize("trade", ["raw", "corrected"])
def test_a_supplier_and_the_exposure_have_one_interval(tables, trade):
    """Kyrgyzstan buys from one of the two origins only: the page must not give that figure two ranges."""
    asked = ExposureQuestion(trade=trade, origins=("RUS",), countries=("KGZ",))
    (answer,) = exposure(asked, tables, seed=1)
    russia = next(row for row in partners(asked, tables, seed=1) if row.partner == "RUS")
    assert russia.share.value == pytest.approx(answer.share_from_origins.value)
    assert russia.tonnes.value == pytest.approx(answer.from_origins_tonnes.value)
    # The exposure also counts new suppliers that are origins; they can only add.
    for figure, whole in ((russia.share, answer.share_from_origins), (russia.tonnes, answer.from_origins_tonnes)):
        assert figure.interval.low == pytest.approx(whole.interval.low, rel=0.5)
        assert whole.interval.high * 0.95 <= figure.interval.high <= whole.interval.high * 1.0001


def test_a_country_draws_the_same_whoever_else_is_asked_for(tables):
    alone = partners(ExposureQuestion(countries=("EGY",), draws=200), tables, seed=5)
    among = partners(ExposureQuestion(draws=200), tables, seed=5)
    assert alone == [row for row in among if row.iso3 == "EGY"]
    assert all(row.share.interval.low <= row.share.value <= row.share.interval.high <= 1 for row in among)


def test_other_origins_get_their_own_name(tables):
    (row,) = exposure(ExposureQuestion(origins=("KAZ",), countries=("TJK",)), tables, seed=1)
    assert row.to_dict()["share_kaz"] > 0.9


def test_same_seed_same_bytes_other_seed_other_draws(tables):
    question = ExposureQuestion(countries=("EGY", "LBN"), draws=200)
    one, two, other = (
        json.dumps([answer.to_dict() for answer in exposure(question, tables, seed)]) for seed in (7, 7, 8)
    )
    assert one == two
    assert one != other


def test_a_flow_draws_the_same_luck_in_raw_and_corrected_trade(tables):
    raw, corrected = (
        exposure(ExposureQuestion(trade=mode, countries=("EGY",)), tables, seed=3)[0] for mode in ("raw", "corrected")
    )
    assert raw.import_tonnes.interval.high == pytest.approx(corrected.import_tonnes.interval.high, rel=0.01)


def test_profile_says_what_is_known_and_what_is_not(tables):
    profile = country_profile("KGZ", ExposureQuestion(draws=200), tables, seed=1)
    items = [answer.item for answer in profile.exposures]
    assert sorted(items) == ["maize", "rice", "soya", "wheat"]
    energy = [answer.kcal_per_person_day.value for answer in profile.exposures]
    assert energy == sorted(energy, reverse=True), "first what would take most energy from people"
    assert list(dict.fromkeys(partner.item for partner in profile.partners)) == items
    assert profile.wider.remittances_pct_gdp.value == pytest.approx(22.7, abs=0.1)
    assert profile.wider.energy_share_of_use[0].value == 60
    whats = " ".join(gap.what for gap in profile.not_known).lower()
    assert all(word in whats for word in ("reserves", "subsidies", "tourism", "fertiliser"))
    assert all(gap.reason for gap in profile.not_known)
    json.dumps(profile.to_dict(), allow_nan=False)


def test_modelled_remittances_are_wide_and_rivals_stay_visible(tables):
    beyond = country_profile("ARM", ExposureQuestion(draws=200), tables, seed=1).wider
    figure = beyond.remittances_pct_gdp
    assert figure.interval.high / figure.interval.low > 4
    measured = {(f.indicator, f.period): f.value for f in beyond.remittance_rivals}
    assert measured["transfers_in_share_russia_total", "2021"] == pytest.approx(41.04, abs=0.01)
    assert beyond.remittance_rivals[0].year == 2024
    rivals = country_profile("TJK", ExposureQuestion(draws=200), tables, seed=1).rivals
    assert any("CONFLICTS" in figure.note for figure in rivals)


def test_rank_is_an_interval_with_a_chance(tables):
    question = ExposureQuestion(minimum_import=5000, draws=400)
    standings = composite(question, tables, seed=1)
    assert {"RUS", "UKR"}.isdisjoint(s.iso3 for s in standings)
    assert sum(s.top_ten for s in standings) == pytest.approx(10)
    assert all(s.rank.interval.low <= s.rank.value <= s.rank.interval.high for s in standings)
    assert {"ARM", "GEO", "KGZ"} <= {s.iso3 for s in standings[:5]}
    libya = next(s for s in standings if s.iso3 == "LBY")
    assert "energy_gj_per_person" in dict(libya.not_known)
    assert composite(question, tables, seed=1) == standings
    json.dumps([s.to_dict() for s in standings], allow_nan=False)

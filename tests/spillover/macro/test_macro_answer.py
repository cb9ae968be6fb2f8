"""A shock to Russia's economy: laws that must hold, and what 2022 brought."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.errors import InputError, ModelError, UnknownName
from clarion.sources.warehouse import Warehouse
from clarion.spillover.engine.macro import MacroQuestion, basis, draw_macro, macro
from clarion.spillover.engine.macro.draws import boom_chance
from clarion.spillover.engine.macro.laws import RECORD_SHARE
from clarion.spillover.engine.scenario import Range
from clarion.spillover.engine.simulation.streams import Streams

NEIGHBOURS = ("ARM", "UZB", "TJK", "KGZ")
CAME = {"growth": Range.exactly(-0.012), "rouble": Range.exactly(0.0755)}
FEARED = {"growth": Range.exactly(-0.08), "rouble": Range.exactly(-0.33)}


@pytest.fixture(scope="module")
def tables():
    return Warehouse().all("indicators")


@pytest.fixture(scope="module")
def came(tables):
    return macro(MacroQuestion(NEIGHBOURS, **CAME), tables, seed=1)


def test_armenia_2022_lies_inside_the_band_made_of_earlier_years(came):
    assert 3598.1747 / 865.5799 in came.countries["ARM"].ratio.interval
    received = came.countries["ARM"].received
    assert received.method == "measured transfers, 2021"
    assert 865.5799 in received.interval


@pytest.mark.parametrize("path", [CAME, FEARED])
def test_no_sign_is_excluded(tables, path):
    answer = macro(MacroQuestion(NEIGHBOURS, **path), tables, seed=1)
    for one in answer.countries.values():
        assert one.ratio.interval.low < 1 < one.ratio.interval.high
        assert 0.05 < one.increase.value < 0.95
        assert one.increase.value in one.increase.interval


def test_every_figure_has_interval_or_reason(came):
    for one in came.countries.values():
        for name, figure in one.figures.items():
            assert figure.interval if figure.known else figure.reason, name
    data = came.to_dict()
    assert data["countries"][0]["exports_change"]["reason"]
    tied = came.countries["ARM"].trade_change
    assert tied.interval.low < 0.3 * (came.countries["ARM"].exports.value - 1) < tied.interval.high
    assert "Russia's share" in came.countries["TJK"].trade_change.reason
    assert {gap["what"] for gap in data["russia"]["not_known"]} >= {"Medicine", "Jobs and real wages"}
    assert data["phrases"]


def test_evidence_after_the_base_year_is_not_used(tables):
    def cited(year):
        return basis(MacroQuestion(("ARM",), base_year=year), tables).fit.episodes

    assert cited(2021) == cited(2022) - 1  # Armenia's 2022
    assert cited(2015) < cited(2021)
    with pytest.raises(ModelError):
        cited(2008)


def test_an_added_country_changes_nobody_else(tables):
    few = macro(MacroQuestion(("ARM", "TJK")), tables, seed=5)
    more = macro(MacroQuestion(("KGZ", "TJK", "GEO", "ARM")), tables, seed=5)
    for iso3 in ("ARM", "TJK"):
        assert few.countries[iso3].to_dict() == more.countries[iso3].to_dict()


def test_same_seed_same_bytes(tables):
    one, two = (macro(MacroQuestion(("ARM",)), tables, seed=9).draws for _ in range(2))
    assert one.ratio.tobytes() == two.ratio.tobytes()
    assert one.ratio.tobytes() != macro(MacroQuestion(("ARM",)), tables, seed=10).draws.ratio.tobytes()


def test_a_country_at_war_and_one_without_figures_are_not_known(tables):
    answer = macro(MacroQuestion(("UKR", "NRU")), tables, seed=1)
    assert all(not figure.known for figure in answer.countries["UKR"].figures.values())
    assert not answer.countries["NRU"].change.known or answer.countries["NRU"].received.known


@pytest.mark.parametrize("path", [CAME, FEARED])
def test_no_draw_is_absurd(tables, path):
    asked = MacroQuestion((*NEIGHBOURS, "GEO", "KAZ"), draws=20_000, **path)
    found = basis(asked, tables)
    draws = draw_macro(asked, found, Streams(2, 0, 20_000))
    assert (draws.ratio > 0.0).all(), "money sent home cannot fall below nothing"
    for i, iso3 in enumerate(found.countries):
        gdp = found.gdp[iso3].value
        for amount in (draws.received[:, i], draws.received[:, i] * draws.ratio[:, i]):
            assert amount.max() < 2.0 * RECORD_SHARE * gdp
        bold = draw_macro(asked, replace(found, gdp={}), Streams(2, 0, 20_000))
        assert (np.sign(bold.ratio - 1.0) == np.sign(draws.ratio - 1.0)).mean() > 0.999, "the bound turns no sign"


def test_without_a_rupture_a_boom_is_rare(tables):
    calm = macro(MacroQuestion(("ARM",), rupture=False, **CAME), tables, seed=1)
    torn = macro(MacroQuestion(("ARM",), **CAME), tables, seed=1)
    assert calm.boom_chance.value < 0.1 < torn.boom_chance.value
    assert calm.countries["ARM"].ratio.interval.high < torn.countries["ARM"].ratio.interval.high


def test_prices_in_russia_rise_when_the_rouble_falls(tables):
    assert macro(MacroQuestion(("ARM",), **FEARED), tables, seed=1).prices_in_russia.interval.low > 0
    assert macro(MacroQuestion(("ARM",), **CAME), tables, seed=1).prices_in_russia.interval.high < 0


@given(st.floats(-0.5, 0.3), st.floats(0.01, 0.3))
@settings(max_examples=15, deadline=None)
def test_a_weaker_rouble_never_brings_more(rouble, less):
    tables = Warehouse().all("indicators")

    def ratio(at):
        asked = MacroQuestion(("ARM",), Range.exactly(0.0), Range.exactly(at), draws=200)
        found = basis(asked, tables)
        return np.median(draw_macro(asked, found, Streams(3, 0, 200)).exports)

    assert ratio(rouble - less) <= ratio(rouble)


def test_odds_of_a_boom_are_those_counted():
    u = np.linspace(0.0005, 0.9995, 2000)
    assert boom_chance(u, True).mean() == pytest.approx(3 / 7, abs=0.002)
    assert boom_chance(u, False).mean() == pytest.approx(11 / 199, abs=0.001)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"growth": Range(-1.0, 0.0, 0.0)}, InputError), ({"rouble": Range(0.0, 0.0, 1.5)}, InputError),
        ({"draws": 5}, InputError), ({"level": 1.0}, InputError), ({"countries": ("ARN",)}, UnknownName),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(asked, error):
    with pytest.raises(error) as refused:
        MacroQuestion(**asked)
    assert refused.value.next_step

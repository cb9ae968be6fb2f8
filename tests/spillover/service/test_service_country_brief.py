"""A country's brief: every figure leads to its source, whichever table it stands in."""

import pytest

from clarion.access import Actor
from clarion.pictures.document import Grid, Listing, Paragraph
from clarion.spillover.service import ask
from clarion.spillover.service.country_brief import country_brief
from clarion.spillover.service.exposure import profile
from clarion.spillover.service.profile import answer_sentence

WHEAT = ask.question("wheat", "raw", 0, "")


def words(section):
    for block in section.blocks:
        if isinstance(block, Listing):
            yield from block.lines
        elif isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Grid):
            yield from (cell for row in block.rows for cell in row)


@pytest.fixture(scope="module")
def brief():
    return {s.heading: s for s in country_brief(Actor.console(), "KGZ", WHEAT, None, "en").sections}


def test_every_source_is_named_once(brief):
    told = list(words(brief["How sure, and from where"]))
    for source in ("staple-trade", "staple-production", "country-basics", "country-facts"):
        assert sum(f"({source})" in line for line in told) == 1
    assert sum("error model" in line for line in told) == 1


def test_wages_and_fuel_lead_to_their_rows(brief):
    (grid,) = brief["Wages and fuel"].blocks
    assert grid.rows[0][-1] == "country-facts 335"
    assert "KNOMAD" in grid.rows[0][1], "wages are modelled, and the reader is told"
    assert grid.rows[2][-1] == "–", "what is not known has no row"


def test_the_commodity_that_feeds_most_comes_first(brief):
    (grid,) = (b for b in brief["Food from Russia and Ukraine"].blocks if isinstance(b, Grid))
    assert grid.rows[0][0] == "Wheat"


def test_what_is_not_known_is_listed(brief):
    told = " ".join(words(brief["What is not known"])).lower()
    assert all(word in told for word in ("reserves", "subsidies", "tourism"))


@pytest.mark.parametrize(("iso3", "little"), [("TJK", True), ("UZB", True), ("DNK", False), ("IRQ", False)])
def test_what_is_bought_directly_is_called_little_only_where_it_is(iso3, little):
    """Denmark buys 30 % of its maize from Ukraine, and still more through others."""
    told = answer_sentence(profile(Actor.console(), iso3, WHEAT), "en")
    assert ("little comes from Russia and Ukraine directly" in told) is little

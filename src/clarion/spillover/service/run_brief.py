"""A scenario's brief: who loses how much, as one file to send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clarion.locale import gettext, say
from clarion.pictures.charts import Frame, interval_bars
from clarion.pictures.document import Block, Document, Drawing, Grid, Paragraph, Section
from clarion.spillover.service.bars import bar
from clarion.spillover.service.brief_sources import footer, sources_section
from clarion.spillover.service.maps import loss_map
from clarion.spillover.service.words import commodity_name, worded
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.service.results import CountryLoss, Result

TOP = 25


def run_brief(result: Result, language: str) -> Document:
    """A scenario's brief: who loses how much, on a map and in a table, how sure, and from where."""
    drawn = loss_map(result.kcal(), language, standalone=True)
    losers = result.losers()[:TOP]
    picture: list[Block] = [
        Drawing(drawn.svg, drawn.title),
        Drawing(_bars(losers[:12], language), gettext("The twelve that lose most, with their intervals", language)),
        _loss_table(losers, result, language),
    ]
    scenario = result.data["scenario"]
    said: list[Block] = [
        Paragraph(gettext(scenario["summary"], language)),
        Paragraph(say(result.statement, language), quiet=True),
    ]
    return Document(
        result.sentence(language),
        language,
        gettext("Scenario, not a forecast: %(title)s", language) % {"title": gettext(scenario["title"], language)},
        [
            Section("", said),
            Section(gettext("Who loses how much", language), picture),
            sources_section(result.provenance, result.methods, language),
        ],
        footer(language),
    )


def _bars(losers: Sequence[CountryLoss], language: str) -> str:
    bars = [bar(c.iso3, c.kcal_before_response, "number", language) for c in losers]
    title = gettext("Energy that goes missing before anybody responds, kcal a person a day", language)
    said = gettext("The twelve that lose most, with their intervals", language)
    return interval_bars(bars, Frame(title, said, language, "losers", standalone=True))


def _loss_table(losers: Sequence[CountryLoss], result: Result, language: str) -> Grid:
    header = (
        gettext("Country", language), gettext("kcal a person a day, before anybody responds", language),
        gettext("after stocks and other suppliers step in", language),
        *(
            gettext("%(item)s missing, share of use", language) % {"item": commodity_name(item, language)}
            for item in result.items
        ),
    )  # fmt: skip
    rows = tuple(
        (
            place(c.iso3).name(language),
            worded(c.kcal_before_response, "number", language),
            worded(c.kcal_lost, "number", language),
            *(worded(share, "share", language, 1) for share in c.shares_of_use(result.items)),
        )
        for c in losers
    )
    return Grid(header, rows, tuple(range(1, len(header))))

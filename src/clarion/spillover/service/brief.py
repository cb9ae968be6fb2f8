"""Briefs: what a page says, as one file to send, with pictures, tables and sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clarion.access import Actor
from clarion.locale import gettext, say
from clarion.pictures.charts import Frame, interval_bars
from clarion.pictures.document import Block, Document, Drawing, Grid, Listing, Paragraph, Section
from clarion.spillover.service.bars import bar
from clarion.spillover.service.exposure import profile
from clarion.spillover.service.maps import loss_map
from clarion.spillover.service.profile import answer_sentence, imported
from clarion.spillover.service.suppliers_chart import chart_title, suppliers_chart
from clarion.spillover.service.words import commodity_name, worded
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import CountryProfile, ExposureQuestion
    from clarion.spillover.service.results import CountryLoss, Result
    from clarion.vocab import Estimate, Provenance

TOP = 25
SUPPLIERS = 5


def country_brief(actor: Actor, iso3: str, question: ExposureQuestion, source: str | None, language: str) -> Document:
    """A country's brief: the answer with the year of the data, food by commodity and partner, second order, wages and
    fuel, and what is not known.
    """
    found = profile(actor, iso3, question, source)
    sections = [_food(found, language), _partners(found, language), _beyond(found, language),
                _not_known(found, language)]  # fmt: skip
    wider = (found.wider.remittances_pct_gdp, found.wider.energy_gj_per_person, found.wider.fertiliser_share)
    cited = [p for e in found.exposures for p in e.provenance] + [p for e in wider for p in e.provenance]
    sections.append(_sources(cited, (), language))
    return Document(answer_sentence(found, language), language, "", sections, _footer(language))


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
            _sources(result.provenance, result.methods, language),
        ],
        _footer(language),
    )


def _food(found: CountryProfile, language: str) -> Section:
    rows = tuple(
        (
            commodity_name(e.item, language),
            worded(e.share_from_origins, "share", language),
            worded(e.share_of_supply, "share", language),
            worded(e.kcal_per_person_day, "number", language),
            worded(e.second_order, "share", language),
        )
        for e in imported(found)
    )
    header = (
        gettext("Commodity", language), gettext("Share of imports", language), gettext("Share of supply", language),
        gettext("kcal a person a day", language), gettext("Through other suppliers", language),
    )  # fmt: skip
    flags = tuple(dict.fromkeys(say(flag.text, language) for e in found.exposures for flag in e.flags))
    chart = suppliers_chart(found, [e.item for e in imported(found)], language, standalone=True)
    blocks: list[Block] = [Drawing(chart, chart_title(language), chart_title(language))] if chart else []
    if rows:
        blocks += [Grid(header, rows, (1, 2, 3, 4)), Paragraph(through_others(language), quiet=True)]
    else:
        blocks.append(Paragraph(gettext("No imports of these staples are recorded.", language)))
    if flags:
        blocks.append(Listing(flags))
    return Section(gettext("Food from Russia and Ukraine", language), blocks)


def through_others(language: str) -> str:
    """What the last column of the table of commodities means."""
    return gettext(
        "Through other suppliers: the part of supply bought from countries that depend on Russia and Ukraine themselves"
        " and have held back exports before.",
        language,
    )


def _partners(found: CountryProfile, language: str) -> Section:
    blocks: list[Block] = []
    for exposure in imported(found):
        rows = [p for p in found.partners if p.item == exposure.item][:SUPPLIERS]
        if rows:
            header = (gettext("Supplier", language), gettext("Tonnes a year", language),
                      gettext("Share of imports", language), gettext("Source row", language))  # fmt: skip
            body = tuple(
                (
                    place(p.partner).name(language),
                    worded(p.tonnes, "number", language),
                    worded(p.share, "share", language),
                    ", ".join(map(str, p.source_rows)) or "–",
                )
                for p in rows
            )
            blocks.append(Grid(header, body, (1, 2), commodity_name(exposure.item, language)))
    return Section(gettext("Largest suppliers", language), blocks)


def _beyond(found: CountryProfile, language: str) -> Section:
    wider = found.wider
    figures = (
        (gettext("Remittances from Russia, per cent of GDP", language), wider.remittances_pct_gdp, 1),
        (gettext("Fuels from Russia, gigajoules a person a year", language), wider.energy_gj_per_person, 1),
        (gettext("Fertiliser from Russia, share", language), wider.fertiliser_share, 0),
    )
    rows = tuple((name, _said(value, "number", language, digits)) for name, value, digits in figures)
    return Section(
        gettext("Wages and fuel", language), [Grid((gettext("Figure", language), gettext("Value", language)), rows)]
    )


def _said(found: Estimate, kind: str, language: str, digits: int) -> str:
    text = worded(found, kind, language, digits)
    return f"{text}. {say(found.reason, language)}" if found.reason else text


def _not_known(found: CountryProfile, language: str) -> Section:
    lines = tuple(
        say(gap.what, language) + (f" ({gap.year})" if gap.year else "") + f". {say(gap.reason, language)}"
        for gap in found.not_known
    )
    return Section(gettext("What is not known", language), [Listing(lines)])


def _bars(losers: Sequence[CountryLoss], language: str) -> str:
    bars = [bar(c.iso3, c.kcal_before_response, "number", language) for c in losers]
    title = gettext("Energy that goes missing before anybody responds, kcal a person a day", language)
    said = gettext("The twelve that lose most, with their intervals", language)
    return interval_bars(bars, Frame(title, said, language, "losers", standalone=True))


def _loss_table(losers: Sequence[CountryLoss], result: Result, language: str) -> Grid:
    items = [commodity_name(item, language) for item in result.data["scenario"]["items"]]
    header = (
        gettext("Country", language), gettext("kcal a person a day, before anybody responds", language),
        gettext("after stocks and other suppliers step in", language),
        *(gettext("%(item)s missing, share of use", language) % {"item": name} for name in items),
    )  # fmt: skip
    rows = tuple(
        (
            place(c.iso3).name(language),
            worded(c.kcal_before_response, "number", language),
            worded(c.kcal_lost, "number", language),
            *(worded(found.share_of_use, "share", language, 1) for found in c.items),
        )
        for c in losers
    )
    return Grid(header, rows, tuple(range(1, len(header))))


def _sources(cited: Sequence[Provenance], methods: Sequence[str], language: str) -> Section:
    lines = tuple(
        dict.fromkeys(
            f"{p.source}: {gettext(p.release, language)} ({gettext(p.licence, language)}) {p.url}" for p in cited
        )
    )
    told = gettext("Ranges are 90 % intervals.", language)
    return Section(gettext("How sure, and from where", language), [
        Paragraph(told), *([Listing(tuple(say(m, language) for m in methods))] if methods else []), Listing(lines),
    ])  # fmt: skip


def _footer(language: str) -> str:
    import clarion

    return gettext("Made with Clarion %(version)s", language) % {"version": clarion.__version__}

"""Briefs: what a page says, as one file to send, with pictures, tables and sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clarion.access import Actor
from clarion.locale import gettext, say
from clarion.pictures.charts import Frame, interval_bars
from clarion.pictures.document import Block, Document, Drawing, Grid, Listing, Paragraph, Section
from clarion.sources.catalogue import catalogue
from clarion.spillover.service.bars import bar, food_chart
from clarion.spillover.service.exposure import profile
from clarion.spillover.service.maps import loss_map
from clarion.spillover.service.profile import SUPPLIERS, answer_sentence
from clarion.spillover.service.words import commodity_name, explained, worded
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import CountryProfile, ExposureQuestion
    from clarion.spillover.service.results import CountryLoss, Result
    from clarion.vocab import Estimate, Provenance

TOP = 25


def country_brief(actor: Actor, iso3: str, question: ExposureQuestion, source: str | None, language: str) -> Document:
    """A country's brief: the answer with the year of the data, food by commodity and partner, second order, wages and
    fuel, and what is not known.
    """
    found = profile(actor, iso3, question, source)
    sections = [_food(found, language), _partners(found, language), _beyond(found, language),
                _not_known(found, language)]  # fmt: skip
    methods = [f.method for e in found.exposures for f in e.figures.values() if f.known]
    sections.append(_sources(found.sources, methods, language))
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
    imported = found.imported
    rows = tuple(
        (
            commodity_name(e.item, language),
            worded(e.share_from_origins, "share", language),
            worded(e.share_of_supply, "share", language),
            worded(e.kcal_per_person_day, "number", language),
            worded(e.second_order, "share", language),
        )
        for e in imported
    )
    header = (
        gettext("Commodity", language), gettext("Share of imports", language), gettext("Share of supply", language),
        gettext("kcal a person a day", language), gettext("Through other suppliers", language),
    )  # fmt: skip
    flags = tuple(dict.fromkeys(say(flag.text, language) for e in found.exposures for flag in e.flags))
    blocks: list[Block] = [Paragraph(gettext("No imports of these staples are recorded.", language))]
    if rows:
        drawn = food_chart(imported, language, standalone=True)
        blocks = [Drawing(drawn, gettext("Share of imports", language)), Grid(header, rows, (1, 2, 3, 4))]
    if flags:
        blocks.append(Listing(flags))
    return Section(gettext("Food from Russia and Ukraine", language), blocks)


def _partners(found: CountryProfile, language: str) -> Section:
    blocks: list[Block] = []
    for exposure in found.exposures:
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
    rows = tuple((name, explained(value, "number", language, digits), _rows(value)) for name, value, digits in figures)
    header = (gettext("Figure", language), gettext("Value", language), gettext("Source row", language))
    return Section(gettext("Wages and fuel", language), [Grid(header, rows)])


def _rows(found: Estimate) -> str:
    """Source and lines, each source once."""
    lines: dict[str, list[int]] = {}
    for trail in found.provenance:
        lines.setdefault(trail.source, []).extend(trail.rows)
    return "; ".join(f"{source} {', '.join(map(str, rows))}" for source, rows in lines.items()) or "–"


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
    lines = tuple(dict.fromkeys(_source(p, language) for p in cited))
    said = tuple(dict.fromkeys(say(method, language) for method in methods))
    told = gettext("Ranges are 90 % intervals.", language)
    return Section(
        gettext("How sure, and from where", language),
        [Paragraph(told), *([Listing(said)] if said else []), Listing(lines)],
    )


def _source(cited: Provenance, language: str) -> str:
    declared = catalogue().get(cited.source)  # a user's own file has no title
    name = f"{gettext(declared.title, language)} ({cited.source})" if declared else cited.source
    return f"{name}: {gettext(cited.release, language)} ({gettext(cited.licence, language)}) {cited.url}"


def _footer(language: str) -> str:
    import clarion

    return gettext("Made with Clarion %(version)s", language) % {"version": clarion.__version__}

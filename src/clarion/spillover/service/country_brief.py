"""A country's brief: what its page says, as one file to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.access import Actor
from clarion.locale import gettext, say
from clarion.pictures.document import Block, Document, Drawing, Grid, Listing, Paragraph, Section
from clarion.spillover.service.brief_sources import footer, sources_section
from clarion.spillover.service.exposure import profile
from clarion.spillover.service.profile import SUPPLIERS, answer_sentence, beyond_food, through_others
from clarion.spillover.service.suppliers_chart import chart_title, suppliers_chart
from clarion.spillover.service.words import commodity_name, explained, worded
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import CountryProfile, ExposureQuestion
    from clarion.vocab import Estimate


def country_brief(actor: Actor, iso3: str, question: ExposureQuestion, source: str | None, language: str) -> Document:
    """A country's brief: the answer with the year of the data, food by commodity and partner, second order, wages and
    fuel, and what is not known.
    """
    found = profile(actor, iso3, question, source)
    sections = [_food(found, language), _partners(found, language), _beyond(found, language),
                _not_known(found, language)]  # fmt: skip
    methods = [f.method for e in found.exposures for f in e.figures.values() if f.known]
    sections.append(sources_section(found.sources, methods, language))
    return Document(answer_sentence(found, language), language, "", sections, footer(language))


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
    chart = suppliers_chart(found, [e.item for e in imported], language, standalone=True)
    blocks: list[Block] = [Drawing(chart, chart_title(language), chart_title(language))] if chart else []
    if rows:
        blocks += [Grid(header, rows, (1, 2, 3, 4)), Paragraph(through_others(language), quiet=True)]
    else:
        blocks.append(Paragraph(gettext("No imports of these staples are recorded.", language)))
    if flags:
        blocks.append(Listing(flags))
    return Section(gettext("Food from Russia and Ukraine", language), blocks)


def _partners(found: CountryProfile, language: str) -> Section:
    blocks: list[Block] = []
    for exposure in found.imported:
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
    rows = tuple(
        (label, explained(figure, kind, language, digits), _rows(figure))
        for label, figure, kind, digits in beyond_food(found.wider, language)
    )
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

"""A scenario's brief by month: prices, bans, who loses how much and how sure, as one file to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.locale import gettext, pgettext, say
from clarion.pictures.document import Block, Document, Drawing, Grid, Paragraph, Section
from clarion.spillover.service.brief_sources import footer, sources_section
from clarion.spillover.service.monthly import charts
from clarion.spillover.service.monthly.told_prices import price_note, unpriced
from clarion.spillover.service.words import commodity_name, worded
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.service.monthly.results import MonthlyResult

TOP, MOST_BANS = 25, 12


def months_brief(result: MonthlyResult, language: str) -> Document:
    """The brief of a run by month."""
    scenario = result.data["scenario"]
    drawn = charts.months_map(result, language, standalone=True)
    first: list[Block] = [
        Paragraph(gettext(scenario["summary"], language)), Paragraph(say(result.statement, language), quiet=True),
    ]  # fmt: skip
    means = gettext("The first two are means over %(months)s months.", language) % {"months": len(result.steps)}
    losses: list[Block] = [Drawing(drawn.svg, drawn.title), _losses(result, language), Paragraph(means, quiet=True)]
    sections = [
        Section("", first),
        Section(gettext("Who loses how much", language), losses),
        *_prices(result, language),
    ]
    if result.bans:
        sections.append(Section(gettext("Export restrictions that may follow", language), _bans(result, language)))
    if result.drivers:
        sections.append(Section(gettext("What drives the uncertainty", language), _drivers(result, language)))
    return Document(
        result.sentence(language),
        language,
        gettext("Scenario, not a forecast: %(title)s", language) % {"title": gettext(scenario["title"], language)},
        [*sections, sources_section(result.provenance, result.methods, language)],
        footer(language),
    )


def _losses(result: MonthlyResult, language: str) -> Grid:
    header = (
        gettext("Country", language), gettext("kcal a person a day, before anybody responds", language),
        gettext("after stocks and other suppliers step in", language),
        gettext("in the worst month, kcal a person a day", language),
        gettext("over all months, kcal a person", language), gettext("Person-days under the requirement", language),
    )  # fmt: skip
    rows = tuple(
        (
            place(c.iso3).name(language), worded(c.kcal_before, "number", language),
            worded(c.kcal_lost, "number", language), worded(c.kcal_worst, "number", language),
            worded(c.kcal_total, "number", language), worded(c.person_days, "number", language),
        )
        for c in result.losers()[:TOP]
    )  # fmt: skip
    return Grid(header, rows, (1, 2, 3, 4, 5))


def _prices(result: MonthlyResult, language: str) -> list[Section]:
    found: list[Section] = []
    for item, path in result.prices.items():
        title = gettext("World price of %(item)s, change against the baseline", language) % {
            "item": commodity_name(item, language)
        }
        header = (gettext("Month", language), pgettext("of a price", "Change", language))
        rows = tuple((str(step + 1), worded(path.at(step), "share", language)) for step in range(len(path.p50)))
        drawn = Drawing(charts.price_fan(item, path, language, standalone=True), title)
        note = Paragraph(price_note(language), quiet=True)
        found.append(Section(title, [drawn, Grid(header, rows, (1,)), *([] if found else [note])]))
    found += [Section(name, [Paragraph(reason)]) for name, reason in unpriced(result, language)]
    return found


def _bans(result: MonthlyResult, language: str) -> list[Block]:
    header = (gettext("Exporter", language), gettext("Commodity", language), gettext("Chance", language))
    rows = tuple(
        (
            place(ban.iso3).name(language), commodity_name(ban.item, language),
            worded(ban.chance, "share", language),
        )
        for ban in result.bans[:MOST_BANS]
    )  # fmt: skip
    title = gettext("Chance of export restrictions that the scenario brings about", language)
    return [Drawing(charts.bans_chart(result.bans, language, standalone=True), title), Grid(header, rows, (2,))]


def _drivers(result: MonthlyResult, language: str) -> list[Block]:
    figure, shares = next(iter(result.drivers.items()))
    title = gettext("What drives the uncertainty: %(figure)s", language) % {
        "figure": charts.figure_name(figure, language)
    }
    header = (gettext("Group of inputs", language), gettext("Share of the variance", language))
    ordered = sorted(shares.items(), key=lambda pair: -(pair[1].value or 0.0))
    rows = tuple((charts.driver_name(group, language), worded(share, "share", language)) for group, share in ordered)
    return [Drawing(charts.tornado(figure, shares, language, standalone=True), title), Grid(header, rows, (1,))]

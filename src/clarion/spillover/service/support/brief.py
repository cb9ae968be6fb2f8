"""A plan's brief: where the money goes, what it avoids, how sure, as one file to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.locale import gettext, say
from clarion.pictures.document import Block, Document, Drawing, Grid, Listing, Paragraph, Section
from clarion.pictures.words import number, percent
from clarion.spillover.service.brief_sources import footer, sources_section
from clarion.spillover.service.support import charts
from clarion.spillover.service.support.sentences import carried_sentence, choice_sentence, kept_sentence, more_sentence
from clarion.spillover.service.words import worded
from clarion.vocab import place

if TYPE_CHECKING:
    from clarion.spillover.service.support.results import PlanResult

TOP = 40


def plan_brief(result: PlanResult, title: str, language: str) -> Document:
    """The brief of a plan; ``title`` names the scenario."""
    told = [text for text in (kept_sentence(result, language), carried_sentence(result, language)) if text]
    lead = [Paragraph(say(result.statement, language), quiet=True), *(Paragraph(f"{text}.") for text in told)]
    choice = choice_sentence(result, language)
    sections = [
        Section("", [*lead, *_pictures(result, language)]),
        Section(gettext("Who gets what", language), [_grants(result, language)]),
        Section(gettext("What one more step buys", language), [Paragraph(more_sentence(result, language))]),
        Section(
            gettext("Compared with simpler rules", language),
            [*([Paragraph(f"{choice}.")] if choice else []), _rules(result, language)],
        ),
        Section(gettext("What each measure costs", language), [_costs(result, language)]),
    ]
    if result.notes:
        lines = tuple(say(note, language) for note in result.notes)
        sections.append(Section(gettext("What is not known, and what was assumed", language), [Listing(lines)]))
    return Document(
        result.sentence(language),
        language,
        gettext("A proposal for people to decide on: %(title)s", language) % {"title": gettext(title, language)},
        [*sections, sources_section(result.provenance, result.methods, language)],
        footer(language),
    )


def _pictures(result: PlanResult, language: str) -> list[Block]:
    found: list[Block] = []
    if result.curve:
        title = gettext("What each budget avoids", language)
        found.append(Drawing(charts.budget_curve(result, language, standalone=True), title))
    if result.helped:
        title = gettext("Person-years avoided, by country", language)
        found.append(Drawing(charts.avoided_bars(result, language, standalone=True), title))
    return found


def _grants(result: PlanResult, language: str) -> Grid:
    header = (
        gettext("Country", language), gettext("Measure", language), gettext("USD", language),
        gettext("Funded in", language), gettext("Person-years avoided", language),
    )  # fmt: skip
    rows = tuple(
        (
            place(country.iso3).name(language), gettext(grant.measure["title"], language),
            worded(grant.money, "number", language), worded(grant.often, "share", language),
            worded(country.avoided, "number", language) if grant is country.grants[0] else "",
        )
        for country in result.helped[:TOP]
        for grant in country.grants
    )  # fmt: skip
    return Grid(header, rows, (2, 3, 4))


def _rules(result: PlanResult, language: str) -> Grid:
    header = (
        gettext("Rule", language), gettext("It avoids", language), gettext("The plan avoids more", language),
        gettext("Better in", language),
    )  # fmt: skip
    rows = tuple(
        (say(rule.title, language), worded(rule.avoided, "number", language), worded(rule.more, "number", language),
         percent(rule.better_in, language))
        for rule in result.rules
    )  # fmt: skip
    return Grid(header, rows, (1, 2, 3))


def _costs(result: PlanResult, language: str) -> Grid:
    header = (
        gettext("Measure", language), gettext("USD a unit", language), gettext("Unit", language),
        gettext("Source", language),
    )  # fmt: skip
    rows = tuple(
        (
            gettext(m["title"], language), cost_words(m["cost"], language), gettext(m["unit"], language),
            gettext(m["source"], language),
        )
        for m in result.measures
    )  # fmt: skip
    return Grid(header, rows, (1,))


def cost_words(cost: list[float], language: str) -> str:
    """``212 (170 to 320)``, or one number where there is no range."""
    low, mode, high = (number(x, language, 0 if x == int(x) else 1) for x in cost)
    if cost[0] == cost[2]:
        return mode
    return gettext("%(value)s (%(low)s to %(high)s)", language) % {"value": mode, "low": low, "high": high}

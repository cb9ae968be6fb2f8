"""The verb: a shock to Russia's economy, answered for those tied to it and for people in Russia."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clarion.spillover.engine.macro.answer import MacroAnswer, NotKnown
from clarion.spillover.engine.macro.basis import basis
from clarion.spillover.engine.macro.country import country
from clarion.spillover.engine.macro.draws import draw_macro, prices_in_russia
from clarion.spillover.engine.macro.question import MacroQuestion
from clarion.spillover.engine.simulation.estimates import estimate
from clarion.spillover.engine.simulation.streams import Streams
from clarion.vocab import Estimate, Interval, Phrase

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable

NORMAL_90 = 1.6448536269514722


def macro(question: MacroQuestion, tables: Sequence[LoadedTable], seed: int) -> MacroAnswer:
    """What the shock does, by country and channel; ``tables`` are indicators.

    A country without a figure for money from Russia still gets the ratio, which rests on others' past; its sum is not
    known.

    Raises
    ------
    ModelError: too few past shocks up to the base year.
    """
    found = basis(question, tables)
    streams = Streams(seed, 0, question.draws)
    draws = draw_macro(question, found, streams)
    half = NORMAL_90 * found.fit.error
    elasticity = Estimate(
        found.fit.rouble, "elasticity", Interval(found.fit.rouble - half, found.fit.rouble + half, 0.9),
        Phrase("regression with Student's t over {count} country-years", count=found.fit.episodes), found.cited,
    )  # fmt: skip
    grounds = Phrase("Beta law from cases counted before 2022; that a boom is modelled at all is hindsight")
    return MacroAnswer(
        question, seed, _statement(question),
        {iso3: country(question, found, draws, i) for i, iso3 in enumerate(found.countries)},
        estimate(draws.chance, "probability", question.level, grounds), elasticity,
        estimate(prices_in_russia(draws, streams), "share", question.level,
                 Phrase("What the rouble alone adds within a year; shortages and sanctions come on top")),
        _people_in_russia(), _methods(), found.cited, draws,
    )  # fmt: skip


def _statement(question: MacroQuestion) -> Phrase:
    growth, rouble = question.growth, question.rouble
    return Phrase(
        "Scenario, not a forecast: if Russia's output changes by {growth_low:.1%}, {growth:.1%}, {growth_high:.1%} and"
        " the rouble's value in dollars by {rouble_low:.1%}, {rouble:.1%}, {rouble_high:.1%} in the year after {year}"
        " (lowest, most likely, highest). Money from Russia may fall or grow: in 2022 every official forecast had the"
        " sign wrong.",
        growth_low=growth.low, growth=growth.mode, growth_high=growth.high, rouble_low=rouble.low,
        rouble=rouble.mode, rouble_high=rouble.high, year=question.base_year,
    )  # fmt: skip


def _people_in_russia() -> tuple[NotKnown, ...]:
    """What is asked for and no table at hand can say: said, not guessed."""
    return (
        NotKnown(
            Phrase("Medicine"),
            Phrase("About half of what is used is imported (Firanchuk 2025); by how much less of it arrives in such a"
                   " shock, and which kinds, no table at hand says."),
        ),
        NotKnown(
            Phrase("Transfers to and from family abroad"),
            Phrase("Which banks and systems still pay out, and at what cost, changes by the month; no table at hand"
                   " follows it."),
        ),
        NotKnown(
            Phrase("Jobs and real wages"),
            Phrase("No table of employment by shock is loaded; Russia's official figures since 2022 leave much out."),
        ),
        NotKnown(Phrase("Food and fuel prices by region"), Phrase("No table of prices inside Russia is loaded.")),
    )  # fmt: skip


def _methods() -> tuple[Phrase, ...]:
    return (
        Phrase("Money from Russia: income elasticity 1.5 (IMF 2014; range 1 to 2 assumed), rouble elasticity fitted to"
               " 2009 and 2013-2021 (Armenia measured; Tajikistan, Kyrgyzstan, Uzbekistan from the Bank of Russia)."),
        Phrase("A country with past shocks on record has its own rouble elasticity and spread, drawn towards those of"
               " all. Neither what is left unexplained nor money from Russia as a share of output (record 50 %,"
               " Tajikistan 2008) is ever drawn at twice the largest on record."),
        Phrase("A boom multiplies it by 1 to 8, most likely 2.6: jumps of transfers to Armenia before 2022."),
        Phrase("Measured figures count before modelled ones; what is carried as cash is in neither."),
        Phrase("What people spend, lend and pay in tax is not modelled: a change of money is not one of welfare."),
    )  # fmt: skip

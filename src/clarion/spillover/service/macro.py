"""A shock to Russia's economy, asked in plain words and answered in sentences."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from clarion.access import Actor, require
from clarion.errors import InputError
from clarion.spillover.service.tables import SEED, Held, warehouse
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.sources.warehouse import LoadedTable
    from clarion.spillover.engine.macro import CountryMacro, MacroAnswer, MacroQuestion
    from clarion.spillover.engine.scenario import Range

DRAWS = 4000
SMALL = 0.001
"""Countries whose money from Russia is less than this share of GDP are left out where none is named."""


def question(
    countries: tuple[str, ...], growth: str, rouble: str, *, rupture: bool, base_year: int, draws: int
) -> MacroQuestion:
    """The engine's question; laws are one number or three (lowest, most likely, highest), empty for the default.

    Raises
    ------
    InputError, UnknownName: naming the word that cannot be used.
    """
    from clarion.spillover.engine.macro import MacroQuestion

    default = MacroQuestion()
    return MacroQuestion(
        countries,
        law(growth, "growth") if growth else default.growth,
        law(rouble, "rouble") if rouble else default.rouble,
        rupture=rupture, base_year=base_year, draws=draws,
    )  # fmt: skip


def read_year(text: str) -> int:
    """``2021``.

    Raises
    ------
    InputError: it is none.
    """
    if not (text.isascii() and text.isdigit() and 1990 <= int(text) <= 2100):
        raise InputError(Phrase("{text!r} is not a year.", text=text), where="base year", next_step="Write it as 2021.")
    return int(text)


def law(text: str, where: str) -> Range:
    """``-0.08`` or ``-0.15, -0.08, 0.02``."""
    from clarion.spillover.engine.scenario import Range

    try:
        numbers = [float(part) for part in text.split(",")]
        return Range.exactly(numbers[0]) if len(numbers) == 1 else Range(*numbers)
    except (ValueError, TypeError) as error:
        raise InputError(
            Phrase("{text!r} is not a number, nor lowest, most likely and highest.", text=text), where=where,
            next_step="Give for example -0.08, or -0.15,-0.08,0.02.",
        ) from error  # fmt: skip


def answer(actor: Actor, asked: MacroQuestion, seed: int | None = None) -> MacroAnswer:
    """The answer from the tables of this data folder, without its draws.

    Raises
    ------
    NotAllowed, ModelError: as the engine says.
    """
    require(actor, "spillover.view")
    tables = tuple(warehouse().all("indicators"))
    return _answer(asked, Held(tables, tables), SEED if seed is None else seed)


# Every country at once takes half a second and is the same for everybody: the last few are kept while the tables stand.
@lru_cache(maxsize=16)
def _answer(asked: MacroQuestion, held: Held[tuple[LoadedTable, ...]], seed: int) -> MacroAnswer:
    from clarion.spillover.engine.macro import macro

    found = macro(asked, held.tables, seed)
    # Thirteen megabytes of draws, which no page, table or program is told.
    arrays = [field.name for field in fields(found.draws) if field.name != "countries"]
    return replace(found, draws=replace(found.draws, **{name: getattr(found.draws, name)[:0] for name in arrays}))


def ranked(found: MacroAnswer) -> list[CountryMacro]:
    """Countries as asked; where none was named, those with money from Russia that counts, the largest share first."""
    if found.question.countries:
        return list(found.countries.values())
    sized = [(_size(country), country) for country in found.countries.values()]
    return [country for size, country in sorted(sized, key=lambda s: (-s[0], s[1].iso3)) if size >= SMALL]


def _size(country: CountryMacro) -> float:
    interval = country.share_of_gdp.interval
    return max(abs(interval.low), abs(interval.high)) if interval else 0.0


def sentence(country: CountryMacro, language: str) -> str:
    """One country's headline: both ways, never one sign."""
    from clarion.locale import gettext
    from clarion.spillover.service.words import worded
    from clarion.vocab import place

    return gettext(
        "%(place)s: money from Russia becomes %(ratio)s times that of the year before; the chance that it grows is"
        " %(chance)s", language,
    ) % {
        "place": place(country.iso3).name(language),
        "ratio": worded(country.ratio, "number", language, 2),
        "chance": worded(country.increase, "share", language),
    }  # fmt: skip

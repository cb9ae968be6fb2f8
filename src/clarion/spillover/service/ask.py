"""A question from plain words, as the command line, a page or the API give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.errors import InputError
from clarion.vocab import Period, Phrase

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import ExposureQuestion
    from clarion.spillover.engine.monthly import MonthlyQuestion
    from clarion.spillover.engine.simulation import ScenarioQuestion


MOST_MINIMUM = 1e12
"""Tonnes a year: more than the world trades, and still a number that every language can write."""


def question(item: str, trade: str, minimum: float, period: str) -> ExposureQuestion:
    """The engine's question.

    Raises
    ------
    InputError, UnknownName: naming the word that cannot be used.
    """
    from clarion.spillover.engine.exposure import ExposureQuestion

    if trade not in ("raw", "corrected"):
        raise InputError(
            Phrase("There is no trade {trade!r}.", trade=trade), where="trade", next_step="Use raw or corrected."
        )
    if minimum > MOST_MINIMUM:
        raise InputError(
            "The smallest import is more than the world trades.",
            where="minimum",
            next_step="Give tonnes a year, such as 5000.",
        )
    return ExposureQuestion(
        item, "corrected" if trade == "corrected" else "raw", period=years(period), minimum_import=minimum
    )


def scenario_question(text: str, *, trade: str, rule: str, draws: int, where: str = "scenario") -> ScenarioQuestion:
    """A scenario's question from its text; whatever cannot be used raises with the line or the field.

    ``where`` names the text in errors, such as its file.
    """
    from clarion.spillover.engine.simulation import ScenarioQuestion
    from clarion.spillover.service.scenarios import check

    return ScenarioQuestion(check(text, where), trade=trade, rule=rule, draws=draws)  # type: ignore[arg-type]


def any_question(
    text: str, *, trade: str, rule: str, draws: int, horizon: int = 0, where: str = "scenario"
) -> ScenarioQuestion | MonthlyQuestion:
    """A scenario's question by month, or to a published yearly rule.

    Raises
    ------
    ScenarioError, InputError: as ``scenario_question``; a horizon of a yearly rule.
    """
    if rule == "monthly":
        from clarion.spillover.service.monthly.work import question as by_month

        return by_month(text, trade=trade, draws=draws, horizon=horizon, where=where)
    if horizon:
        raise InputError(
            "A yearly rule has no months.", where="horizon", next_step="Leave it out, or ask for the rule monthly."
        )
    return scenario_question(text, trade=trade, rule=rule, draws=draws, where=where)


def years(text: str) -> Period | None:
    """A period, or None for the latest."""
    try:
        return Period.parse(text) if text else None
    except ValueError as error:
        raise InputError(
            Phrase("{text!r} is not a period.", text=text),
            where="period",
            next_step="Give a year or two, such as 2019-2021.",
        ) from error

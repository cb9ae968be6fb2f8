"""How countries answer a shortage from month to month."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from clarion.errors import InputError
from clarion.spillover.engine.scenario import Range
from clarion.vocab import Phrase

MonthlyRule = Literal["monthly", "pta", "rta", "burkholz"]
MONTHLY_RULES: tuple[MonthlyRule, ...] = ("monthly", "pta", "rta", "burkholz")
Exports = Literal["flat", "harvest"]

_FLOOR_DAYS = Range(5.0, 20.0, 60.0)
_RELEASE = Range(0.15, 0.35, 1.0)
_PRIORITY = Range(0.5, 0.9, 1.0)
_SURGE = Range(0.1, 0.3, 0.6)
_DISTANCE = Range(0.05, 0.15, 0.3)
_HABIT = Range(1.0, 4.0, 10.0)
_INCOME = Range(0.1, 0.3, 0.6)
_SUBSTITUTION = Range(0.05, 0.15, 0.3)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Assumptions about conduct; ranges are drawn anew in each draw. None of them is a published estimate.

    ``rule`` other than ``monthly`` asks for a published yearly cascade instead, to the last bit.

    - ``floor_days``: days of use of its carry-over stock that a country never releases.
    - ``release``: share of the rest that it lets go in a month at most.
    - ``priority``: how far a short seller cuts exports before home use; 0 cuts both alike, 1 exports first (Burkholz
      and Schweitzer 2019).
    - ``surge``: how much more than usual a seller can ship in a month, of its usual trade.
    - ``distance``: odds of a new supplier fall by exp(-distance) for each thousand kilometres.
    - ``habit``: a supplier of all of a country's imports is 1 + habit times as likely to be asked as a stranger.
    - ``income``: elasticity of what a buyer can pay to income a head.
    - ``substitution``: share of a missing staple, in energy, that stock of other staples may replace.

    ``exports`` are spread evenly over the year or follow the ``harvest``. ``prices``, ``bans`` and ``new_links`` turn
    parts of the model off.
    """

    rule: MonthlyRule = "monthly"
    floor_days: Range = _FLOOR_DAYS
    release: Range = _RELEASE
    priority: Range = _PRIORITY
    surge: Range = _SURGE
    distance: Range = _DISTANCE
    habit: Range = _HABIT
    income: Range = _INCOME
    substitution: Range = _SUBSTITUTION
    exports: Exports = "flat"
    prices: bool = True
    bans: bool = True
    new_links: bool = True

    def __post_init__(self) -> None:
        if self.rule not in MONTHLY_RULES:
            _refuse("rule", self.rule, Phrase("Choose one of: {names}.", names=MONTHLY_RULES))
        if self.exports not in ("flat", "harvest"):
            _refuse("exports", self.exports, Phrase("Choose one of: {names}.", names=("flat", "harvest")))
        most = {"release": 1.0, "priority": 1.0, "substitution": 1.0}
        for field in fields(self):
            law = getattr(self, field.name)
            high = most.get(field.name, 1e6)
            if isinstance(law, Range) and not (law.low >= 0.0 and law.high <= high):
                step = Phrase("Use numbers from {low} to {high}.", low="0", high=f"{high:g}")
                _refuse(field.name, str(law), step)


def _refuse(where: str, value: str, step: Phrase) -> None:
    raise InputError(Phrase("{value!r} cannot be used here.", value=value), where=where, next_step=step)

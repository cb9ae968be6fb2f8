"""Three cells of a form that hold one law: lowest, likely, highest."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clarion.errors import InputError
from clarion.spillover.engine.scenario import Range

PARTS = ("low", "likely", "high")


@dataclass(frozen=True, slots=True)
class Unit:
    """How a law is written on a form: ``scale`` times what the scenario says, from ``low`` to ``high``.

    ``none`` is said of what is no number, ``outside`` of what is out of bounds, ``step`` of what to write instead.
    """

    scale: float
    low: float
    high: float
    none: Any
    outside: Any
    step: Any


SHARE = Unit(
    100, 0, 100, _("A strength is not a number."), _("A strength is not between 0 and 100 per cent."),
    _("Give per cent, such as 30."),
)  # fmt: skip
COST = Unit(1, -math.inf, math.inf, SHARE.none, "", SHARE.step)  # whose bounds the engine tells in the same unit
CHANGE = Unit(
    100, -95, 100, _("A change is not a number."), _("A change is not between -95 and 100 per cent."),
    _("Give per cent, such as -8."),
)  # fmt: skip
TIMES = Unit(
    1, 0.01, 100, _("A price is not a number."), _("A price is not between 0.01 and 100 times that before."),
    _("Give how many times that before it becomes, such as 1.4; 1 is no change."),
)  # fmt: skip
MONTHS = Unit(
    1, 0, 36, _("A number of months is not a number."), _("A number of months is not between 0 and 36."),
    _("Give months, such as 6."),
)  # fmt: skip


def law(form: Mapping[str, str], names: tuple[str, str, str], unit: Unit, where: str) -> list[float] | None:
    """The law of three fields, as the scenario says it; an empty end is the likely value, three empty ones are None.

    Raises
    ------
    InputError: what is no number, or none that can be, or an order that does not rise, with the field.
    """
    if not any(form.get(name, "").strip() for name in names):
        return None
    given = [_number(form, name if form.get(name, "").strip() else names[1], unit, where) for name in names]
    if given != sorted(given):
        raise InputError(
            gettext("The strengths are not in rising order."), where=where,
            next_step=gettext("Put the smallest first: lowest, likely, highest."), field=names[0],
        )  # fmt: skip
    # To twelve figures: 33.3 % is 0.333, and no more than that.
    return [float(f"{value / unit.scale:.12g}") for value in given]


def missing(name: str, unit: Unit, where: str) -> InputError:
    """The error of a law that must be there and is not; ``name`` is its likely field."""
    return InputError(str(unit.none), where=where, next_step=str(unit.step), field=name)


def written(found: Range, unit: Unit) -> tuple[str, str, str]:
    """A law as its three fields show it."""
    low, likely, high = (f"{value * unit.scale:.12g}" for value in (found.low, found.mode, found.high))
    return low, likely, high


def _number(form: Mapping[str, str], name: str, unit: Unit, where: str) -> float:
    text = form.get(name, "").strip().removesuffix("%").strip().replace(",", ".").replace("−", "-")
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise missing(name, unit, where)
    if not unit.low <= value <= unit.high:
        raise InputError(str(unit.outside), where=where, next_step=str(unit.step), field=name)
    return value

"""The time of a scenario on its page and its form: when the shocks begin, how long they last, what is run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext

from clarion.desk.language import reader_language
from clarion.errors import InputError
from clarion.pictures.words import number
from clarion.spillover.engine.scenario import Range, Scenario

LASTS = ("lasts_low", "lasts", "lasts_high")
HORIZONS = ("12", "24", "36")
# The run has a choice "horizon" of its own beside the scenario's.
FIELDS = ("start", "horizon_of", *LASTS)


def told(scenario: Scenario) -> str:
    """When the shocks begin, how long they last (most likely, with the ends of the range), and what is run."""
    language, time = reader_language(), scenario.time
    lasts = spread(time.months, language)
    when = gettext("The shocks begin in month %(start)s of the year and last %(months)s months; %(horizon)s are run.")
    return when % {
        "start": number(time.start, language), "months": lasts, "horizon": number(time.horizon, language),
    }  # fmt: skip


def spread(months: Range, language: str) -> str:
    """A length in months: the most likely, with the lowest and the highest where it is no single number."""
    likely, low, high = (number(v, language, 0 if v == round(v) else 1) for v in (months.mode, months.low, months.high))
    if months.exact:
        return likely
    return gettext("%(value)s (%(low)s to %(high)s)") % {"value": likely, "low": low, "high": high}


def from_form(form: Mapping[str, str]) -> dict[str, Any]:
    """The table ``[time]`` of a posted form; empty where the form says nothing of it.

    Raises
    ------
    InputError: a length that is not a number, or lengths out of order, with the field.
    """
    given = {name: form.get(name, "").strip() for name in FIELDS}
    if not any(given.values()):
        return {}
    likely = _months(given["lasts"] or "12", "lasts")
    low, high = (_months(given[name], name) if given[name] else likely for name in ("lasts_low", "lasts_high"))
    if not low <= likely <= high:
        raise InputError(
            gettext("The lengths of the shocks are not in rising order."), where=gettext("months"),
            next_step=gettext("Put the smallest first: lowest, likely, highest."), field="b-lasts_low",
        )  # fmt: skip
    start, horizon = given["start"] or "1", given["horizon_of"] or "12"
    return {"start": start.zfill(2), "months": [low, likely, high], "horizon": int(_months(horizon, "horizon"))}


def shown(scenario: Scenario, form: Mapping[str, str] | None) -> dict[str, Any]:
    """What the fields show: what was posted, else what the scenario says."""
    time = scenario.time
    says = {
        "start": str(time.start), "horizon_of": str(time.horizon), "lasts_low": f"{time.months.low:g}",
        "lasts": f"{time.months.mode:g}", "lasts_high": f"{time.months.high:g}",
    }  # fmt: skip
    values = says if form is None else {name: form.get(name, says[name]) for name in FIELDS}
    starts = [(str(number), str(name), str(number) == values["start"].lstrip("0")) for number, name in MONTHS.items()]
    known = dict.fromkeys((*HORIZONS, says["horizon_of"]))
    return values | {"starts": starts, "horizons": [(h, h == values["horizon_of"]) for h in known]}


def _months(text: str, name: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(
            gettext("A number of months is not a number."), where=gettext("months"),
            next_step=gettext("Give months, such as 6."), field=f"b-{name}",
        )  # fmt: skip
    return value

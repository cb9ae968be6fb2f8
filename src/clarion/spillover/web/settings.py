"""How a scenario is to be run: the choices of the form, and the same read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from clarion.desk.language import reader_language
from clarion.errors import InputError
from clarion.pictures.words import number

if TYPE_CHECKING:
    from clarion.spillover.models import Run

DEFAULTS = {"trade": "corrected", "rule": "monthly", "horizon": "0", "draws": "500"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One list of the form; ``options`` are value, label and whether it is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


def choices(form: Mapping[str, str]) -> list[Choice]:
    """The lists, with what ``form`` chose; the defaults where it chose nothing that is there."""
    return [
        _choice("trade", gettext("Trade"), form, {
            "corrected": gettext("corrected for re-exports"), "raw": gettext("as reported"),
        }),
        _choice("rule", gettext("How shortages spread"), form, _rules()),
        _choice("horizon", gettext("Months"), form, {
            "0": gettext("as the scenario says"), "12": "12", "24": "24", "36": "36",
        }),
        _choice("draws", gettext("Draws"), form, {"100": "100", "500": "500", "2000": "2000"}),
    ]  # fmt: skip


def asked(run: Run) -> str:
    """How a run was asked, in one line: what tells two runs of one scenario apart."""
    if run.rule == "monthly":
        spread = gettext("month by month")
        months = (
            ngettext("%(count)s month", "%(count)s months", run.horizon) % {"count": run.horizon}
            if run.horizon else gettext("months as the scenario says")
        )  # fmt: skip
    else:
        spread, months = _rules().get(run.rule, run.rule), ""
    trade = gettext("trade as reported") if run.trade == "raw" else ""
    draws = ngettext("%(count)s draw", "%(count)s draws", run.draws) % {"count": number(run.draws, reader_language())}
    seed = gettext("seed %(seed)s") % {"seed": run.seed}
    return " · ".join(part for part in (spread, months, trade, draws, seed) if part)


def _rules() -> dict[str, str]:
    return {
        "monthly": gettext("month by month, with prices and bans"),
        "pta": gettext("one year, in proportion to trade"), "rta": gettext("one year, reserves first"),
        "burkholz": gettext("one year, export cuts, no reserves"),
    }  # fmt: skip


def _choice(name: str, label: str, form: Mapping[str, str], labels: dict[str, str]) -> Choice:
    posted = form.get(name, "")
    chosen = posted if posted in labels else DEFAULTS[name]
    return Choice(name, label, tuple((value, text, value == chosen) for value, text in labels.items()))


def settings(form: Mapping[str, str]) -> dict[str, Any]:
    """``trade``, ``rule``, ``horizon`` and ``draws`` of a posted form, as ``runs.start`` takes them.

    Raises
    ------
    InputError: draws or months are not a whole number. What trade and rule there are, the engine says.
    """
    rule = form.get("rule", DEFAULTS["rule"])
    months = _whole(form, "horizon", gettext("The number of months is not a whole number."))
    return {
        "trade": form.get("trade", DEFAULTS["trade"]), "rule": rule,
        "horizon": months if rule == "monthly" else 0,  # the list is on the form whatever rule is chosen
        "draws": _whole(form, "draws", gettext("The number of draws is not a whole number.")),
    }  # fmt: skip


def _whole(form: Mapping[str, str], name: str, complaint: str) -> int:
    try:
        return int(form.get(name, DEFAULTS[name]))
    except ValueError as error:
        raise InputError(complaint, where=name, next_step=gettext("Choose one of the list.")) from error

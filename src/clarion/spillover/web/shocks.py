"""A scenario's shocks in the reader's words: what happens, to whom, how strongly, on whose word."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from clarion.desk.language import reader_language
from clarion.locale import say
from clarion.pictures.words import percent
from clarion.spillover.engine.scenario import Range, Scenario
from clarion.spillover.service.words import commodity_name
from clarion.spillover.web.builder import KINDS, kinds
from clarion.vocab import place


@dataclass(frozen=True, slots=True)
class Told:
    """One shock: ``only`` names the commodities it is limited to, ``spared`` the countries it does not touch."""

    what: str
    who: str
    strength: str
    source: str
    only: str
    spared: str


def told(scenario: Scenario) -> list[Told]:
    """Every shock of a scenario, in its order."""
    language, labels = reader_language(), dict(kinds())
    out = []
    for shock in scenario.shocks:
        names, strength = KINDS[shock.kind]
        who = getattr(shock, names)
        named = say(scenario.corridor(who).title, language) if names == "corridor" else place(who).name(language)
        scale = 100 if strength == "cost_percent" else 1
        out.append(
            Told(
                labels[shock.kind],
                named,
                _strength(getattr(shock, strength), scale, language) if strength else "",
                shock.source,
                ", ".join(commodity_name(item, language) for item in shock.items),
                ", ".join(place(iso3).name(language) for iso3 in getattr(shock, "exceptions", ())),
            )
        )
    return out


def _strength(found: Range, scale: float, language: str) -> str:
    def write(value: float) -> str:
        share = value / scale
        return percent(share, language, 0 if abs(share * 100 - round(share * 100)) < 1e-9 else 1)

    if found.low == found.high:
        return write(found.mode)
    return gettext("%(value)s (%(low)s to %(high)s)") % {
        "value": write(found.mode), "low": write(found.low), "high": write(found.high),
    }  # fmt: skip

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
from clarion.spillover.web.timing import spread
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
    return out + _money_and_soil(scenario, language)


def _money_and_soil(scenario: Scenario, language: str) -> list[Told]:
    """What a scenario says of fertiliser, energy and Russia's economy, in the same columns."""
    out = []
    if soil := scenario.fertiliser:
        for short in soil.shortages:
            who = ", ".join(place(iso3).name(language) for iso3 in short.exporters)
            only = ", ".join(commodity_name(item, language) for item in short.nutrients)
            what = gettext("Fertiliser that does not come: share of what they sell")
            out.append(Told(what, who, _strength(short.lost, 1, language), short.source or soil.source, only, ""))
        dearer = [(gettext("Price of %(item)s, times the one before") % {"item": commodity_name(item, language)}, times)
                  for item, times in soil.prices.items()]  # fmt: skip
        dearer += [] if soil.gas.exact else [(gettext("Price of gas, times the one before"), soil.gas)]
        out += [Told(what, "", _strength(times, 1, language), soil.source, "", "") for what, times in dearer]
        if soil.months:
            what = gettext("Months for which fertiliser is short or dear")
            out.append(Told(what, "", spread(soil.months, language), soil.source, "", ""))
    if economy := scenario.economy:
        russia = place("RUS").name(language)
        for what, law in (
            (gettext("Change of output"), economy.growth),
            (gettext("Change of the rouble's value in dollars"), economy.rouble),
        ):
            out.append(Told(what, russia, _strength(law, 1, language), economy.source, "", ""))
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

"""A country's answer in one sentence, with the year of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import CountryProfile, Exposure

NOTABLE = 0.1
"""Share of supply from which what comes through other suppliers is worth the headline."""


def imported(profile: CountryProfile) -> list[Exposure]:
    """The commodities that are imported, the one first whose loss would take most energy from people."""
    found = [e for e in profile.exposures if e.import_tonnes.value]
    return sorted(found, key=lambda e: -(e.kcal_per_person_day.value or 0.0) - through_others(e))


def through_others(found: Exposure) -> float:
    """Energy a person a day that comes through suppliers who depend on the origins themselves; 0 where not known."""
    supply, through = found.share_of_supply.value, found.second_order.value
    return (found.kcal_per_person_day.value or 0.0) * through / supply if supply and through else 0.0


def leading(profile: CountryProfile) -> Exposure | None:
    """The one that brings most energy from the origins directly; None when nothing is imported."""
    known = [e for e in imported(profile) if e.share_from_origins.value is not None]
    return max(known, key=lambda e: e.kcal_per_person_day.value or 0.0, default=None)


def answer_sentence(profile: CountryProfile, language: str) -> str:
    """How strongly the country depends, on what, how sure, and of which years the data speak."""
    from clarion.locale import gettext
    from clarion.pictures.words import number, percent
    from clarion.spillover.service.words import of_commodity, worded
    from clarion.vocab import place

    name = place(profile.iso3).name(language)
    if profile.iso3 in profile.origins:
        return gettext("%(place)s is one of the two countries that others depend on here", language) % {"place": name}
    first = leading(profile)
    if first is None:
        return gettext("No imports of these staples are recorded for %(place)s", language) % {"place": name}
    share, kcal = first.share_from_origins, first.kcal_per_person_day
    most = max(imported(profile), key=through_others)
    if through_others(most) > (kcal.value or 0.0) and (most.second_order.value or 0.0) >= NOTABLE:
        text = gettext(
            "%(place)s: little comes from Russia and Ukraine directly, but %(share)s of the supply of %(item)s comes"
            " through countries that depend on them (data of %(period)s)",
            language,
        )
        return text % {
            "place": name, "item": of_commodity(most.item, language), "period": most.period,
            "share": worded(most.second_order, "share", language),
        }  # fmt: skip
    assert share.value is not None
    words = {
        "place": name,
        "item": of_commodity(first.item, language),
        "share": percent(share.value, language),
        "low": percent(share.interval.low, language) if share.interval else "?",
        "high": percent(share.interval.high, language) if share.interval else "?",
        "period": first.period,
    }
    if kcal.value is None:
        text = gettext("%(place)s: %(share)s of %(item)s imports come from Russia and Ukraine"
                       " (%(low)s to %(high)s; data of %(period)s)", language)  # fmt: skip
        return text % words
    words["kcal"] = number(kcal.value, language)
    text = gettext("%(place)s: %(share)s of %(item)s imports come from Russia and Ukraine (%(low)s to %(high)s),"
                   " about %(kcal)s kcal a person a day (data of %(period)s)", language)  # fmt: skip
    return text % words


def profile_text(profile: CountryProfile, language: str) -> str:
    """The profile for a terminal."""
    from clarion.locale import gettext, say
    from clarion.spillover.service.words import commodity_name, worded

    lines = [answer_sentence(profile, language), ""]
    for e in imported(profile):
        lines.append(f"  {commodity_name(e.item, language)}: {worded(e.share_from_origins, 'share', language)}"
                     f" / {worded(e.share_of_supply, 'share', language)}")  # fmt: skip
    wider = profile.wider
    for label, figure in (
        (gettext("Remittances from Russia, per cent of GDP", language), wider.remittances_pct_gdp),
        (gettext("Fuels from Russia, gigajoules a person a year", language), wider.energy_gj_per_person),
        (gettext("Fertiliser from Russia, share", language), wider.fertiliser_share),
    ):
        lines.append(f"  {label}: {worded(figure, 'number', language, 1)}")
    lines += ["", gettext("What is not known", language)]
    lines += [f"  {say(gap.what, language)}. {say(gap.reason, language)}" for gap in profile.not_known]
    return "\n".join(lines)

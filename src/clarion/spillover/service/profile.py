"""A country's answer in one sentence, with the year of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clarion.spillover.engine.exposure import CountryProfile, Exposure, Wider
    from clarion.vocab import Estimate

NOTABLE = 0.1
"""Share of supply from which what comes through other suppliers is worth the headline; and what is bought directly is
little as long as it is less than this share of the imports, and of the energy that comes through others."""

SUPPLIERS = 5
"""Of a commodity, in a brief and in a terminal; the page has all."""


def leading(profile: CountryProfile) -> Exposure | None:
    """The commodity that brings most energy from the origins directly; None when nothing is imported."""
    imported = [e for e in profile.imported if e.share_from_origins.value is not None]
    return max(imported, key=lambda e: e.kcal_per_person_day.value or 0.0, default=None)


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
    most = max(profile.imported, key=lambda e: e.kcal_through_suppliers)
    little = (kcal.value or 0.0) < NOTABLE * most.kcal_through_suppliers
    if little and (most.share_from_origins.value or 0.0) < NOTABLE <= (most.second_order.value or 0.0):
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


def beyond_food(wider: Wider, language: str) -> tuple[tuple[str, Estimate, str, int], ...]:
    """What else comes from Russia: its name, the figure, and how ``worded`` says it (kind and decimals)."""
    from clarion.locale import gettext

    return (
        (gettext("Remittances from Russia, per cent of GDP", language), wider.remittances_pct_gdp, "number", 1),
        (gettext("Fuels from Russia, gigajoules a person a year", language), wider.energy_gj_per_person, "number", 1),
        (gettext("Fertiliser from Russia, share", language), wider.fertiliser_share, "share", 0),
    )


def through_others(language: str) -> str:
    """What "through other suppliers" means."""
    from clarion.locale import gettext

    return gettext(
        "Through other suppliers: supply bought from other countries, each counted as far as it depends on Russia and"
        " Ukraine itself. It is the most that could be at stake: some such countries have held back exports before.",
        language,
    )


def profile_text(profile: CountryProfile, language: str) -> str:
    """The profile for a terminal."""
    from clarion.locale import gettext, say
    from clarion.spillover.service.words import commodity_name, explained, worded
    from clarion.vocab import place

    lines = [answer_sentence(profile, language)]
    for e in profile.imported:
        lines += ["", commodity_name(e.item, language)]
        for label, figure, kind in (
            (gettext("Share of imports", language), e.share_from_origins, "share"),
            (gettext("Share of supply", language), e.share_of_supply, "share"),
            (gettext("kcal a person a day", language), e.kcal_per_person_day, "number"),
            (gettext("Through other suppliers", language), e.second_order, "share"),
        ):
            lines.append(f"  {label}: {worded(figure, kind, language)}")
        sellers = [p for p in profile.partners if p.item == e.item][:SUPPLIERS]
        told = "; ".join(f"{place(p.partner).name(language)} {worded(p.share, 'share', language)}" for p in sellers)
        lines.append(f"  {gettext('Largest suppliers', language)}: {told}")
    lines += ["", gettext("Wages and fuel", language)]
    for label, figure, kind, digits in beyond_food(profile.wider, language):
        lines.append(f"  {label}: {explained(figure, kind, language, digits)}")
    lines += ["", gettext("What is not known", language)]
    lines += [f"  {say(gap.what, language)}. {say(gap.reason, language)}" for gap in profile.not_known]
    lines += ["", gettext("How sure, and from where", language), f"  {gettext('Ranges are 90 % intervals.', language)}"]
    lines += [f"  {p.source}: {gettext(p.release, language)} ({gettext(p.licence, language)})" for p in profile.sources]
    return "\n".join(lines)

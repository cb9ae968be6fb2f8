"""Warnings that belong to a figure: hubs, contradictions, origins themselves."""

from __future__ import annotations

from clarion.spillover.engine.exposure.answer import Flag
from clarion.spillover.engine.exposure.study import Study
from clarion.vocab import Phrase, commodity

PASSED_ON = 0.2
"""A country that sells this part of its imports, and more than it grows, is called a re-export hub."""
TELL_APART = 1.5
"""A factor between what sellers and buyer report of the same flows that a reader must know of, where the difference is
a ``TENTH`` of all imports."""
TENTH = 0.1
OF_ALL_ENERGY = 0.75
"""Imports of one item that hold this part of all that people eat are more than they use."""
ENERGY_WHERE_UNKNOWN = 2900.0
"""World mean of food supply, kcal a person a day (FAOSTAT food balances, about 2,900 to 3,000), where a country's own
is not known."""


def flags(worked: Study, iso3: str) -> tuple[Flag, ...]:
    """The warnings for one importer."""
    picture, point = worked.picture, worked.point
    i = picture.flows.position[iso3]
    found = []
    if iso3 in worked.question.origins:
        found.append(Flag("origin", Phrase("This country is one of the origins; its purchases are from the others.")))
    sold, bought, grown = float(picture.direct.exports[i]), picture.direct.imports[i], picture.production[i]
    if sold > grown and sold >= PASSED_ON * bought:
        found.append(Flag("re-export-hub", Phrase(
            "It sells {tonnes:,.0f} t a year, more than it grows: part of what it buys is passed on. Corrected trade"
            " traces it.", tonnes=sold)))  # fmt: skip
    if point.share_of_supply[i] > 1:
        found.append(Flag("clipped", Phrase(
            "Purchases from the origins are {ratio:.2f} of recorded supply; shown as 1.",
            ratio=float(point.share_of_supply[i]))))  # fmt: skip
    found += _beyond_use(worked, iso3, float(picture.flows.imports[i]))
    by_partners = sum(
        picture.flows.tonnes[k] for k in picture.flows.bought_by(i) if picture.flows.reported_by[k] == "importer"
    )
    if by_partners > picture.flows.imports[i] / 2:
        found.append(Flag("own-report", Phrase("More than half of its imports are known from its own report alone.")))
    found += _told_apart(worked, iso3, float(picture.direct.imports[i]))
    if picture.harvest_period not in ("", picture.period):
        found.append(
            Flag("harvest-of-another-period", Phrase("Production is of {period}.", period=picture.harvest_period))
        )
    return tuple(found)


def _beyond_use(worked: Study, iso3: str, imports: float) -> list[Flag]:
    people = worked.indicators.nearest(iso3, worked.picture.period, "population")
    per_kg = commodity(worked.question.item).kcal_per_kg
    if people is None or people.value <= 0 or per_kg is None:
        return []
    eaten = worked.indicators.latest(iso3, "des_fbs_kcal_cap_day")
    energy = imports * per_kg * 1000 / people.value / 365
    if energy <= OF_ALL_ENERGY * (eaten.value if eaten else ENERGY_WHERE_UNKNOWN):
        return []
    return [Flag("imports-exceed-use", Phrase(
        "Imports of this commodity alone hold {kcal:,.0f} kcal a person a day: much of it is fed to animals, stored, or"
        " passed on unrecorded.", kcal=energy))]  # fmt: skip


def _told_apart(worked: Study, iso3: str, imports: float) -> list[Flag]:
    """Russia published no customs data from 2022 on, so that its reports may fall far short of its buyers'."""
    sold, bought = worked.told.get(iso3, (0.0, 0.0))
    small, large = min(sold, bought), max(sold, bought)
    if worked.question.trade != "raw" or large <= TELL_APART * small or large - small < TENTH * imports:
        return []
    return [Flag("reports-differ", Phrase(
        "Where both reported, the origins say that they sold it {sold:,.0f} t a year, and it says that it bought"
        " {bought:,.0f} t. Trade as reported takes the sellers' word; corrected trade weighs both.",
        sold=sold, bought=bought))]  # fmt: skip

"""All that is known of one country's exposure, and what is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from clarion.errors import ClarionError
from clarion.spillover.engine.exposure.answer import Exposure
from clarion.spillover.engine.exposure.assemble import answers
from clarion.spillover.engine.exposure.indicators import Figure, Indicators
from clarion.spillover.engine.exposure.partners import Partner, suppliers
from clarion.spillover.engine.exposure.question import ExposureQuestion, ExposureTables
from clarion.spillover.engine.exposure.study import NAMES, Worker, study
from clarion.spillover.engine.exposure.wider import Wider, wider
from clarion.vocab import Period, Phrase, Provenance, commodity, tables_cited

RIVALS = ("wheat_need_from_russia_oecd", "baci_share_rus_ukr_", "trade_share_with_russia")
_SHARE = Phrase("share of imports")  # its name holds the origins
_FIGURES = {
    "import_tonnes": Phrase("imports"),
    "from_origins_tonnes": Phrase("imports from the origins"),
    "share_of_supply": Phrase("share of supply"),
    "kcal_per_person_day": Phrase("energy a person"),
    "concentration": Phrase("concentration of suppliers"),
    "next_supplier_share": Phrase("share of the next supplier"),
    "supplier_gap": Phrase("distance to the next supplier"),
    "spare_cover": Phrase("spare capacity of other suppliers"),
    "second_order": Phrase("dependence through other suppliers"),
    "grown_in_origins": Phrase("share grown in the origins"),
}


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Something that a reader will look for and that the data cannot say, with the latest year that they speak of."""

    what: str
    reason: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class CountryProfile:
    """One country: exposure by commodity, its suppliers, what lies beyond food, and what is not known.

    ``rivals`` are others' figures of the same dependence, kept as published, those that conflict with ours too.
    """

    iso3: str
    origins: tuple[str, ...]
    exposures: tuple[Exposure, ...]
    partners: tuple[Partner, ...]
    wider: Wider
    rivals: tuple[Figure, ...]
    not_known: tuple[NotKnown, ...]

    @property
    def imported(self) -> tuple[Exposure, ...]:
        """Exposures by the commodities that the country imports."""
        return tuple(e for e in self.exposures if e.import_tonnes.value)

    @property
    def sources(self) -> tuple[Provenance, ...]:
        """Every table that stands behind a figure of the profile."""
        figures = [*(f for e in self.exposures for f in e.figures.values()), *self.wider.estimates]
        beside = (*self.wider.published, *self.rivals)
        return tables_cited([*(p for f in figures for p in f.provenance), *(f.provenance for f in beside)])

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "iso3": self.iso3,
            "origins": list(self.origins),
            "exposures": [answer.to_dict() for answer in self.exposures],
            "partners": [partner.to_dict() for partner in self.partners],
            "wider": self.wider.to_dict(),
            "rivals": [figure.to_dict() for figure in self.rivals],
            "sources": [source.to_dict() for source in self.sources],
            "not_known": [{"what": gap.what, "reason": gap.reason, "year": gap.year} for gap in self.not_known],
        }


def country_profile(
    iso3: str, question: ExposureQuestion, tables: ExposureTables, seed: int, work: Worker = study
) -> CountryProfile:  # fmt: skip
    """A country's profile over every item of the trade table, first what would take most energy from its people;
    ``question.item`` and ``countries`` are not used.

    Raises
    ------
    UnknownName: no such country.
    InputError, ModelError: no commodity can be answered, such as for years of which nothing is loaded.
    """
    found: list[tuple[Exposure, list[Partner]]] = []
    gaps: list[NotKnown] = []
    refused: list[ClarionError] = []
    for item in sorted(set(tables.trade_flows.frame["item"].to_list())):
        asked = replace(question, item=item, countries=(iso3,))
        try:
            worked = work(asked, tables, seed)
        except ClarionError as error:
            gaps.append(NotKnown(_of(item, Phrase("exposure")), error.what))
            refused.append(error)
            continue
        (answer,) = answers(worked)
        rows = suppliers(worked.picture, worked.traits, worked.drawn.bought, worked.root, asked, tables)
        found.append((answer, rows))
    if refused and not found:  # such as years of which nothing is loaded: that is no profile
        raise refused[0]
    found.sort(key=lambda pair: -(pair[0].kcal_per_person_day.value or 0.0) - pair[0].kcal_through_suppliers)
    for answer, _ in found:
        gaps += [*_gaps(answer), _reserves(answer.item, iso3, tables)]
    indicators = Indicators(tables.indicators, (*NAMES, *RIVALS))
    beyond = wider(iso3, question.origins, indicators, tables.remittances)
    rivals = indicators.all(iso3, *RIVALS) if "RUS" in question.origins else []
    gaps += _beyond(beyond)
    gaps.append(NotKnown(Phrase("Subsidies of bread and fuel"), Phrase("No source of subsidies by country is loaded.")))
    gaps.append(
        NotKnown(Phrase("Tourism from Russia and Ukraine"), Phrase("No source of tourism by country is loaded."))
    )
    exposures = tuple(answer for answer, _ in found)
    sold = tuple(row for _, bought in found for row in bought)
    return CountryProfile(iso3, question.origins, exposures, sold, beyond, tuple(rivals), tuple(gaps))


def _of(item: str, what: Phrase) -> Phrase:
    return Phrase("{item}: {what}", item=Phrase(commodity(item).name), what=what)


def _gaps(answer: Exposure) -> list[NotKnown]:
    """Each figure that is not known; of what is not imported, that alone, for the rest follows."""
    if not answer.import_tonnes.known:
        return [NotKnown(_of(answer.item, _FIGURES["import_tonnes"]), answer.import_tonnes.reason, answer.period)]
    return [
        NotKnown(_of(answer.item, _FIGURES.get(name, _SHARE)), figure.reason, answer.period)
        for name, figure in answer.figures.items()
        if not figure.known
    ]


def _reserves(item: str, iso3: str, tables: ExposureTables) -> NotKnown:
    """Stocks are the weakest table: often old, often absent, never by owner."""
    what = _of(item, Phrase("reserves"))
    if tables.stocks is None:
        return NotKnown(what, Phrase("No stocks are loaded."))
    rows = tables.stocks.frame
    found = [period for kind, place, period in rows.select("item", "iso3", "period").iter_rows()
             if kind == item and place == iso3]  # fmt: skip
    if not found:
        return NotKnown(
            what, Phrase("The stocks table from {source} has none for this country.", source=tables.stocks.source)
        )
    latest = max(found, key=lambda label: Period.parse(label).last)
    return NotKnown(what, Phrase("Stocks are known for {period} only; later ones, and who holds them, are not.",
                                 period=latest), latest)  # fmt: skip


def _beyond(beyond: Wider) -> list[NotKnown]:
    named = (
        (Phrase("Remittances from Russia"), beyond.remittances_pct_gdp),
        (Phrase("Fuels from Russia"), beyond.energy_gj_per_person),
        (Phrase("Fertiliser from Russia"), beyond.fertiliser_share),
    )
    return [NotKnown(what, figure.reason) for what, figure in named if not figure.known]

"""The US Treasury's sanctions lists other than that of Specially Designated Nationals, consolidated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="ofac-consolidated",
    title="Consolidated Sanctions List (non-SDN lists)",
    publisher="Office of Foreign Assets Control, US Department of the Treasury",
    url="https://ofac.treasury.gov/consolidated-sanctions-list-non-sdn-lists",
    licence="Public domain (US government)",
    licence_url="https://www.law.cornell.edu/uscode/text/17/105",
    cadence="several times a year",
    tables=("listed_parties", "listed_names", "listed_facts"),
    rows=(3_000, 100_000),
    file_format="CONSOLIDATED.XML, CONS_ADVANCED.XML, or cons_prim.csv, cons_alt.csv, cons_add.csv and "
    "cons_comments.csv together",
    download="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONSOLIDATED.XML",
    file_name="CONSOLIDATED.XML",
    files="together",
    notes="Sectoral and other measures short of blocking: what is forbidden stands in the programme and the directive.",
)
def ofac_consolidated(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """The tables from whichever of OFAC's forms was given."""
    from clarion.sources.formats.sanctions.ofac import read_ofac

    return read_ofac(raw)

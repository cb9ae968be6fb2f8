"""The US Treasury's list of Specially Designated Nationals and Blocked Persons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="ofac-sdn",
    title="Specially Designated Nationals and Blocked Persons List",
    publisher="Office of Foreign Assets Control, US Department of the Treasury",
    url="https://ofac.treasury.gov/specially-designated-nationals-and-blocked-persons-list-sdn-human-readable-lists",
    licence="Public domain (US government)",
    licence_url="https://www.law.cornell.edu/uscode/text/17/105",
    cadence="several times a week",
    tables=("listed_parties", "listed_names", "listed_facts"),
    rows=(40_000, 2_000_000),
    file_format="SDN.XML, SDN_ADVANCED.XML, or sdn.csv, alt.csv, add.csv and sdn_comments.csv together",
    download="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.XML",
    file_name="SDN.XML",
    files="together",
    notes="Property of those listed is blocked. Companies that listed persons own by half or more are blocked too, and "
    "stand on no list. Scripts other than Latin are in the advanced form alone.",
)
def ofac_sdn(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """The tables from whichever of OFAC's forms was given."""
    from clarion.sources.formats.sanctions.ofac import read_ofac

    return read_ofac(raw)

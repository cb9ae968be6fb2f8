"""The UK Sanctions List, the only British one since 28 January 2026."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="uk-sanctions-list",
    title="UK Sanctions List",
    publisher="Foreign, Commonwealth and Development Office",
    url="https://www.gov.uk/government/publications/the-uk-sanctions-list",
    licence="Open Government Licence 3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    cadence="several times a week",
    tables=("listed_parties", "listed_names", "listed_facts"),
    rows=(20_000, 2_000_000),
    file_format="UK-Sanctions-List.csv or UK-Sanctions-List.xml",
    download="https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml",
    file_name="UK-Sanctions-List.xml",
    notes="Each entry tells the sanctions imposed. Strength of an alias is given mostly for those of the UN.",
)
def uk_sanctions_list(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """The tables from the CSV or the XML."""
    from clarion.sources.formats.sanctions.files import members, only
    from clarion.sources.formats.sanctions.uk_csv import read_uk_csv
    from clarion.sources.formats.sanctions.uk_xml import read_uk_xml

    with members(raw) as found:
        member = only(found, raw)
        return read_uk_xml(member, raw) if member.is_xml else read_uk_csv(member, raw)

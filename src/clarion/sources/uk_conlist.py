"""The consolidated list of Britain's Office of Financial Sanctions Implementation, closed on 28 January 2026."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="uk-conlist",
    title="OFSI Consolidated List of Asset Freeze Targets (closed)",
    publisher="Office of Financial Sanctions Implementation, HM Treasury",
    url="https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets",
    licence="Open Government Licence 3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    cadence="closed on 28 January 2026",
    tables=("listed_parties", "listed_names", "listed_facts"),
    rows=(15_000, 1_000_000),
    file_format="ConList.csv or ConList.xlsx",
    download="https://ofsistorage.blob.core.windows.net/publishlive/2022format/ConList.csv",
    file_name="ConList.csv",
    superseded_by="uk-sanctions-list",
    notes="Frozen: nobody listed since is in it. For work on past decisions; screen against uk-sanctions-list.",
)
def uk_conlist(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """The tables from the CSV or the workbook."""
    from clarion.sources.formats.sanctions.files import members, only
    from clarion.sources.formats.sanctions.uk_conlist import read_conlist

    with members(raw, workbook=True) as found:
        return read_conlist(only(found, raw), raw)

"""The European Union's consolidated list of financial sanctions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="eu-fsf",
    title="Consolidated list of persons, groups and entities subject to EU financial sanctions",
    publisher="European Commission, DG FISMA",
    url="https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions",
    licence="Reuse with attribution (Decision 2011/833/EU)",
    licence_url="https://eur-lex.europa.eu/eli/dec/2011/833/oj",
    cadence="with each act",
    tables=("listed_parties", "listed_names", "listed_facts"),
    rows=(30_000, 2_000_000),
    file_format="the full list as XML 1.1 or CSV 1.1 (xmlFullSanctionsList_1_1, csvFullSanctionsList_1_1)",
    download="https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",
    file_name="xmlFullSanctionsList_1_1.xml",
    notes="Asset freezes alone: whom other measures hit, such as the annexes of Regulation 833/2014, is not in it. "
    "Only the Official Journal is authentic, and it can lead by days.",
)
def eu_fsf(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """The tables from the XML or the CSV."""
    from clarion.sources.formats.sanctions.eu_fsf_csv import read_fsf_csv
    from clarion.sources.formats.sanctions.eu_fsf_xml import read_fsf_xml
    from clarion.sources.formats.sanctions.files import members, only

    with members(raw) as found:
        member = only(found, raw)
        return read_fsf_xml(member, raw) if member.is_xml else read_fsf_csv(member, raw)

"""The consolidated list of the United Nations Security Council."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="un-consolidated",
    title="United Nations Security Council Consolidated List",
    publisher="United Nations Security Council",
    url="https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
    licence="Public list, free to use",
    licence_url="https://www.un.org/en/about-us/terms-of-use",
    cadence="with each decision of a committee",
    tables=("listed_parties", "listed_names", "listed_facts"),
    rows=(8_000, 500_000),
    file_format="consolidated.xml",
    download="https://scsanctions.un.org/resources/xml/en/consolidated.xml",
    file_name="consolidated.xml",
    notes="The Council has no measures against Russia. Parts of a name are numbered, not called given or family name.",
)
def un_consolidated(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """The tables from the XML."""
    from clarion.sources.formats.sanctions.files import members, only
    from clarion.sources.formats.sanctions.un_xml import read_un_xml

    with members(raw) as found:
        return read_un_xml(only(found, raw), raw)

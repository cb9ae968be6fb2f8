"""The Swiss list of the State Secretariat for Economic Affairs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="ch-seco",
    title="Consolidated list of sanctioned individuals, entities and objects",
    publisher="State Secretariat for Economic Affairs (SECO), Switzerland",
    url="https://www.seco.admin.ch/seco/en/home/Aussenwirtschaftspolitik_Wirtschaftliche_Zusammenarbeit/"
    "Wirtschaftsbeziehungen/exportkontrollen-und-sanktionen/sanktionen-embargos.html",
    licence="Public list, free to use",
    cadence="with each change of an ordinance",
    tables=("listed_parties", "listed_names", "listed_facts"),
    rows=(30_000, 2_000_000),
    file_format="consolidated-list.xml, the whole list as XML",
    download="https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml"
    "?lang=en&action=downloadXmlGesamtlisteAction",
    file_name="consolidated-list.xml",
    notes="Those taken off the list stay in the file and are kept as delisted.",
)
def ch_seco(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """The tables from the XML."""
    from clarion.sources.formats.sanctions.files import members, only
    from clarion.sources.formats.sanctions.seco_xml import read_seco

    with members(raw) as found:
        return read_seco(only(found, raw), raw)

"""OFAC's lists in whichever of its three forms they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions.files import members
from clarion.sources.formats.sanctions.ofac_advanced import read_ofac_advanced
from clarion.sources.formats.sanctions.ofac_csv import read_ofac_csv
from clarion.sources.formats.sanctions.ofac_files import one_form
from clarion.sources.formats.sanctions.ofac_xml import read_ofac_xml

if TYPE_CHECKING:
    import polars as pl

HEAD = 4096  # bytes within which the first element stands


def read_ofac(raw: Raw) -> dict[str, pl.DataFrame]:
    """The list's tables: CSVs by their columns, XML by its first element.

    Raises
    ------
    SourceError: as the readers of each form; also where files of several forms come together.
    """
    with members(raw) as found:
        if not one_form(found, raw):
            return read_ofac_csv(found, raw)
        member = found[0]
        advanced = b"<Sanctions" in member.head(HEAD).replace(b"\0", b"")
        return read_ofac_advanced(member, raw) if advanced else read_ofac_xml(member, raw)

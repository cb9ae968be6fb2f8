"""The European Union's financial sanctions file as XML 1.1, a stream of some 25 MB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions.eu_fsf import entity
from clarion.sources.formats.sanctions.files import Member
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.xml import read_xml

if TYPE_CHECKING:
    import polars as pl

ROOT = "export"


def read_fsf_xml(member: Member, raw: Raw) -> dict[str, pl.DataFrame]:
    """The list's tables.

    Raises
    ------
    SourceError: as ``read_xml``.
    """
    gathered = Gathered(raw)
    with member.open() as stream:
        for node in read_xml(stream, member.faults, ROOT):
            entry = ""
            if node.tag == ROOT:
                raw.release = gathered.day(node.attribute("generationDate")) or raw.release
                node.attribute("globalFileId")
            elif node.tag == "sanctionEntity":
                entry = entity(node, gathered)
            gathered.left(entry, node)
    return gathered.frames()

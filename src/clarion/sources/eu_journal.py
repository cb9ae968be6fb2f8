"""Designations of the European Union as the Official Journal prints them, act by act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clarion.sources.base import Raw, source

if TYPE_CHECKING:
    import polars as pl


@source(
    id="eu-journal",
    title="Designations in the Official Journal of the EU, one list for each act",
    publisher="Official Journal of the European Union, transcribed by OpenSanctions",
    url="https://github.com/opensanctions/opensanctions/tree/main/datasets/eu/journal_sanctions",
    licence="CC BY-NC 4.0 (the transcription); the acts are free to reuse",
    licence_url="https://creativecommons.org/licenses/by-nc/4.0/",
    cadence="with each act",
    tables=("listed_parties", "listed_names", "listed_facts"),
    rows=(1, 500_000),
    file_format="CSVs named by the CELEX number of their act, such as 32014R0269.csv",
    file_name="eu-journal.zip",
    files="each",
    notes="Each row is one whom an annex names, with the annex's measure. An act whose annexes are empty is kept as a "
    "list of nobody. The transcription may not be used commercially.",
)
def eu_journal(raw: Raw) -> Mapping[str, pl.DataFrame]:
    """The tables of one act."""
    from clarion.sources.formats.sanctions.eu_journal import read_eu_journal
    from clarion.sources.formats.sanctions.files import members, only

    with members(raw) as found:
        return read_eu_journal(only(found, raw), raw)

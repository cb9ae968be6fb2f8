"""Every list of the evaluation data, loaded as an operator would load it."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clarion.screening.engine.parties import parties
from clarion.screening.engine.subject import Party
from clarion.sources.lists import read_list
from clarion.sources.load import load_source

_OFAC = ("OFAC_sdn_2021-07.csv", "OFAC_alt_2021-07.csv", "OFAC_add_2021-07.csv")


@contextmanager
def loaded(data: Path, home: Path) -> Iterator[list[str]]:
    """The ids of the lists, in a data folder of their own: the acts of the Official Journal, the UN's list of 2026,
    OFAC's SDN of July 2021, the closed British one of 2022."""
    screening = data / "screening"
    with tempfile.TemporaryDirectory() as folder:
        for name in _OFAC:
            shutil.copy(screening / "lists_official" / name, Path(folder) / name)
        found: list[str] = []
        for source, file in (
            ("eu-journal", screening / "eu_journal" / "consolidated"),
            ("un-consolidated", screening / "lists_official" / "UN_consolidated_2026-02-27.xml"),
            ("ofac-sdn", Path(folder)),
            ("uk-conlist", screening / "lists_official" / "UK_OFSI_ConList_2022.xlsx"),
        ):
            of_file = load_source(source, home, file)
            found += of_file.lists or (source,)
        yield found


def persons(data: Path) -> list[Party]:
    """The persons of all these lists."""
    with tempfile.TemporaryDirectory() as home, loaded(data, Path(home)) as names:
        held = [read_list(Path(home), name) for name in names]
        return [party for one in held for party in parties(one.name, one.parties, one.names, one.facts)
                if party.kind == "person"]  # fmt: skip


def other_bodies(data: Path) -> list[str]:
    """The names of organisations that OFAC lists under programmes for countries other than Russia, Ukraine, Belarus."""
    with (data / "screening" / "lists_official" / _OFAC[0]).open(encoding="latin-1", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) > 3 and row[2].strip() == "-0-"]
    return [row[1] for row in rows if not any(at in row[3] for at in ("RUSSIA", "UKRAINE", "BELARUS"))]

"""OFAC's CSVs: a main file, its aliases, its addresses and the rest of long remarks, joined by the entry's number.

``-0-`` is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from clarion.errors import SourceError
from clarion.sources.base import Raw
from clarion.sources.formats.sanctions.files import Member
from clarion.sources.formats.sanctions.gather import Gathered
from clarion.sources.formats.sanctions.ofac_files import (
    ADDRESS,
    ALIAS,
    COMMENT,
    MAIN,
    NAMES,
    ONE_DAY,
    by_width,
    days,
)
from clarion.sources.formats.sanctions.ofac_words import ALIASES, PARTIES, remark, split_programmes, split_remarks

if TYPE_CHECKING:
    import polars as pl

END_OF_FILE = "\x1a"  # DOS's mark, alone in the last line
FULL = 1000  # characters after which a remark goes on in the comments file
STRANGERS = 0.01  # share of aliases without their entry above which the files are of different days
VESSEL = ("Call sign", "Vessel type", "Tonnage", "Gross registered tonnage", "Vessel flag", "Vessel owner")


def read_ofac_csv(found: Sequence[Member], raw: Raw) -> dict[str, pl.DataFrame]:
    """The list's tables from its files.

    Raises
    ------
    SourceError: a file is missing, given twice, cut short, of another day than the others, or none of OFAC's.
    """
    files = by_width(found)
    gathered = Gathered(raw)
    rest = {row[0]: row[1] for _, row in _rows(files[COMMENT], COMMENT, raw)} if COMMENT in files else {}
    marks: dict[str, str] = {}
    for line, row in _rows(files[MAIN], MAIN, raw):
        marks[row[0]] = _party(gathered, line, row, rest.pop(row[0], ""), COMMENT in files)
    lost = len(rest)
    for line, (number, _, kind, name, note) in _rows(files[ALIAS], ALIAS, raw):
        if number not in marks:
            lost += 1
            continue
        _name(gathered, marks[number], name, line, kind=ALIASES.get(kind.lower(), "alias"), quality="strong",
              label=kind)  # fmt: skip
        gathered.fact(marks[number], "remark", note, line)
    for line, (number, _, street, city, country, note) in _rows(files[ADDRESS], ADDRESS, raw):
        if number not in marks:
            lost += 1
            continue
        gathered.fact(
            marks[number], "address", ", ".join(filter(None, (street, city, country))), line, country=country, note=note
        )
    if lost > STRANGERS * max(len(marks), 100):
        raise SourceError(
            f"{lost:,} aliases, addresses and remarks speak of entries that the main file does not have:"
            f" the files are of different days. {days(found)}".rstrip(),
            where=str(raw.path), next_step=f"{ONE_DAY} Or download all of them anew at one time.", lost=lost,
        )  # fmt: skip
    raw.count("aliases, addresses or remarks of entries that the main file lacks", lost)
    return gathered.frames()


def _rows(member: Member, width: int, raw: Raw) -> Iterator[tuple[int, list[str]]]:
    closed = False
    for line, row in member.csv():
        if row == [END_OF_FILE]:
            closed = True
            continue
        if len(row) != width:
            raise member.faults(
                f"A row has {len(row)} fields; {NAMES[width]} has {width}.", line=line,
                next_step="Check that the file was not cut short; download it again.",
            )  # fmt: skip
        yield line, ["" if value.strip() == "-0-" else value.strip() for value in row]
    raw.count("files without OFAC's closing mark, which may have been cut short", not closed)


def _party(gathered: Gathered, line: int, row: list[str], rest: str, comments: bool) -> str:
    number, name, kind, programmes, title, *vessel, remarks = row
    if kind not in PARTIES:
        gathered.raw.count(f"entries of a kind that is not known: {kind[:40]}", 1)
    entry = gathered.party(number, PARTIES.get(kind, "unknown"), line)
    _name(gathered, entry, name, line, kind="primary", quality="strong", person=kind == "individual")
    for programme in split_programmes(programmes):
        gathered.fact(entry, "programme", programme, line)
    gathered.fact(entry, "title", title, line)
    for label, value in zip(VESSEL, vessel, strict=True):
        gathered.fact(entry, "vessel", value, line, document=label)
    if len(remarks) >= FULL and not rest and not comments:
        gathered.raw.count("remarks cut at 1,000 characters, which go on in a file of comments that was not given", 1)
    for part in split_remarks(remarks + rest):
        remark(gathered, entry, part, line)
    return entry


def _name(
    gathered: Gathered, entry: str, name: str, line: int, *, kind: str, quality: str, label: str = "",
    person: bool | None = None,
) -> None:  # fmt: skip
    """OFAC writes persons as LAST, First; the comma of a company is part of its name."""
    if person is None:
        person = gathered.kind(entry) == "person"
    family, comma, given = name.partition(", ") if person else ("", "", "")
    gathered.name(
        entry, name, line, kind=kind, quality=quality, label=label, family=family if comma else "", given=given
    )

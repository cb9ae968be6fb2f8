"""Which of OFAC's files were given, and what to do where they do not make one list of one day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime

from clarion.errors import SourceError
from clarion.sources.base import Raw
from clarion.sources.formats.sanctions.files import Member

MAIN, ALIAS, ADDRESS, COMMENT = 12, 5, 6, 2
"""The files by the number of their columns: they have no header, and may have any name."""
NAMES = {MAIN: "sdn.csv or cons_prim.csv", ALIAS: "alt.csv or cons_alt.csv", ADDRESS: "add.csv or cons_add.csv",
         COMMENT: "sdn_comments.csv or cons_comments.csv"}  # fmt: skip
NEEDED = (MAIN, ALIAS, ADDRESS)
ONE_DAY = "Load the files of one day alone, and all of that day: name them, or put each day into a folder of its own."
_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?([01]\d)(?:[-_.]?([0-3]\d))?(?!\d)")


def one_form(found: Sequence[Member], raw: Raw) -> bool:
    """Whether the list was given as XML, which holds all of it in one file.

    Raises
    ------
    SourceError: there is XML and something else beside it.
    """
    xml = [member.name for member in found if member.is_xml]
    if xml and len(found) > 1:
        rest = [member.name for member in found if member.name not in xml]
        raise SourceError(
            f"An XML file of OFAC's is a whole list, and there is more than one file. XML: {_some(xml)}."
            + (f" Others: {_some(rest)}." if rest else ""),
            where=str(raw.path),
            next_step="Name one XML file alone, or the CSV files of one day together.",
        )
    return bool(xml)


def by_width(found: Sequence[Member]) -> dict[int, Member]:
    """OFAC's CSVs by the number of their columns.

    Raises
    ------
    SourceError: a file is none of OFAC's, is there twice, or is missing.
    """
    widths = {member.name: len(next(member.csv(), (1, []))[1]) for member in found}
    for member in found:
        if widths[member.name] not in NAMES:
            raise member.faults(
                f"A file of OFAC's has 12, 5, 6 or 2 columns; the first row here has {widths[member.name]}.", line=1,
                next_step=f"Give {NAMES[MAIN]}, {NAMES[ALIAS]} and {NAMES[ADDRESS]}, as OFAC publishes them.",
            )  # fmt: skip
    files: dict[int, Member] = {}
    for member in found:
        if widths[member.name] in files:
            raise _twice(found, widths, files[widths[member.name]], member)
        files[widths[member.name]] = member
    for width in NEEDED:
        if width not in files:
            raise SourceError(
                f"The file {NAMES[width]} is missing: without it people would not be found.",
                where=str(found[0].path),
                next_step=f"Name all files of one day together, or their folder: {', '.join(NAMES.values())}.",
            )
    return files


def days(found: Sequence[Member]) -> str:
    """Which file is of which day, for a message: the files bear none, so their names tell, or when they were saved;
    "" where all are of one."""
    grouped = _by_day(found)
    if len(grouped) < 2:
        return ""
    listed = "; ".join(f"{day}: {_some([one.name for one in members])}" for day, members in grouped.items())
    return f"By their names, or else by when they were saved: {listed}."


def _twice(found: Sequence[Member], widths: dict[str, int], first: Member, second: Member) -> SourceError:
    what = f"{first.name} and {second.name} are both in the form of {NAMES[widths[first.name]]}."
    told = days(found)
    if not told:
        return second.faults(
            what,
            next_step="Keep one of the two. Files of the consolidated list (cons_...) are loaded as ofac-consolidated.",
        )
    whole = [day for day, members in _by_day(found).items() if _complete([widths[one.name] for one in members])]
    return SourceError(
        f"{what} {told}", where=str(first.path if first.archive else first.path.parent),
        next_step=" ".join([ONE_DAY, *(f"Complete are those of {day}." for day in whole)]),
    )  # fmt: skip


def _complete(widths: list[int]) -> bool:
    return len(set(widths)) == len(widths) and set(NEEDED) <= set(widths)


def _by_day(found: Sequence[Member]) -> dict[str, list[Member]]:
    grouped: dict[str, list[Member]] = defaultdict(list)
    for member in found:
        grouped[_day(member)].append(member)
    return dict(sorted(grouped.items()))


def _day(member: Member) -> str:
    if told := _DAY.search(member.name):
        return "-".join(filter(None, told.groups()))
    if member.archive:
        with suppress(ValueError):  # some programs write no day, which reads as the day 0 of the month 0
            return date(*member.archive.getinfo(member.name).date_time[:3]).isoformat()
    return datetime.fromtimestamp(member.path.stat().st_mtime, UTC).date().isoformat()


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")

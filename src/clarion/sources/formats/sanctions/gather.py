"""What the readers of lists fill: parties, names and facts, gathered in batches and given as the three tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clarion.sources.base import Raw
from clarion.sources.formats.sanctions import dates
from clarion.sources.formats.sanctions.text import clean, scripts_of
from clarion.tables.registry import table

if TYPE_CHECKING:
    import polars as pl

    from clarion.sources.formats.sanctions.xml import Node

BATCH = 50_000
LONGEST_PLACE = 120  # characters of the place of an element, within its entry
UNREAD = "elements or columns that this reader does not know, kept as unread: {}"


class Gathered:
    """Rows of one list. Every method takes the line in the file, so that a reader can be sent to it.

    ``combine`` is for lists that print one row for each pairing of name, date and address: what an entry says twice is
    kept once.
    """

    def __init__(self, raw: Raw, *, combine: bool = False) -> None:
        self.raw = raw
        self.latest = raw.today.year
        self._rows = {name: _Rows(name) for name in ("listed_parties", "listed_names", "listed_facts")}
        self._parties: dict[str, list[Any]] = {}
        self._twins: Counter[str] = Counter()
        self._numbers: Counter[tuple[str, str]] = Counter()
        self._said: set[tuple[Any, ...]] | None = set() if combine else None

    def __contains__(self, entry: str) -> bool:
        return entry in self._parties

    def party(
        self, entry: str, kind: str, row: int, *, sex: str = "", listed: str = "", amended: str = "",
        status: str = "listed",
    ) -> str:  # fmt: skip
        """Note a party; the mark under which its names and facts belong.

        A mark that the file gives to two entries is told apart by ``#2``; one that is missing becomes the line. Nobody
        who is listed is dropped for a publisher's slip.
        """
        entry = clean(entry)
        if not entry:
            self.raw.count("entries without a mark of their own, named by their line", 1)
            entry = f"line-{row}"
        mark = entry
        while mark in self._parties:
            self._twins[entry] += 1
            mark = f"{entry}#{self._twins[entry] + 1}"
        if mark != entry:
            self.raw.count("entries that share another's mark, kept under MARK#2", 1)
        self._parties[mark] = [mark, kind, sex or None, listed or None, amended or None, status, row]
        return mark

    def kind(self, entry: str) -> str:
        """What a noted party is."""
        return str(self._parties[entry][1])

    def named(self, entry: str) -> bool:
        """Whether a name of it was kept."""
        return bool(self._numbers["listed_names", entry])

    def amend(self, entry: str, **changes: str) -> None:
        """Fill what a later part of the file tells of a party: ``sex``, ``listed``, ``amended``, ``status``.

        The earliest day of listing and the latest change stand.
        """
        party = self._parties[entry]
        for name, value in changes.items():
            at = {"sex": 2, "listed": 3, "amended": 4, "status": 5}[name]
            if value and at == 3:
                party[at] = min(party[at] or value, value)
            elif value and at == 4:
                party[at] = max(party[at] or value, value)
            elif value:
                party[at] = value

    def name(
        self, entry: str, whole: str, row: int, *, kind: str = "alias", quality: str = "unstated", family: str = "",
        given: str = "", middle: str = "", father: str = "", parts: Mapping[str, str] | None = None, label: str = "",
        language: str = "", sex: str = "",
    ) -> None:  # fmt: skip
        """Keep a name; an empty one is counted. ``whole`` is joined from the parts where it is not given."""
        texts = {tag: clean(value) for tag, value in (parts or {}).items() if clean(value)}
        tagged = [clean(part) for part in (given, middle, father, family)]
        whole = clean(whole) or " ".join(filter(None, tagged)) or " ".join(texts.values())
        if not whole:
            self.raw.count("names that are empty", 1)
            return
        given, middle, father, family = tagged
        self._add(
            "listed_names", entry, row, whole, family, given, middle, father,
            json.dumps(texts, ensure_ascii=False) if texts else "", kind, quality, clean(label), scripts_of(whole),
            clean(language), sex,
        )  # fmt: skip

    def fact(
        self, entry: str, kind: str, value: str, row: int, *, date: dates.Dated | None = None, country: str = "",
        document: str = "", note: str = "",
    ) -> None:  # fmt: skip
        """Keep a fact; nothing is kept where the list says nothing."""
        value, country = clean(value), clean(country)
        if not value and not country:
            return
        start, end, precision, circa = "", "", "", ""
        if date is not None:
            start, end, precision, circa = date.start, date.end, date.precision, "yes" if date.circa else "no"
            if date.reason:
                self.raw.count(date.reason, 1)
        self._add(
            "listed_facts", entry, row, kind, value or country, start, end, precision, circa, country, clean(document),
            clean(note),
        )  # fmt: skip

    def born(self, entry: str, printed: str, row: int, *, circa: bool = False, note: str = "") -> None:
        """Keep a printed birth date with what it may mean."""
        if printed := clean(printed):
            self.fact(
                entry, "birth_date", printed, row, date=dates.read_date(printed, self.latest, circa=circa), note=note
            )

    def day(self, printed: str, *, american: bool = False) -> str:
        """A printed day of listing or change as ISO 8601; one that is no day is counted and left open."""
        if not clean(printed):
            return ""
        found = dates.day_of(clean(printed), self.latest, american=american)
        if not found:
            self.raw.count("days of listing or change that are no day, left open", 1)
        return found

    def unread(self, entry: str, where: str, value: str, row: int) -> None:
        """Keep, and count by its place, what the reader has no meaning for."""
        where = where[:LONGEST_PLACE]
        self.raw.count(UNREAD.format(where), 1)
        if entry:
            self.fact(entry, "unread", value, row, document=where)

    def left(self, entry: str, node: Node) -> None:
        """Keep and count all of an element that was not taken out; ``entry`` is "" for what belongs to none."""
        for where, value, line in node.left():
            self.unread(entry, where, value, line)

    def frames(self) -> dict[str, pl.DataFrame]:
        """The three tables."""
        named = {entry for name, entry in self._numbers if name == "listed_names"}
        self.raw.count("entries without a name", len(self._parties.keys() - named))
        for party in self._parties.values():
            self._rows["listed_parties"].add(party)
        return {name: rows.frame() for name, rows in self._rows.items()}

    def _add(self, name: str, entry: str, row: int, *values: str) -> None:
        if self._said is not None:
            if (name, entry, values) in self._said:
                return
            self._said.add((name, entry, values))
        self._numbers[name, entry] += 1
        self._rows[name].add([entry, self._numbers[name, entry], *(value or None for value in values), row])


class _Rows:
    """Rows of one table, turned into a frame every so often: a list of lists takes ten times the room."""

    def __init__(self, name: str) -> None:
        self._columns = table(name).columns
        self._rows: list[list[Any]] = []
        self._frames: list[pl.DataFrame] = []

    def add(self, row: list[Any]) -> None:
        self._rows.append(row)
        if len(self._rows) >= BATCH:
            self._flush()

    def frame(self) -> pl.DataFrame:
        import polars as pl

        self._flush()
        return pl.concat(self._frames)

    def _flush(self) -> None:
        import polars as pl

        kinds = {c.name: pl.Int64 if c.kind == "integer" else pl.String for c in self._columns}
        self._frames.append(pl.DataFrame(self._rows, schema=kinds, orient="row"))
        self._rows = []

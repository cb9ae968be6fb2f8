"""The table of exemptions as CSV: read strictly, told line and column where it is wrong, and written again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import date

from clarion.errors import InputError
from clarion.screening.engine.exemptions.entry import MEASURES, PURPOSES, STANDINGS, Entry
from clarion.vocab import Phrase
from clarion.vocab.letters import UNSEEN

COLUMNS = (
    "id", "authority", "jurisdiction", "instrument", "article_or_licence", "regime", "programmes", "measures",
    "permission", "standing", "what_it_permits", "who_may_use", "conditions", "cautions", "valid_from", "valid_until",
    "supersedes", "relevant_to", "source", "source_url", "checked_on", "needs_verification", "reviewed_by",
    "reviewed_on",
)  # fmt: skip
JURISDICTIONS = ("US", "EU", "UK", "UN", "CH", "CA", "AU", "NO", "LI")
MOST_ROWS, LONGEST = 5000, 2000
MOST_STARS = 3
"""Asterisks of one pattern of a programme."""
_ADDED = {"cautions": ""}
"""Columns that a table of before them may lack, with what then stands there."""
_NEEDED = ("id", "authority", "instrument", "what_it_permits", "source")


def read(text: str, where: str, *, own: bool = False, today: date | None = None) -> list[Entry]:
    """The entries of a CSV text; ``where`` names it in errors.

    Raises
    ------
    InputError: a column is missing or unknown, a row is not whole, an id comes twice, or a value is none that can be.
    """
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    found: dict[str, Entry] = {}
    try:
        header = next(rows, [])
        if sorted({*header, *_ADDED}) != sorted(COLUMNS) or len(set(header)) != len(header):
            odd = sorted({*header, *_ADDED} ^ set(COLUMNS)) or [Phrase("a heading that comes twice")]
            raise _wrong(where, 1, Phrase("The columns are not those of the table: {names}.", names=tuple(odd[:8])))
        for values in rows:
            line = rows.line_num
            if not any(value.strip() for value in values):
                continue
            if len(values) != len(header):
                raise _wrong(where, line, Phrase("The row has more or fewer fields than the heading."))
            entry = _entry(_ADDED | dict(zip(header, values, strict=True)), where, line, own, today)
            if entry.id in found:
                raise _wrong(where, line, Phrase("The id {name} comes twice.", name=entry.id))
            if len(found) >= MOST_ROWS:
                raise _wrong(where, line, Phrase("The table has more rows than it may."))
            found[entry.id] = entry
    except csv.Error as error:
        raise _wrong(where, rows.line_num, Phrase("This is no CSV: a quotation mark is not closed.")) from error
    return list(found.values())


def written(entries: Iterable[Entry]) -> str:
    """The entries as the CSV that ``read`` takes, to be reviewed and laid beside."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in entries:
        rows.writerow((
            one.id, one.authority, one.jurisdiction, one.instrument, one.article, one.regime,
            "|".join(one.programmes), "|".join(one.measures), "before" if one.before else "", one.standing,
            one.permits, one.who, one.conditions, one.cautions, one.valid_from or "", one.valid_until or "",
            "|".join(one.supersedes), "|".join(one.purposes), one.source, one.url, one.checked_on,
            "true" if one.to_verify else "false", one.reviewed_by, one.reviewed_on or "",
        ))  # fmt: skip
    return out.getvalue()


def _entry(row: dict[str, str], where: str, line: int, own: bool, today: date | None) -> Entry:
    said = {name: " ".join(value.split()) for name, value in row.items()}

    def wrong(column: str) -> InputError:
        return _wrong(where, line, Phrase("The value of {name} is none that can be.", name=column))

    def ensure(column: str, fits: bool) -> None:
        if not fits:
            raise wrong(column)

    def one_of(column: str, known: tuple[str, ...]) -> str:
        ensure(column, said[column] in known)
        return said[column]

    def several(column: str, known: tuple[str, ...] = ()) -> tuple[str, ...]:
        parts = tuple(part.strip() for part in said[column].split("|") if part.strip())
        ensure(column, not known or set(parts) <= set(known))
        return parts

    for column, value in said.items():
        ensure(column, len(value) <= LONGEST and not UNSEEN.search(value))
        ensure(column, bool(value) or column not in _NEEDED)
    ensure("id", bool(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,29}", said["id"])))
    # Each further asterisk multiplies the time that a pattern can take.
    ensure("programmes", all(part.count("*") <= MOST_STARS for part in said["programmes"].split("|")))
    ensure("source_url", not said["source_url"] or _publishers(said["source_url"]))
    entry = Entry(
        said["id"], said["authority"], one_of("jurisdiction", JURISDICTIONS), said["instrument"],
        said["article_or_licence"], said["regime"], several("programmes"), several("measures", MEASURES),
        one_of("permission", ("", "before")) == "before", one_of("standing", STANDINGS), said["what_it_permits"],
        said["who_may_use"], said["conditions"], said["cautions"], _day(said, "valid_from", wrong),
        _day(said, "valid_until", wrong), several("supersedes"), several("relevant_to", PURPOSES), said["source"],
        said["source_url"], _needed_day(said, "checked_on", wrong),
        one_of("needs_verification", ("true", "false")) == "true", said["reviewed_by"],
        _day(said, "reviewed_on", wrong), own,
    )  # fmt: skip
    ensure("valid_until", not (entry.valid_from and entry.valid_until and entry.valid_until < entry.valid_from))
    ensure("reviewed_on", bool(entry.reviewed_by) == (entry.reviewed_on is not None))
    for column, day in (("checked_on", entry.checked_on), ("reviewed_on", entry.reviewed_on)):
        ensure(column, today is None or day is None or day <= today)  # a look of tomorrow would never grow old
    ensure("relevant_to", bool(entry.purposes) or entry.standing != "offer")
    ensure("measures", bool(entry.measures) or entry.standing == "guidance")
    return entry


def _publishers(url: str) -> bool:
    """Whether an address is one that a publisher would have: https, a host by its name, and nothing that hides it."""
    host = re.fullmatch(r"https://([^/?#\s<>\"]+)(?:[/?#][^\s<>\"]*)?", url)
    # The last part of a name has letters, so that this is no number of a machine; a user, a port and a dot at the
    # end do not fit.
    return bool(host and re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z0-9]", host[1], re.ASCII | re.IGNORECASE))


def _day(said: dict[str, str], column: str, wrong: Callable[[str], InputError]) -> date | None:
    if not said[column]:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said[column], re.ASCII):
            return date.fromisoformat(said[column])
    except ValueError:
        pass
    raise wrong(column)


def _needed_day(said: dict[str, str], column: str, wrong: Callable[[str], InputError]) -> date:
    day = _day(said, column, wrong)
    if day is None:
        raise wrong(column)
    return day


def _wrong(where: str, line: int, what: str) -> InputError:
    return InputError(
        what, where=f"{where}, line {line}",
        next_step=Phrase("Mend the line; clarion screening exemptions --out writes the table as it should be."),
    )  # fmt: skip

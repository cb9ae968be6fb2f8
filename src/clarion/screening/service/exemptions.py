"""The table of exemptions and licences: what ships with the organisation's own rows over it, and what of it may fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.config import config
from clarion.errors import InputError, StorageError, UnknownName
from clarion.screening.engine.exemptions import PURPOSES, Entry, Fit, Found, State, Table, match, read, written
from clarion.screening.engine.exemptions.read import JURISDICTIONS
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from os import stat_result

MOST_BYTES = 4_000_000
GROUPS = ("open", "unread", "ended", "later", "rules", "guidance")
"""What ``Found`` holds entries under."""


def table(today: date | None = None) -> Table:
    """Every entry, as of ``today``.

    Raises
    ------
    InputError: the organisation's own file is wrong; it says in which line. StorageError: it cannot be read.
    """
    day = today or datetime.now(UTC).date()
    path = config().exemptions
    found = _stat(path)
    return Table.of(shipped(), _own(path, found.st_mtime_ns, found.st_size, day) if found else (), day)


@lru_cache(maxsize=1)
def shipped() -> tuple[Entry, ...]:
    """The rows that came with Clarion. None was reviewed by a lawyer."""
    text = files("clarion.screening").joinpath("exemptions.csv").read_text(encoding="utf-8")
    return tuple(read(text, "exemptions.csv"))


def index(actor: Actor, jurisdiction: str = "", purpose: str = "") -> list[Fit]:
    """The entries of a jurisdiction and for a purpose, each with where it stands; empty: of all.

    Raises
    ------
    UnknownName: no such jurisdiction or purpose; and as ``table``.
    """
    require(actor, "screening.lists")
    _known(purpose, PURPOSES, Phrase("purpose"))
    _known(jurisdiction, JURISDICTIONS, Phrase("jurisdiction"))
    whole = table()
    return [
        Fit(one, whole.state(one), whole.replaced.get(one.id, ""))
        for one in whole.entries
        if jurisdiction in ("", one.jurisdiction) and (one.serves(purpose) or one.standing == "trap")
    ]


def index_dicts(actor: Actor, jurisdiction: str = "", purpose: str = "") -> list[dict[str, Any]]:
    """The same, JSON-ready; raises as ``index``."""
    return [fit_dict(fit, datetime.now(UTC).date()) for fit in index(actor, jurisdiction, purpose)]


def for_hit(hit: Mapping[str, Any], purpose: str = "", whole: Table | None = None) -> Found:
    """What may fit a hit, as ``Hit.to_dict`` wrote it; raises as ``index``."""
    _known(purpose, PURPOSES, Phrase("purpose"))
    return match(whole or table(), hit["list"], hit["programmes"], hit["measures"], purpose)


def beside(result: Mapping[str, Any], purpose: str = "") -> dict[str, Any]:
    """An answer (``Checked.to_dict``) with the exemptions that may fit beside each of its hits; raises as ``index``.

    They are no part of what a decision keeps: the table may say something else tomorrow.
    """
    whole = table()
    return dict(result) | {
        "subjects": [
            part
            | {"hits": [hit | {"exemptions": to_dict(for_hit(hit, purpose, whole), whole)} for hit in part["hits"]]}
            for part in result["subjects"]
        ]
    }


def to_dict(found: Found, whole: Table) -> dict[str, Any]:
    """JSON-ready."""
    groups = {name: [fit_dict(fit, whole.today) for fit in getattr(found, name)] for name in GROUPS}
    return {"jurisdiction": found.jurisdiction, "kinds": list(found.kinds), "travel_only": found.travel_only} | groups


def fit_dict(fit: Fit, today: date) -> dict[str, Any]:
    """One entry, JSON-ready, with what has to be said of it."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(fit.entry).items()}
    return said | {
        "title": fit.entry.title, "state": fit.state.value, "replaced_by": fit.replaced_by,
        "fresh": fit.entry.fresh(today), "reviewed": bool(fit.entry.reviewed_by),
    }  # fmt: skip


def entry_dict(entry: Entry, today: date) -> dict[str, Any]:
    """An entry that may be cited, as ``fit_dict`` writes it."""
    return fit_dict(Fit(entry, State.OPEN), today)


def cited(names: Iterable[str]) -> list[Entry]:
    """The entries of these ids, to be cited to somebody.

    Raises
    ------
    UnknownName: there is none of an id. InputError: it ended, has not begun, was not read, or permits nothing.
    """
    whole, found = table(), list[Entry]()
    for name in (one.strip() for one in names if one.strip()):
        entry = whole.find(name)
        if entry is None:
            raise UnknownName(Phrase("There is no exemption {name}.", name=name[:30]), where="exemptions",
                              next_step="Look for its number in the table of exemptions.")  # fmt: skip
        if whole.state(entry) is not State.OPEN:
            raise InputError(
                Phrase("{name} cannot be cited: it has ended, has not begun, was not read, or permits nothing of this.",
                       name=entry.id),
                where="exemptions", next_step="Look at it in the table of exemptions.",
            )  # fmt: skip
        if entry not in found:
            found.append(entry)
    return found


def as_csv(actor: Actor) -> str:
    """The whole table as CSV, for a lawyer to review and an organisation to lay beside."""
    return written(fit.entry for fit in index(actor))


def _known(name: str, known: tuple[str, ...], what: str) -> None:
    if name and name not in known:
        raise UnknownName(
            "This is not known here.", where=what,
            next_step="Choose one that the handbook or the page of exemptions has.",
            known=list(known),
        )  # fmt: skip


def _stat(path: Path) -> stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable() from error


@lru_cache(maxsize=2)
def _own(path: Path, _changed: int, size: int, today: date) -> tuple[Entry, ...]:
    if size > MOST_BYTES:
        raise InputError("The table of exemptions is too large.", where="CLARION_EXEMPTIONS",
                         next_step="Keep it to the rows that you change.")  # fmt: skip
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("The table of exemptions is not UTF-8.", where="CLARION_EXEMPTIONS",
                         next_step="Save it as CSV in UTF-8.") from error  # fmt: skip
    except OSError as error:
        raise _unreadable() from error
    return tuple(read(text, path.name, own=True, today=today))


def _unreadable() -> StorageError:
    return StorageError("The table of exemptions cannot be read.", where="CLARION_EXEMPTIONS",
                        next_step="Look at the rights of the file.")  # fmt: skip

"""Screen values that keyholders let be opened: on the requester's machine, in memory, and told by outcome alone.

Lines come in and lines go out, one for one, through pipes: there is no file and no database here. The register of
cleared namesakes lies on the desk, so those count that the sealed value itself holds (``sealing.outcome``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from clarion.access import Actor
from clarion.errors import BusyError, InputError
from clarion.screening.service import policies
from clarion.screening.service.asked import FIELDS, Asked, asked
from clarion.screening.service.check import check_all
from clarion.screening.service.checked import REVIEW, Before
from clarion.screening.service.lists import Lists, loaded
from clarion.screening.service.screens import entry_mark
from clarion.screening.service.sealing import entries
from clarion.seal.returned import SCREENED
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from clarion.screening.engine.answer import Answer

UNREAD = {"outcome": REVIEW, "hits": []}
"""What is said of a value that cannot be a payee: somebody has to look."""


def ready(use: str = policies.DEFAULT) -> Lists:
    """The lists that somebody can be cleared by; asked before anything is opened.

    Raises
    ------
    BusyError: none is loaded, one that the policy needs is missing or there in part, or one is too old. UnknownName: no
    such policy.
    """
    needed, held = policies.use(use).lists, loaded()
    if not held.sanctions:
        raise _not("No sanctions list is loaded on this machine, so nobody can be screened.")
    if missing := held.missing(needed):
        raise _not(Phrase("These lists are missing, or loaded only in part: {names}.", names=missing))
    if held.stale:
        raise _not(Phrase("These lists are too old for anybody to be clear of them: {names}.",
                          names=tuple(one.source for one in held.stale)))  # fmt: skip
    return held


def answers(lines: Sequence[str], use: str = policies.DEFAULT) -> list[str]:
    """For each line, a JSON object of one value, a line: ``outcome``, the listed entries that ``hits``, and what the
    value itself says that ``was``. No text of a value is repeated. Raises as ``ready``."""
    held, values = ready(use), [_read(line) for line in lines]
    payees = [_payee(value) for value in values]
    known = [payee for payee in payees if payee is not None]
    cleared = {id(one): _cleared(value) for one, value in zip(payees, values, strict=True) if one is not None}

    def before(one: Asked, answer: Answer) -> tuple[Before, ...]:
        return _still_cleared(cleared.get(id(one), {}), answer)

    found = iter(check_all(Actor.console(), known, use, known=before, lists=held))
    told = []
    for value, payee in zip(values, payees, strict=True):
        checked = next(found) if payee is not None else None
        now = {"outcome": checked.outcome, "hits": entries(checked)} if checked else UNREAD
        told.append(json.dumps(now | {"was": _was(value)}, ensure_ascii=True))
    return told


def _read(line: str) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _payee(value: Mapping[str, Any]) -> Asked | None:
    """None also where a field is there in a form that cannot be read: passed over, a bank would go unscreened."""
    said = {name: value[name] for name in FIELDS if value.get(name) is not None}
    if not all(map(_readable, said, said.values())):
        return None
    try:
        return asked(said)
    except InputError:
        return None


def _readable(name: str, said: Any) -> bool:
    if name == "intermediaries":
        return isinstance(said, str) or _texts(said)
    return isinstance(said, str | int) and not isinstance(said, bool)


def _texts(said: Any) -> bool:
    return isinstance(said, list) and all(isinstance(one, str) for one in said)


def _screened(value: Mapping[str, Any]) -> Mapping[str, Any]:
    text = value.get(SCREENED)
    return _read(text) if isinstance(text, str) else {}


def _was(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the last screening before sealing found; None where there was none."""
    kept = _screened(value)
    outcome, hits = kept.get("outcome"), kept.get("hits")
    return {"outcome": outcome, "hits": hits} if isinstance(outcome, str) and isinstance(hits, list) else None


def _cleared(value: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Listed entries that people cleared this payee of, each with what the list said of it then; expired ones not."""
    rows, today = _screened(value).get("cleared"), datetime.now(UTC).date().isoformat()
    good = [row for row in (rows if isinstance(rows, list) else ()) if _four_texts(row) and row[3] >= today]
    return {(source, entry): mark for source, entry, mark, _ in good}


def _four_texts(row: Any) -> bool:
    return _texts(row) and len(row) == 4


def _still_cleared(held: Mapping[tuple[str, str], str], answer: Answer) -> tuple[Before, ...]:
    parties = [hit.party for hit in answer.hits]
    same = [one for one in parties if held and held.get((one.list, one.entry)) == entry_mark(one)]
    return tuple(Before(one.list, one.entry, "", "", "") for one in same)


def _not(what: str) -> BusyError:
    return BusyError(
        what, where="lists",
        next_step="Load it on this machine: clarion screening lists fetch ID, or load ID FILE where it has no network.",
    )  # fmt: skip

"""Screen a person in memory, and seal what was typed with the outcome inside it.

The outcome lies in the sealed part. Beside a handle it would say "this one resembles somebody who is listed" to whoever
seizes the server, and with an amount and a day that can point at a person. So the log, the tables and the jobs know
nothing of it; whoever types sees it once. The sealed part keeps no ledger and no name of a listed person: outcome, day,
versions of the lists, which entries hit, and which of them people had cleared, so that a later screening on the
requester's machine, where the register of cleared namesakes is not, sets the same ones aside.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.screening.service import cleared, policies
from clarion.screening.service.asked import FIELDS, Asked, asked
from clarion.screening.service.check import check_all
from clarion.screening.service.screens import entry_mark
from clarion.seal.returned import SCREENED

if TYPE_CHECKING:
    from clarion.screening.service.checked import Checked
    from clarion.seal.value import Value

ROOM, PAYEE = "screening", "payee"


def screened(
    actor: Actor, values: Sequence[Mapping[str, Any]], use: str = policies.DEFAULT
) -> list[tuple[Value, Checked]]:  # fmt: skip
    """Values as a room is about to seal them, each with the outcome in a field of its own, and the whole answer for
    whoever is typing. Fields that are called as those of a payee (``asked.FIELDS``) are screened, all are kept.

    Raises
    ------
    InputError: a value that cannot be a payee; what was typed is not repeated. UnknownName: no such policy.
    """
    payees = [asked(value) for value in values]
    found = check_all(actor, payees, use, known=cleared.known)
    return [
        (dict(value) | {SCREENED: json.dumps(outcome(one), ensure_ascii=False, separators=(",", ":"))}, one)
        for value, one in zip(values, found, strict=True)
    ]


def seal(
    actor: Actor, payees: Sequence[Asked], use: str = policies.DEFAULT, review_on: date | None = None
) -> list[tuple[str, Checked]]:  # fmt: skip
    """Screen payees and seal them, all or none: the handle of each, and the answer, which is kept nowhere else.

    The caller holds the transaction where more has to happen with the handles.

    Raises
    ------
    ClarionError: the desk has no keyholders. InputError: a payee is too long to be sealed.
    """
    from clarion.seal.store import sealing

    require(actor, "screening.check")
    several = screened(actor, [_told(payee) for payee in payees], use)
    handles = sealing.keep_many(
        actor, [value for value, _ in several], room=ROOM, fields=PAYEE, review_on=review_on
    )  # fmt: skip
    return [(handle, found) for handle, (_, found) in zip(handles, several, strict=True)]


def possible() -> bool:
    """Whether this desk has keyholders, without whom nothing can be sealed."""
    from clarion.seal.store import rosters

    return rosters.newest() is not None


def outcome(found: Checked) -> dict[str, Any]:
    """What is kept of an answer in the sealed part."""
    clear = {(one.list, one.entry): one for part in found.subjects for one in part.before}
    parties = {(hit.party.list, hit.party.entry): hit.party for part in found.subjects for hit in part.answer.hits}
    return {
        "outcome": found.outcome, "on": datetime.now(UTC).date().isoformat(), "use": found.use.name,
        "lists": {one.source: one.version for one in (*found.lists.sanctions, *found.lists.statuses)},
        "hits": entries(found),
        "cleared": [[*key, entry_mark(parties[key]), one.until] for key, one in clear.items()],
    }  # fmt: skip


def entries(found: Checked) -> list[list[str]]:
    """The listed entries that hit, each once, in order: list and entry."""
    hits = {(hit.party.list, hit.party.entry) for part in found.subjects for hit in part.hits}
    return [list(hit) for hit in sorted(hits)]


def _told(payee: Asked) -> dict[str, Any]:
    """A payee as a sealed value holds it: texts alone, and nothing that is empty."""
    said = payee.to_dict() | {"intermediaries": "; ".join(payee.intermediaries)}
    return {name: said[name] for name in FIELDS if said[name]}

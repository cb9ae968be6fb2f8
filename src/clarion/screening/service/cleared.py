"""The register of cleared namesakes: nobody has to prove twice that they are not the listed one.

A payee is known by a mark of name, birth and numbers together with the listed entry, so that the register tells
nobody's name without the key. It takes a day of birth or a number that is not the listed one's (``Asked.apart``): else
the listed one would be cleared by the same mark. It holds until its day, until somebody ends it, or until the list says
anything else of the entry.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from clarion.access import Actor, require
from clarion.errors import UnknownName
from clarion.screening.service.checked import Before
from clarion.screening.service.keys import lock, unlock

if TYPE_CHECKING:
    from clarion.screening.engine.answer import Answer
    from clarion.screening.engine.subject import Party
    from clarion.screening.models import Cleared, Decision
    from clarion.screening.service.asked import Asked
    from clarion.screening.service.lists import List
    from clarion.screening.service.policies import Use


HOLDS, CHANGED, NOT_LOADED = "holds", "changed", "not-loaded"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register, unlocked. ``standing`` is ``holds``; ``changed`` where the list says anything else of
    the entry since, or names it no more, so that it does not hold; ``not-loaded`` where the list is not here."""

    pk: int
    name: str
    list: str
    entry: str
    reason: str
    by: str
    made_at: datetime
    until: date
    standing: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.pk, "name": self.name, "list": self.list, "entry": self.entry, "reason": self.reason,
            "by": self.by, "made_at": self.made_at.isoformat(), "until": self.until.isoformat(),
            "standing": self.standing,
        }  # fmt: skip


def known(asked: Asked, answer: Answer) -> tuple[Before, ...]:
    """Which hits of an answer were cleared before, and still are (``check.Known``)."""
    from clarion.screening.models import Cleared
    from clarion.screening.service.screens import entry_mark

    pairs = {
        _pair(asked, hit.party.list, hit.party.entry): hit.party for hit in answer.hits if asked.apart(hit.party)
    }  # fmt: skip
    if not pairs:
        return ()
    today = datetime.now(UTC).date()
    rows = Cleared.objects.filter(pair__in=pairs, ended_at=None, until__gte=today)
    found: dict[str, Before] = {}
    for row in rows.order_by("pk"):
        party, body = pairs[row.pair], _body(row)
        # The day stands in the locked part too: whoever writes into the database makes nothing hold for longer.
        if body["state"] == entry_mark(party) and body.get("until", "") >= today.isoformat():
            found[row.pair] = Before(
                party.list, party.entry, body["by"], row.made_at.date().isoformat(), row.until.isoformat()
            )
    return tuple(found.values())


def clear(
    actor: Actor, asked: Asked, entries: Sequence[tuple[str, str]], reason: str, by: Sequence[str], use: Use,
    decision: Decision, lists: Sequence[List],
) -> int:  # fmt: skip
    """Note that a payee is none of the listed ``entries`` (list and entry); how many were noted. ``lists`` are those
    that people looked at: of an entry that says anything else by now nothing is noted.

    Nothing is noted of a payee of whom nothing is known that tells them apart from the listed one (``Asked.apart``):
    the next one of that name may be the listed one. ``by`` are those who decided. The caller holds the transaction.
    """
    from clarion.screening.models import Cleared
    from clarion.screening.service.screens import entry_mark

    require(actor, "screening.review")
    until = datetime.now(UTC).date() + timedelta(use.cleared_days)
    found = [party for party in _as_seen(entries, use, lists) if asked.apart(party)]
    for party in found:
        pair = _pair(asked, party.list, party.entry)
        body = {
            "name": asked.name, "list": party.list, "entry": party.entry, "state": entry_mark(party),
            "reason": reason, "by": ", ".join(by), "until": until.isoformat(),
        }  # fmt: skip
        Cleared.objects.create(pair=pair, body=lock(body, "cleared", pair), until=until, decision=decision)
    return len(found)


def index(actor: Actor) -> list[Entry]:
    """Every payee whose day has not come and whom nobody ended, the newest first, and whether it holds still."""
    from clarion.screening.models import Cleared

    require(actor, "screening.view")
    rows = Cleared.objects.filter(ended_at=None, until__gte=datetime.now(UTC).date()).order_by("-pk")[:500]
    bodies = [(row, _body(row)) for row in rows]
    now = _said_now({(body["list"], body["entry"]) for _, body in bodies})
    return [_entry(row, body, now) for row, body in bodies]


def end(actor: Actor, pk: int) -> None:
    """End one, so that the next screening asks again.

    Raises
    ------
    UnknownName: there is none, or it has ended.
    """
    from django.db import transaction
    from django.utils import timezone

    from clarion.access.store.log import record
    from clarion.screening.models import Cleared

    require(actor, "screening.review")
    with transaction.atomic():
        if not Cleared.objects.filter(pk=pk, ended_at=None).update(ended_at=timezone.now(), body=b""):
            raise UnknownName(
                "There is no such line in the register.", where="register", next_step="Look at the register again."
            )
        record(actor, "ended a cleared namesake", str(pk))


def withdraw(asked: Asked, entries: Sequence[tuple[str, str]]) -> int:
    """End whatever says that a payee is none of the listed ``entries``, because people found or suspect otherwise; how
    many. The caller holds the transaction and logs why."""
    from django.utils import timezone

    from clarion.screening.models import Cleared

    pairs = [_pair(asked, source, entry) for source, entry in entries]
    return int(Cleared.objects.filter(pair__in=pairs, ended_at=None).update(ended_at=timezone.now(), body=b""))


def _as_seen(entries: Sequence[tuple[str, str]], use: Use, lists: Sequence[List]) -> list[Party]:
    """The parties of these entries, as the lists have them now, where they have them as people saw them."""
    from clarion.screening.service.lists import loaded
    from clarion.screening.service.screens import entry_mark, said_of, sanctions

    wanted, held, found = set(entries), loaded(), list["Party"]()
    now, then = {one.source: one for one in held.sanctions}, {one.source: one for one in lists}
    parties = [one for one in sanctions(held, use).parties if (one.list, one.entry) in wanted]
    for source in sorted({one.list for one in parties} & set(then)):
        of_list = [one for one in parties if one.list == source]
        if then[source].version == now[source].version:
            found += of_list
            continue
        with suppress(UnknownName):  # that version is no longer here, so nobody can say that the entry is as it was
            seen = said_of(then[source], {one.entry for one in of_list})
            found += [one for one in of_list if seen.get(one.entry) == entry_mark(one)]
    return found


def _pair(asked: Asked, source: str, entry: str) -> str:
    return asked.mark("pair", source, entry)


def _body(row: Cleared) -> dict[str, Any]:
    return dict(unlock(bytes(row.body), "cleared", row.pair))


def _said_now(entries: Collection[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """By loaded list, the marks of those of ``entries`` that it names."""
    from clarion.screening.service.lists import loaded
    from clarion.screening.service.screens import said_of

    found: dict[str, dict[str, str]] = {}
    for one in loaded().sanctions if entries else ():
        if of_list := {entry for source, entry in entries if source == one.source}:
            with suppress(UnknownName):  # it was replaced or removed this moment
                found[one.source] = said_of(one, of_list)
    return found


def _entry(row: Cleared, body: dict[str, Any], now: Mapping[str, Mapping[str, str]]) -> Entry:
    said = now.get(body["list"])
    standing = NOT_LOADED if said is None else HOLDS if said.get(body["entry"]) == body["state"] else CHANGED
    return Entry(
        row.pk, body["name"], body["list"], body["entry"], body["reason"], body["by"], row.made_at, row.until, standing
    )  # fmt: skip

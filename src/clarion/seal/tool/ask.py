"""Ask for values: by handle, drawn at random (an audit), or those that must be sealed anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from clarion.errors import InputError
from clarion.seal import request as requests
from clarion.seal.crypto import BOX_OVERHEAD, X25519PrivateKey, raw
from clarion.seal.documents import decode
from clarion.seal.errors import BadDocument
from clarion.seal.request import MOST
from clarion.seal.roster import Roster
from clarion.seal.shares import part_length
from clarion.seal.tool import pending
from clarion.seal.tool.carried import listed, read_file
from clarion.seal.tool.chain import pinned, settle
from clarion.seal.tool.desk import MOST_BYTES
from clarion.seal.tool.run import Around, Run, running
from clarion.seal.tool.terminal import say, tell


def ask(around: Around) -> int:
    """Ask the keyholders to open the values of the handles that are given."""
    with running(around) as run:
        if run.given.room:
            _room(run)
            return 0
        handles = list(dict.fromkeys(run.given.handles))
        for handle in handles:
            _proper(handle)
        if run.given.records:
            rows = listed(read_file(run.given.records), "records")
        else:
            rows = listed(run.desk().post("/lookup", {"records": handles}), "records")
        by_handle = {row["record"]: row for row in map(_row, rows)}
        if missing := [handle for handle in handles if handle not in by_handle]:
            raise InputError(
                f"The desk has no sealed value for {len(missing)} of {len(handles)} handles, such as {missing[0]}.",
                next_step="Compare the handles with the page, or look whether they were erased.",
            )
        chosen = [by_handle[handle] for handle in handles] or list(by_handle.values())
        _request(run, chosen, run.given.purpose)
    return 0


def _room(run: Run) -> None:
    """Ask that the values of a room be screened anew, a part of them after the other; nobody reads them."""
    given = run.given
    if given.purpose != "rescreen" or given.handles or given.records:
        raise InputError(
            "A whole room is asked for to be screened anew only.",
            next_step="Add --purpose rescreen, and leave handles and --records out.",
        )
    most_at_once = most(_in_force(run))
    found = run.desk().get("/values", room=given.room, count=str(min(given.count, most_at_once)), after=given.after)
    rows = [_row(row) for row in listed(found, "records")][:most_at_once]
    if not rows:
        raise InputError("Nothing more is sealed in this room.", next_step="Begin anew without --after.")
    _request(run, _one_policy(rows), "rescreen")
    tell(after=rows[-1]["record"])
    say(f"For those after these: --after {rows[-1]['record']}")


def draw(around: Around) -> int:
    """Let the desk draw values at random, and ask for them as an audit: opened to this device alone."""
    with running(around) as run:
        found = run.desk().get("/draw", room=run.given.room, count=str(run.given.count))
        rows = [_row(row) for row in listed(found, "records")]
        if not rows:
            raise InputError("Nothing is sealed in this room yet.", next_step="Name another one with --room")
        for row in rows:
            tell(drawn=[row])
            say(f"drawn: {row['record']} ({row['room']}/{row['fields']})")
        _request(run, _one_policy(rows), "audit")
    return 0


def stale(run: Run) -> None:
    """Ask for values that were sealed for former keyholders, to seal them anew."""
    found = run.desk().get("/stale", count=str(min(run.given.count, MOST)))
    rows = [_row(row) for row in listed(found, "records")][:MOST]
    if not rows:
        say("Every value is sealed under the roster in force: there is nothing to seal anew.")
        return
    _request(run, _one_policy(rows), "reseal")


def _request(run: Run, rows: Sequence[Mapping[str, Any]], purpose: str) -> None:
    """Make, keep and hand on a request; the key is kept first, so that no answer can come to a lost key."""
    policies = {row["policy"] for row in rows}
    if len(policies) != 1:
        raise InputError(
            f"These values were sealed under {len(policies)} policies; a request has one.",
            next_step="Ask for those of each policy apart.",
        )
    roster, key = _in_force(run), X25519PrivateKey.generate()
    if len(rows) > most(roster):
        raise InputError(
            f"With {roster.threshold} of {len(roster.names)} keyholders a request holds at most {most(roster)} values.",
            next_step="Ask for fewer at a time.",
        )
    request = requests.make_request(
        roster, purpose=purpose, policy=policies.pop(), records=[(row["record"], row["envelope"]) for row in rows],
        reason=run.given.reason, device=run.keys.name, key=raw(key.public_key()), now=run.now, sign=run.keys.sign.sign,
    )  # fmt: skip
    pending.keep(run, request, key)
    tell(request=request.id, until=request.document["until"], values=len(rows))
    say(f"Request {request.id} was {run.hand_on(request.document, '/requests')}. Values: {len(rows)}.")
    say(f"It ends {request.document['until'].replace('T', ' ')}. {roster.threshold} keyholders must approve. Then:")
    say(f"  clarion-open {'reseal' if purpose == 'reseal' else 'get'} {request.id}"
        if purpose != "rescreen" else f"  clarion-keyholder rescreen {request.id}")  # fmt: skip


def most(roster: Roster) -> int:
    """How many values an approval can answer and still be sent at once: parts are long where many must approve."""
    box = (part_length(roster.threshold, len(roster.names)) + BOX_OVERHEAD) * 4 // 3 + 4
    return min(MOST, MOST_BYTES // box)


def _in_force(run: Run) -> Roster:
    if run.given.records and (held := pinned(run.notes)):
        return held
    return settle(run.notes, listed(run.desk().get("/rosters"), "rosters")).newest


def _one_policy(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The values of the policy that most of them have; the others are left for a second request."""
    most = Counter(row["policy"] for row in rows).most_common(1)[0][0]
    chosen = [row for row in rows if row["policy"] == most]
    if left := len(rows) - len(chosen):
        say(f"Values of other policies, left for another request: {left}.")
    return chosen


def _proper(handle: str) -> None:
    try:
        decode(handle, 16)
    except BadDocument as error:
        raise InputError(
            f"This is no handle: {handle!r}.", next_step="Copy all 22 letters of it from the page."
        ) from error


def _row(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict) or not all(isinstance(row.get(n), str) for n in _ROW):
        raise BadDocument("The desk does not name its values as it should.", next_step="Tell its operator.")
    return row


_ROW = ("record", "envelope", "room", "fields", "policy")

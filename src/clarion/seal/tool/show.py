"""Show who asks, what for, why and for how many values; never a value."""

from __future__ import annotations

from clarion.errors import ClarionError
from clarion.seal.crypto import shown
from clarion.seal.errors import SealError
from clarion.seal.request import reason_of
from clarion.seal.tool.bundle import Bundle, check
from clarion.seal.tool.carried import listed
from clarion.seal.tool.chain import pinned, settle, spoken
from clarion.seal.tool.changes import changed, owner, told
from clarion.seal.tool.fetching import bundle_of, open_requests, proper
from clarion.seal.tool.run import Around, Run, running
from clarion.seal.tool.terminal import lines, say, tell, visible, warn

PURPOSES = {
    "open": "open values, for the requester to read",
    "audit": "audit: open values that were drawn at random, for the auditor to compare",
    "reseal": "open values of former keyholders there and seal them anew; the tool shows none",
    "rescreen": "compare values with lists on the requester's own machine; only outcomes come back",
}
_ANSWERS = {"approval": "approved", "refusal": "refused", "stop": "STOPPED it"}


def show(around: Around) -> int:
    """The owner's key, the roster in force, and the requests that are asked for or still open."""
    with running(around) as run:
        say(f"You are {run.keys.card['label']} ({shown(run.keys.name)}).")
        if run.given.file or run.given.request:
            found = check(bundle_of(run, run.given.request), run.notes, run.now)
            remember(run, found)
            describe(run, found)
            run.save()
            return 0
        settle_with_desk(run)
        rows = open_requests(run)
        tell(requests=[])
        for row in rows:
            _one(run, proper(str(row.get("id"))))
        say(f"Requests that are not over: {len(rows)}.")
        run.save()
    return 0


def settle_with_desk(run: Run) -> None:
    """Follow the desk's rosters, and say what has changed since the one that was pinned."""
    before = pinned(run.notes)
    chain = settle(run.notes, listed(run.desk().get("/rosters"), "rosters"))
    if before and before.digest == chain.newest.digest:
        say(f"The roster in force is the one you know: {spoken(chain.newest)}.")
    else:
        say(f"A roster that you have not seen yet is in force: {spoken(chain.newest)}.")
        lines(changed(before, chain.newest) if before else told(chain.newest))
    if run.keys.name not in chain.newest.names:
        warn("You are no keyholder of this roster: your answers count for nothing.")


def _one(run: Run, request: str) -> None:
    """One of several requests: a false one must not hide the others."""
    try:
        found = check(run.desk().get(f"/requests/{request}/bundle", keyholder=run.keys.name), run.notes, run.now)
        remember(run, found)
        describe(run, found)
    except ClarionError as error:
        tell(requests=[{"request": request, "error": error.to_dict()}])
        say()
        say(f"Request {request} CANNOT BE ANSWERED: {error.what}")
        say(f"  {error.next_step}")


def remember(run: Run, found: Bundle) -> None:
    """Note when this tool first saw the request, and that somebody stopped it."""
    run.notes.seen.setdefault(found.request.id, int(run.now.timestamp()))
    for reply in found.replies:
        if reply["clarion"] == "stop":
            run.notes.stops.setdefault(found.request.id, str(reply["keyholder"]))


def describe(run: Run, found: Bundle) -> None:
    """All that is known of a request before it is answered."""
    document, entry = found.request.document, found.device
    count, policy = len(found.request.records), found.policy
    today = run.notes.opened_today(document["policy"], run.now)
    kinds = ", ".join(f"{number} of {kind}" for kind, number in sorted(found.kinds().items()))
    tell(requests=[{
        "request": found.request.id, "device": document["device"], "label": entry["card"]["label"],
        "owner": owner(entry, found.chain.newest), "purpose": document["purpose"], "reason": _reason(run, found),
        "values": count, "kinds": found.kinds(), "made": document["made"], "until": document["until"],
        "answers": [{"keyholder": r["keyholder"], "answer": r["clarion"]} for r in found.replies],
        "opened_today": today, "daily": policy["daily"],
    }])  # fmt: skip
    say()
    say(f"Request {found.request.id}")
    lines([
        f"who asks:  {entry['card']['label']} ({shown(document['device'])}), {owner(entry, found.chain.newest)}",
        f"what for:  {PURPOSES[document['purpose']]}",
        f"why:       {_reason(run, found)}",
        f"how many:  {count} ({kinds})",
        f"made:      {document['made'].replace('T', ' ')}; it ends {document['until'].replace('T', ' ')}",
        f"answers:   {_answers(found)}",
        f"your day:  {today} of {policy['daily']} openings in the last 24 hours; with these {today + count}",
    ])  # fmt: skip
    if policy["wait_minutes"]:
        since = (int(run.now.timestamp()) - run.notes.seen[found.request.id]) // 60
        say(f"  waiting:   first seen here {since} minutes ago; answered after {policy['wait_minutes']}")
    if found.false_replies:
        warn(
            f"{found.false_replies} answers that the desk shows are not signed by a keyholder: they count for nothing."
        )


def _answers(found: Bundle) -> str:
    labels = {card["name"]: card["label"] for card in found.chain.newest.keyholders}
    return ", ".join(f"{labels[r['keyholder']]} {_ANSWERS[r['clarion']]}" for r in found.replies) or "none yet"


def _reason(run: Run, found: Bundle) -> str:
    try:
        return visible(reason_of(found.request, run.keys.name, run.keys.box))
    except SealError as error:
        return f"NOT READABLE ({error.what})"

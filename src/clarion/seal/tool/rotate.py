"""Draft, sign and pin a roster. What is pinned decides whom this tool believes, so a person looks at it each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from clarion.errors import InputError
from clarion.seal import roster as rosters
from clarion.seal.documents import Document, write
from clarion.seal.errors import SealError
from clarion.seal.moments import written
from clarion.seal.roster import Roster
from clarion.seal.tool.carried import listed, read_file
from clarion.seal.tool.chain import back_from, pinned, settle, spoken
from clarion.seal.tool.changes import changed, told
from clarion.seal.tool.desk import kept
from clarion.seal.tool.drafting import drafted
from clarion.seal.tool.folder import write_private
from clarion.seal.tool.run import Around, Run, running
from clarion.seal.tool.terminal import agree, lines, say
from clarion.seal.value import new_handle


def draft(around: Around) -> int:
    """Write a roster that nobody has signed: the first one, or the one after that which is in force."""
    with running(around) as run:
        former = None if run.given.first else _in_force(run)
        if former is None and not run.given.first:
            raise SealError(
                "This tool knows no roster that another could follow.",
                next_step="Pin it: clarion-keyholder rotate pin ; if there is none yet: rotate draft --first",
            )
        made = drafted(
            former, run.given, run.keys.card, organisation=run.given.organisation or new_handle(),
            made=written(run.now)[:10],
        )  # fmt: skip
        _show(made, former)
        write_private(Path(run.given.out), write(made.document))
        run.save()
        say(f"The draft is in {run.given.out}. Each who must sign it runs: clarion-keyholder rotate sign FILE")
    return 0


def sign(around: Around) -> int:
    """Join the signatures of several copies of a draft, add one's own, and pin it once it has all it needs."""
    with running(around) as run:
        roster = _joined([rosters.parse(read_file(file)) for file in run.given.files])
        former = _in_force(run) or _named_by(run, roster)
        again = former is not None and former.digest == roster.digest
        if former and not again and (roster.document["former"], roster.document["organisation"]) != (
            former.digest, former.document["organisation"],
        ):  # fmt: skip
            raise SealError(
                "This draft does not follow the roster that is in force here.",
                next_step="Do not sign it; ask who drafted it. If you lack a roster: clarion-keyholder rotate pin",
            )
        _show(roster, None if again else former)
        people = {*roster.names, *(former.names if former else [])}
        if run.keys.name in people and run.keys.name not in roster.document["signatures"]:
            agree("Do you know each of these people and devices by their names, and sign this?", run.given.yes)
            roster = rosters.sign(roster, run.keys.name, run.keys.sign.sign)
            run.notes.signed = [*run.notes.signed, roster.digest][-20:]
        run.save()
        out = run.given.out or run.given.files[0]
        write_private(Path(out), write(roster.document))
        say(f"Signatures in {out}: {len(roster.document['signatures'])}.")
        if again or _complete(roster, former):
            _put_in_force(run, roster, out)
        else:
            say("It needs more signatures before it is in force: hand the file on.")
    return 0


def pin(around: Around) -> int:
    """Believe the desk's rosters, or those of files, after comparing the newest one's name by voice."""
    with running(around) as run:
        chain = [rosters.parse(document) for document in _given(run)]
        if not chain:
            raise InputError("There is no roster yet.", next_step="Draft the first one: clarion-keyholder rotate draft")
        former = pinned(run.notes)
        if former and not run.given.anew:
            newest = rosters.follow(former, chain)
            lines(changed(former, newest) or ["Nothing has changed."])
        else:
            newest = _from_the_first(chain)
            _show(newest, None)
            agree("Has another keyholder read you this name, letter by letter?", run.given.yes)
        run.notes.pinned = newest.document
        run.save()
        say(f"Pinned: {spoken(newest)}, epoch {newest.document['epoch']}.")
        if run.keys.name not in {*newest.names, *(e["card"]["name"] for e in newest.document["devices"])}:
            say("Your own key is not in it.")
        _send(run, newest)
    return 0


def _in_force(run: Run) -> Roster | None:
    """The roster that is pinned here, after following the desk's where one is named; None: none is known yet."""
    if (desk := kept(run.folder)) and (run.notes.pinned or run.notes.signed):
        documents = listed(desk.get("/rosters"), "rosters")
        signed = {rosters.parse(document).digest for document in documents} & set(run.notes.signed)
        if signed or (documents and run.notes.pinned):
            settle(run.notes, documents)
    return pinned(run.notes)


def _named_by(run: Run, roster: Roster) -> Roster | None:
    """The roster that a draft says it follows, for somebody new, who knows none; its digest proves that it is."""
    desk = kept(run.folder)
    if desk is None or not roster.document["former"]:
        return None
    documents = listed(desk.get("/rosters"), "rosters")
    return next((r for r in map(rosters.parse, documents) if r.digest == roster.document["former"]), None)


def _put_in_force(run: Run, roster: Roster, file: str) -> None:
    """Send a roster that has its signatures, and pin it; a desk that does not have it yet must come first."""
    say("It has all the signatures it needs.")
    _send(run, roster)
    if run.given.send or kept(run.folder) is None:
        run.notes.pinned = roster.document
        run.save()
        say("It is in force here.")
    else:
        say(f"Send it to the desk: clarion-keyholder rotate sign {file} --send")


def _from_the_first(chain: list[Roster]) -> Roster:
    """The newest of a chain that holds together from its first."""
    newest = max(chain, key=lambda roster: int(roster.document["serial"]))
    known = sorted(back_from(newest, chain).values(), key=lambda roster: int(roster.document["serial"]))
    for before, roster in zip([None, *known], known, strict=False):
        rosters.accept(roster, before)
    return newest


def _given(run: Run) -> list[Any]:
    if not run.given.files:
        return listed(run.desk().get("/rosters"), "rosters")
    found: list[Document] = []
    for file in run.given.files:
        held = read_file(file)
        found += listed(held, "rosters") if "rosters" in held else [held]
    return found


def _joined(copies: list[Roster]) -> Roster:
    first = copies[0]
    for copy in copies[1:]:
        if copy.digest != first.digest:
            raise InputError(
                "These files are different drafts.",
                where=f"{spoken(first)} and {spoken(copy)}",
                next_step="Ask which one is meant, and join the copies of that one only.",
            )
    signatures = {name: text for copy in copies for name, text in copy.document["signatures"].items()}
    return Roster(first.document | {"signatures": signatures})


def _complete(roster: Roster, former: Roster | None) -> bool:
    try:
        rosters.accept(roster, former)
    except SealError:
        return False
    return True


def _send(run: Run, roster: Roster) -> None:
    if run.given.send:
        run.desk().post("/rosters", roster.document)
        say("It was sent to the desk.")


def _show(roster: Roster, former: Roster | None) -> None:
    document = roster.document
    say(f"Roster {document['serial']} of organisation {document['organisation']}, drafted on {document['made']}.")
    if former:
        lines(changed(former, roster) or ["Nothing has changed."])
        say("The whole of it:")
    lines(told(roster))
    signers = [card["label"] for card in roster.keyholders if card["name"] in document["signatures"]]
    say(f"Signed so far by: {', '.join(signers) or 'nobody'}.")
    say("Its name, which is the same whoever has signed:")
    say()
    say(f"    {spoken(roster)}")
    say()

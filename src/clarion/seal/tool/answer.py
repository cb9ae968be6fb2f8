"""Approve, refuse or stop a request. Limits are kept here, on the keyholder's own machine, where no server reaches.

An answer is written into the notes before it is handed on: a run that is killed between the two hands the same answer
on when it is repeated, and what it opens is counted once.
"""

from __future__ import annotations

from clarion.errors import NotAllowed
from clarion.seal import reply as replies
from clarion.seal import request as requests
from clarion.seal.documents import Document
from clarion.seal.errors import SealError
from clarion.seal.request import Request, reason_of
from clarion.seal.tool.bundle import Bundle, check, made_for
from clarion.seal.tool.carried import found as part
from clarion.seal.tool.fetching import bundle_of, same
from clarion.seal.tool.run import Around, Run, running
from clarion.seal.tool.show import describe, remember
from clarion.seal.tool.terminal import agree, say, warn
from clarion.seal.value import part_of


def approve(around: Around) -> int:
    """Hand on this keyholder's parts of the values, sealed to the request's one-time key.

    Raises
    ------
    NotAllowed: own request, stopped, over the day's openings, too early. SealError: a check failed.
    """
    with running(around) as run:
        bundle = bundle_of(run, run.given.request)
        found = check(bundle, run.notes, run.now)
        same(run.given.request, found.request.id)
        remember(run, found)
        describe(run, found)
        run.save()  # when it was first seen counts, whatever comes
        earlier = run.notes.answers.get(found.request.id)
        _may(run, found, counted=earlier is not None and earlier["kind"] == "approval")
        if earlier and earlier["kind"] == "approval":
            say("You have approved this before: the same approval is handed on again, and counts once.")
            answer: Document = earlier["document"]
        else:
            _look_for_lost_answers(run, found)
            made_for(bundle, found.chain.newest, run.keys.name)
            reason_of(found.request, run.keys.name, run.keys.box)  # without one there is nothing to approve
            agree("Do you approve?", run.given.yes)
            answer = replies.approve(found.request, run.keys.name, _parts(run, found), run.now, run.keys.sign.sign)
            _note(run, found.request, answer)
        say(f"The approval was {run.hand_on(answer, f'/requests/{found.request.id}/replies')}.")
    return 0


def refuse(around: Around) -> int:
    """Say no; others may still approve."""
    with running(around) as run:
        found = check(bundle_of(run, run.given.request), run.notes, run.now)
        same(run.given.request, found.request.id)
        remember(run, found)
        if run.notes.answers.get(found.request.id, {}).get("kind") == "approval":
            raise NotAllowed(
                "You have approved this request: your parts may be with the requester already.",
                next_step=f"End it for everybody: clarion-keyholder stop {found.request.id}",
            )
        describe(run, found)
        agree("Do you refuse?", run.given.yes)
        answer = replies.refuse(found.request, run.keys.name, run.now, run.keys.sign.sign)
        _note(run, found.request, answer)
        say(f"The refusal was {run.hand_on(answer, f'/requests/{found.request.id}/replies')}.")
    return 0


def stop(around: Around) -> int:
    """End a request for everybody. Stopping must never fail for want of a roster or a clock, so little is checked."""
    with running(around, any_clock=True) as run:
        request = requests.parse(part(bundle_of(run, run.given.request), "request"))
        same(run.given.request, request.id)
        agree(f"Stop the request {request.id} for everybody?", run.given.yes)
        answer = replies.stop(request, run.keys.name, run.now, run.keys.sign.sign)
        run.notes.seen.setdefault(request.id, int(run.now.timestamp()))
        run.notes.stops[request.id] = run.keys.name
        run.save()
        say(f"The stop was {run.hand_on(answer, f'/requests/{request.id}/replies')}.")
        say("Values that were opened before stay with whoever opened them: call the other keyholders.")
    return 0


def _may(run: Run, found: Bundle, *, counted: bool) -> None:
    """Go on only within the limits; raises NotAllowed."""
    if found.device["keyholder"] == run.keys.name:
        raise NotAllowed(
            "This request comes from your own device: who asks does not approve.",
            next_step="Let the other keyholders answer it.",
        )
    if by := run.notes.stops.get(found.request.id):
        label = next((card["label"] for card in found.chain.newest.keyholders if card["name"] == by), "a keyholder")
        raise NotAllowed(f"{label} has stopped this request.", next_step="Ask them why; it can only be made anew.")
    if run.keys.name not in found.chain.newest.names:
        raise NotAllowed("You are no keyholder of the roster in force.", next_step="Call the other keyholders.")
    if counted:
        return
    policy, name = found.policy, found.request.document["policy"]
    today, count = run.notes.opened_today(name, run.now), len(found.request.records)
    if today + count > policy["daily"]:
        raise NotAllowed(
            f"With these {count} it is {today + count} openings in 24 hours; the policy allows {policy['daily']}.",
            next_step="Wait until tomorrow, or let fewer be asked for. Keyholders can change it: rotate draft --policy",
        )
    waited = (run.now.timestamp() - run.notes.seen[found.request.id]) / 60
    if waited < policy["wait_minutes"]:
        raise NotAllowed(
            f"The policy asks for {policy['wait_minutes']} minutes to think; this tool has known the request for "
            f"{int(waited)}.",
            next_step=f"Approve it in {int(policy['wait_minutes'] - waited) + 1} minutes, if you still agree.",
        )


def _look_for_lost_answers(run: Run, found: Bundle) -> None:
    mine = [r for r in found.replies if r["keyholder"] == run.keys.name and r["clarion"] == "approval"]
    if mine and found.request.id not in run.notes.answers:
        warn("The desk shows an approval of yours that these notes do not hold: the notes are lost, or older ones were")
        warn("put in their place. What you approved since then is not in the day's count. Call the other keyholders.")


def _parts(run: Run, found: Bundle) -> list[bytes]:
    """This keyholder's part of each value; empty for one that was sealed before they came, or was erased."""
    parts, foreign, erased = [], 0, 0
    for stub, wrap, (_, named) in zip(found.stubs, found.wraps, found.request.records, strict=True):
        if run.keys.name not in found.chain.of(stub["roster"]).names:
            foreign += 1
            parts.append(b"")
        elif not wrap:
            erased += 1
            parts.append(b"")
        else:
            parts.append(part_of(wrap, named, run.keys.name, run.keys.box))
    if not any(parts):
        raise SealError(
            f"You hold no part of these values. Without a wrap: {erased}; sealed before you came: {foreign}.",
            next_step="Let the other keyholders answer.",
        )
    if foreign or erased:
        warn(f"You hold no part of {foreign + erased} of them. Without a wrap: {erased}; "
             f"sealed before you came: {foreign}.")  # fmt: skip
    return parts


def _note(run: Run, request: Request, answer: Document) -> None:
    """Count and keep the answer before it leaves.

    Raises
    ------
    StorageError: the disk is full; nothing was answered.
    """
    run.notes.answers[request.id] = {
        "kind": answer["clarion"], "count": len(request.records), "policy": request.document["policy"],
        "when": int(run.now.timestamp()), "until": int(request.until.timestamp()), "document": answer,
    }  # fmt: skip
    run.save()

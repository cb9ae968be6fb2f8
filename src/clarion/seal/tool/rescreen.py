"""Compare people with lists without anybody reading them: values open in a short-lived process, outcomes come out.

The process that opens them (``screener``) ends before anything is sent; this one never holds a value. Only the three
words that a screening may end with are passed on, with the listed entries that hit, and of values whose outcome is
another than it was: before sealing, or when this device last returned one. Where the program's answers cannot be
matched to the values one by one, every value is left for a person to review.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from clarion.errors import InputError
from clarion.seal.documents import canonical
from clarion.seal.errors import SealError
from clarion.seal.returned import OUTCOMES, WORDS, sign_returned
from clarion.seal.tool import answers, pending
from clarion.seal.tool.answers import Answered
from clarion.seal.tool.run import Around, running
from clarion.seal.tool.terminal import say, tell, warn


def rescreen(around: Around) -> int:
    """Screen the values of a request of this device here, and return the outcomes that are others than they were.

    With a program of the requester's own, or with Clarion's, whose lists are looked at before anything is opened.

    Raises
    ------
    InputError: a request for something else, or Clarion's engine is not installed here. SealError, NotEnough: as for
    ``clarion-open get``, or the lists cannot clear anybody.
    """
    with running(around) as run:
        given = run.given
        waiting = pending.of(run, given.request)
        if waiting.purpose != "rescreen":
            raise InputError("This request is not for rescreening.", next_step="Ask with: --purpose rescreen")
        command = given.command or _ours(given.use)
        env = os.environ | ({"CLARION_HOME": str(Path(given.lists).absolute())} if given.lists else {})
        if not given.command:
            _lists_in_force(command, env)
        found = answers.fetch(run, waiting)
        run.save()
        told, strange = _screened(found, command, env, given.seconds)
        named = [record for record, _ in waiting.request.records]
        changed = [
            {"record": record, "outcome": one["outcome"]} | ({"hits": one["hits"]} if one["hits"] else {})
            for record, one in zip(named, told, strict=True)
            if given.all or one["now"] != run.notes.screened.get(record, one["was"])
        ]
        if strange:
            warn(f"Values without an outcome that counts: {strange}. A person must review them.")
        counted = Counter(one["outcome"] for one in told)
        tell(outcomes={word: counted[word] for word in WORDS}, changed=changed)
        say(", ".join(f"{word}: {counted[word]}" for word in WORDS))
        body = sign_returned(waiting.request, OUTCOMES, changed, run.keys.sign.sign)
        say(f"Outcomes that changed: {len(changed)}. They were "
            f"{run.hand_on(body, f'/requests/{waiting.id}/outcomes')}.")  # fmt: skip
        run.notes.screened |= {record: one["now"] for record, one in zip(named, told, strict=True)}
        pending.forget(run, waiting)
    return 0


def _ours(use: str) -> list[str]:
    """Clarion's own screening.

    Raises
    ------
    InputError: only the keyholders' tools are installed here.
    """
    if find_spec("clarion.screening") is None:
        raise InputError(
            "Clarion's screening is not installed here.",
            next_step="Install Clarion itself, or name a program: -- PROGRAM [ARGUMENTS], after all other options",
        )
    return [sys.executable, "-P", "-m", "clarion", "screening", "opened", "--use", use]


def _lists_in_force(command: list[str], env: dict[str, str]) -> None:
    """Refuse before anything is opened where the lists of this machine can clear nobody."""
    ran = subprocess.run([*command, "--check"], env=env, capture_output=True, text=True, check=False)
    if ran.returncode:
        lines = ran.stderr.strip().splitlines()
        raise SealError(
            (lines or ["The lists could not be read."])[0].removeprefix("Error: "),
            where=" ".join(line.strip() for line in lines[1:]),
            next_step="Nothing was opened. Load the lists here, or name a data folder that has them: --lists DIR",
        )


def _screened(
    found: Answered, command: list[str], env: dict[str, str], seconds: int
) -> tuple[list[dict[str, Any]], int]:  # fmt: skip
    """An answer for each value, and how many were put to review for want of one.

    Raises
    ------
    SealError: what the process that opens them says, such as too few approvals.
    """
    rosters = {e["roster"]: found.roster(e).document for e in found.envelopes if e}
    job = {
        "envelopes": found.envelopes, "rosters": rosters, "command": command, "seconds": seconds,
        "parts": [{name: part.hex() for name, part in parts.items()} for parts in found.parts],
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "clarion.seal.tool.screener"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, start_new_session=True,
    )  # fmt: skip
    try:
        said, _ = process.communicate(canonical(job))
    finally:  # also after Ctrl-C: neither it nor the program that it started outlives this run
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.returncode:
        raise SealError("The values were not screened.", next_step="See the message above; nothing was returned.")
    told = json.loads(said)
    return told["told"], told["strange"]

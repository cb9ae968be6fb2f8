"""Compare people with lists without anybody reading them: values open in a short-lived process, outcomes come out.

The process that opens them (``screener``) ends before anything is sent; this one never holds a value. Only the three
words that a screening may end with are passed on, and where the program's answers cannot be matched to the values one
by one, every value is left for a person to review.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

from clarion.errors import InputError
from clarion.seal.documents import canonical
from clarion.seal.errors import SealError
from clarion.seal.returned import OUTCOMES, WORDS, sign_returned
from clarion.seal.tool import answers, pending
from clarion.seal.tool.answers import Answered
from clarion.seal.tool.run import Around, running
from clarion.seal.tool.terminal import say, tell, warn


def rescreen(around: Around) -> int:
    """Screen the values of a request of this device with a local program, and return the outcomes.

    Raises
    ------
    InputError: no program, or a request for something else. SealError, NotEnough: as for ``clarion-open get``.
    """
    with running(around) as run:
        if not run.given.command:
            raise InputError(
                "No screening program was named.", next_step="Add: -- PROGRAM [ARGUMENTS], after all other options"
            )
        waiting = pending.of(run, run.given.request)
        if waiting.purpose != "rescreen":
            raise InputError("This request is not for rescreening.", next_step="Ask with: --purpose rescreen")
        found = answers.fetch(run, waiting)
        run.save()
        words, strange = _screened(found, run.given.command, run.given.seconds)
        outcomes = [
            {"record": record, "outcome": word}
            for (record, _), word in zip(waiting.request.records, words, strict=True)
        ]
        if strange:
            warn(f"Values without an outcome that counts: {strange}. A person must review them.")
        counted = Counter(words)
        tell(outcomes={word: counted[word] for word in WORDS})
        say(", ".join(f"{word}: {counted[word]}" for word in WORDS))
        body = sign_returned(waiting.request, OUTCOMES, outcomes, run.keys.sign.sign)
        say(f"The outcomes were {run.hand_on(body, f'/requests/{waiting.id}/outcomes')}.")
        pending.forget(run, waiting)
    return 0


def _screened(found: Answered, command: list[str], seconds: int) -> tuple[list[str], int]:
    """A word for each value, and how many were put to review for want of one.

    Raises
    ------
    SealError: what the process that opens them says, such as too few approvals.
    """
    rosters = {e["roster"]: found.roster(e).document for e in found.envelopes if e}
    job = {
        "envelopes": found.envelopes, "rosters": rosters, "command": command, "seconds": seconds,
        "parts": [{name: part.hex() for name, part in parts.items()} for parts in found.parts],
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "clarion.seal.tool.screener"],
        input=canonical(job),
        stdout=subprocess.PIPE,
        check=False,
    )
    if ran.returncode:
        raise SealError("The values were not screened.", next_step="See the message above; nothing was returned.")
    told = json.loads(ran.stdout)
    return told["words"], told["strange"]

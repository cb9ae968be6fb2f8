"""The process in which values open for rescreening: it hands each to a program, and prints nothing but words.

It is started by ``rescreen`` for one batch, reads its job from standard input and ends. Its memory is gone with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from clarion.errors import ClarionError
from clarion.seal import roster as rosters
from clarion.seal.returned import REVIEW, WORDS
from clarion.seal.tool.run import no_core_dumps
from clarion.seal.tool.terminal import warn
from clarion.seal.value import open_with


def screen(job: dict[str, Any]) -> dict[str, Any]:
    """``words``, one for each envelope, and ``strange``: how many stand at review because no answer counts.

    Raises
    ------
    NotEnough, SealError: a value does not open. ClarionError: the program cannot be started.
    """
    known = {digest: rosters.parse(document) for digest, document in job["rosters"].items()}
    lines, at = [], []
    for place, (envelope, parts) in enumerate(zip(job["envelopes"], job["parts"], strict=True)):
        if envelope is not None:
            held = {name: bytes.fromhex(part) for name, part in parts.items()}
            lines.append(json.dumps(open_with(envelope, held, known[envelope["roster"]]).reveal(), ensure_ascii=False))
            at.append(place)
    answers = _ask(job["command"], lines, job["seconds"])
    words = [REVIEW] * len(job["envelopes"])
    for place, word in zip(at, answers, strict=True):
        words[place] = word if word in WORDS else REVIEW
    return {"words": words, "strange": len(words) - sum(word in WORDS for word in answers)}


def _ask(command: list[str], lines: list[str], seconds: int) -> list[str]:
    """The program's word for each line; none at all when it failed, or did not answer line by line."""
    none = [""] * len(lines)
    try:
        ran = subprocess.run(
            command, input="".join(line + "\n" for line in lines).encode(), stdout=subprocess.PIPE, timeout=seconds,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        warn(f"The screening program took longer than {seconds} seconds and was ended.")
        return none
    except OSError as error:
        raise ClarionError(
            f"The screening program cannot be started: {error.strerror}.", next_step="Check its name and rights."
        ) from error
    words = ran.stdout.decode("utf-8", "replace").split("\n")
    words = [word.strip() for word in words[:-1]] + ([words[-1].strip()] if words[-1].strip() else [])
    if ran.returncode or len(words) != len(lines):
        warn(f"The screening program ended with {ran.returncode} and answered {len(words)} lines for {len(lines)}.")
        return none
    return words


def main() -> int:
    no_core_dumps()
    try:
        told = screen(json.loads(sys.stdin.buffer.read()))
    except ClarionError as error:
        for line in str(error).splitlines():
            warn(line)
        return 1
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())

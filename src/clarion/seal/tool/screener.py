"""The process in which values open for rescreening: it hands each to a program, and prints nothing but outcomes.

It is started by ``rescreen`` for one batch, reads its job from standard input and ends. Its memory is gone with it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any

from clarion.errors import ClarionError
from clarion.seal import roster as rosters
from clarion.seal.tool.run import no_core_dumps
from clarion.seal.tool.screened import told, unknown
from clarion.seal.tool.terminal import warn
from clarion.seal.value import open_with

_LOOK = 0.2  # seconds


def screen(job: dict[str, Any]) -> dict[str, Any]:
    """``told``, an answer for each envelope (``screened.told``), and ``strange``: how many of them stand at review
    because the program gave none that counts.

    Raises
    ------
    NotEnough, SealError: a value does not open. ClarionError: the program cannot be started.
    """
    known = {digest: rosters.parse(document) for digest, document in job["rosters"].items()}
    values, at = [], []
    for place, (envelope, parts) in enumerate(zip(job["envelopes"], job["parts"], strict=True)):
        if envelope is not None:
            held = {name: bytes.fromhex(part) for name, part in parts.items()}
            values.append(open_with(envelope, held, known[envelope["roster"]]).reveal())
            at.append(place)
    answers = _ask(job["command"], [json.dumps(value) for value in values], job["seconds"])
    found: list[dict[str, Any] | None] = [None] * len(job["envelopes"])
    for place, value, line in zip(at, values, answers, strict=True):
        found[place] = told(line, value)
    return {"told": [one or unknown() for one in found], "strange": found.count(None)}


def _ask(command: list[str], lines: list[str], seconds: int) -> list[str]:
    """The program's line for each line; none at all when it failed, or did not answer line by line."""
    none = [""] * len(lines)
    try:
        ran = subprocess.run(
            command, input="".join(line + "\n" for line in lines).encode("ascii"), stdout=subprocess.PIPE,
            timeout=seconds, check=False,
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


def _end_with_parent() -> None:
    """Where the tool is killed, this process and the program that it started end too: they hold values."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os.killpg(0, signal.SIGKILL)  # a group of its own: ``rescreen`` began a session for it

    threading.Thread(target=watch, daemon=True).start()


def main() -> int:
    no_core_dumps()
    _end_with_parent()
    try:
        found = screen(json.loads(sys.stdin.buffer.read()))
    except ClarionError as error:
        for line in str(error).splitlines():
            warn(line)
        return 1
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())

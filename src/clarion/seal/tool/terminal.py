"""What the tools say and ask. Texts that come from others are cleaned of letters that would command the terminal."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from clarion.errors import InputError, NotAllowed
from clarion.files import storage_errors

_ANSWER: ContextVar[dict[str, Any] | None] = ContextVar("answer", default=None)


def visible(text: str) -> str:
    """``text`` on one line, with every letter that does not show written as its number."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


@contextmanager
def answering(as_json: bool) -> Iterator[None]:
    """Within, what is said is printed; or, ``as_json``, kept and printed as one object when the verb is done."""
    if not as_json:
        yield
        return
    answer: dict[str, Any] = {"said": []}
    held = _ANSWER.set(answer)
    try:
        yield
    finally:
        _ANSWER.reset(held)
        if answer != {"said": []}:  # also what was said before an error
            text = json.dumps(answer, ensure_ascii=False)
            sys.stdout.write("".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text) + "\n")


def tell(**data: Any) -> None:
    """What machines are told besides, by name. A list is added to."""
    if (answer := _ANSWER.get()) is not None:
        for name, value in data.items():
            answer[name] = answer[name] + value if isinstance(answer.get(name), list) else value


def for_people() -> bool:
    """Whether what is said is printed at once."""
    return _ANSWER.get() is None


def say(text: str = "") -> None:
    """A line of the answer."""
    if (answer := _ANSWER.get()) is None:
        sys.stdout.write(visible(text) + "\n")
    elif text:
        answer["said"].append(visible(text.strip()))


def lines(several: Iterable[str], indent: str = "  ") -> None:
    for text in several:
        say(indent + text)


def warn(text: str) -> None:
    """A line that is no part of the answer."""
    sys.stderr.write(visible(text) + "\n")


def agree(question: str, yes: bool) -> None:
    """Go on only after a yes, which ``yes`` gives beforehand.

    Raises
    ------
    InputError: there is no terminal to ask at. NotAllowed: the answer was another one.
    """
    if yes:
        return
    if not for_people():  # whoever is asked must have read what for, and nothing is printed yet
        raise InputError("This needs a yes, and nothing is asked where machines are answered.",
                         next_step="Look at it without --json, or say it with: --yes")  # fmt: skip
    if not sys.stdin.isatty():
        raise InputError("This needs a yes, and there is no terminal to ask at.", next_step="Say it with: --yes")
    sys.stderr.write(f"{visible(question)} Type yes or no: ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in ("yes", "y"):
        raise NotAllowed("Nothing was done, as you said no.", next_step="Run the command again if you meant yes.")


def secret(asked: str, file: str, option: str = "--passphrase-file") -> str:
    """A passphrase or token: the first line of ``file`` (``-``: of standard input), or typed unseen where it is "".

    ``option`` is what names ``file``, for who must be told.

    Raises
    ------
    InputError: there is no terminal, or nothing was given. StorageError: the file cannot be read.
    """
    if file == "-":
        found = sys.stdin.readline()
    elif file:
        with storage_errors(Path(file)):
            found = Path(file).read_text(encoding="utf-8").partition("\n")[0]
    else:
        found = _typed(asked, option)
    if not found.strip():
        raise InputError(f"No {asked} was given.", next_step="Run the command again and type it, or name its file.")
    return found.strip()


def _typed(asked: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise InputError(
            f"The {asked} is needed, and there is no terminal to type it at.",
            next_step=f"Name a file that holds it, or - for standard input: {option} FILE",
        )
    try:
        return getpass.getpass(f"{asked.capitalize()} (not shown): ")
    except EOFError:
        return ""

"""What the tools say and ask. Texts that come from others are cleaned of letters that would command the terminal."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable
from pathlib import Path

from clarion.errors import InputError, NotAllowed
from clarion.files import storage_errors


def visible(text: str) -> str:
    """``text`` on one line, with every letter that does not show written as its number."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def say(text: str = "") -> None:
    """A line of the answer."""
    sys.stdout.write(visible(text) + "\n")


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

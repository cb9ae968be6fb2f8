"""What both programs take alike, and how they end."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from clarion.errors import ClarionError, InputError, StorageError
from clarion.seal.tool.terminal import visible, warn

# No argument of a program holds this letter, so that it cannot stand in one by chance.
_MARK = "\0"
# Handles and ids, which people shorten to their start, may begin with one hyphen or two, which argparse would take for
# an option. The options themselves are ``-h`` and small letters after two hyphens.
_OPTION = re.compile(r"-h|--|--[a-z][a-z-]*(=.*)?", re.DOTALL)
_WHOLE_ID = re.compile(r"-(?:[A-Za-z0-9_-]{21}|[A-Za-z0-9_-]{42})")
_NUMBER = re.compile(r"-\d+")  # argparse sees by itself that these are no options
Verb = Callable[..., int]


class Parser(argparse.ArgumentParser):
    """A parser that answers as the root command does."""

    def error(self, message: str) -> NoReturn:
        """Raise an InputError with the next step, where argparse would print its usage and leave."""
        told = visible(message.replace(_MARK, "").replace(repr(_MARK)[1:-1], ""))
        raise InputError(
            f"{told[:1].upper()}{told[1:]}.",
            where=self.prog, next_step=f"See what it takes with: {self.prog} --help",
        )  # fmt: skip

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "Usage: ", 1)

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """What ``words`` say; a word that begins with a hyphen and is no option is a name.

        Raises
        ------
        InputError: a verb or option that does not exist, or one that is missing.
        """
        given = self.parse_args([_MARK + word if _a_name(word) else word for word in words])
        for key, value in vars(given).items():
            setattr(given, key, _unmarked(value))
        return given


def _unmarked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unmarked(one) for one in value]
    return value.removeprefix(_MARK) if isinstance(value, str) else value


def _a_name(word: str) -> bool:
    if not word.startswith("-") or word == "-" or _NUMBER.fullmatch(word):
        return False
    return _WHOLE_ID.fullmatch(word) is not None or _OPTION.fullmatch(word) is None


def common() -> Parser:
    """The options of every verb."""
    parser = Parser(add_help=False)
    group = parser.add_argument_group("options of every verb")
    group.add_argument(
        "--keys",
        metavar="DIR",
        default="",
        help="folder of your keys (default: CLARION_KEYS, or clarion-keys in your configuration folder)",
    )
    group.add_argument(
        "--passphrase-file",
        metavar="FILE",
        default="",
        help="read the passphrase from the first line of FILE (-: of standard input) instead of asking",
    )
    group.add_argument("--json", action="store_true", help="answer as JSON; errors too, on standard error")
    group.add_argument("--yes", action="store_true", help="say yes to what would be asked, for scripts")
    group.add_argument(
        "--clock-is-right",
        action="store_true",
        help="the clock was wrong at an earlier run and is right now: waiting times begin anew",
    )
    return parser


def setup(verbs: argparse._SubParsersAction[Parser], parents: list[Parser]) -> Parser:
    """The verb ``init``, which both programs have."""
    init = verbs.add_parser(
        "init",
        parents=parents,
        help="make your key and its card; a spare copy; name the desk",
        description="Make your key and its card, a spare copy of the key file, or name the desk.",
    )
    init.add_argument("--label", metavar="WORD", default="", help="make a key; a word that tells outsiders nothing")
    init.add_argument("--take-up", metavar="FILE", default="", help="take up a spare copy of the key file here")
    init.add_argument("--spare", metavar="FILE", default="", help="write a spare copy of the key file")
    init.add_argument("--desk", metavar="URL", default="", help="the desk's address; asks for your API token there")
    init.add_argument("--token-file", metavar="FILE", default="", help="read the token from the first line of FILE")
    init.add_argument("--proxy", metavar="URL", default="", help="reach the desk through http://127.0.0.1:PORT (Tor)")
    init.set_defaults(out="")
    return init


def pinning(parser: Parser) -> None:
    """The options of ``pin``."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="roster files, oldest first (default: ask the desk)")
    parser.add_argument("--anew", action="store_true", help="forget the roster that is pinned, and pin this one")
    parser.add_argument("--send", action="store_true", help="send it to the desk")


def ended(main: Callable[[list[str]], int]) -> None:
    """Run a program that is installed alone, and leave with its exit code; errors become one clear message."""
    try:
        code = main(sys.argv[1:])
    except ClarionError as error:
        _complain(error)
        code = error.exit_code
    except KeyboardInterrupt:
        warn("Stopped.")
        code = 130
    except OSError as error:
        _complain(StorageError(f"The system refused: {error.strerror}.", where=str(error.filename or "")))
        code = StorageError.exit_code
    sys.exit(code)


def _complain(error: ClarionError) -> None:
    if "--json" in sys.argv:
        warn(json.dumps({"error": error.to_dict()}, ensure_ascii=False))
        return
    sys.stderr.write("\n".join(visible(line) for line in f"Error: {error}".splitlines()) + "\n")

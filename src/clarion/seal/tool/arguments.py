"""What both programs take alike, and how they end."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence

from clarion.errors import ClarionError, StorageError
from clarion.seal.tool.terminal import visible, warn

_MARK = "="
# A handle has 22 letters and a request 43, and either may begin with a hyphen, which argparse would take for an option.
_HYPHENED = re.compile(r"-(?:[A-Za-z0-9_-]{21}|[A-Za-z0-9_-]{42})")
Verb = Callable[..., int]


def marked(arguments: Sequence[str]) -> list[str]:
    """The arguments, with a mark before every handle or id that looks like an option."""
    return [_MARK + word if _HYPHENED.fullmatch(word) else word for word in arguments]


def name(text: str) -> str:
    """The type of an argument that is a handle or an id: without the mark."""
    return text.removeprefix(_MARK)


def common() -> argparse.ArgumentParser:
    """The options of every verb."""
    parser = argparse.ArgumentParser(add_help=False)
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
    group.add_argument("--yes", action="store_true", help="say yes to what would be asked, for scripts")
    group.add_argument(
        "--clock-is-right",
        action="store_true",
        help="the clock was wrong at an earlier run and is right now: waiting times begin anew",
    )
    return parser


def setup(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]
) -> argparse.ArgumentParser:
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


def pinning(parser: argparse.ArgumentParser) -> None:
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
    sys.stderr.write("\n".join(visible(line) for line in f"Error: {error}".splitlines()) + "\n")

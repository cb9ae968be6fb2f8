"""``clarion-open``: ask for sealed values and read them, on the requester's own machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from clarion.seal.keyfile import Cost
from clarion.seal.tool import arguments as args
from clarion.seal.tool.ask import ask, draw
from clarion.seal.tool.init import init
from clarion.seal.tool.opening import get, waiting
from clarion.seal.tool.reseal import reseal
from clarion.seal.tool.rotate import pin
from clarion.seal.tool.run import Around, clock
from clarion.seal.tool.terminal import answering

VERBS = ("init", "pin", "ask", "get", "draw", "reseal", "list")


def main(
    arguments: Sequence[str], prog: str = "clarion-open", *, cost: Cost | None = None,
    now: Callable[[], datetime] = clock,
) -> int:  # fmt: skip
    """Run one verb (``ask`` where the first word is a handle) and return its exit code.

    Raises
    ------
    ClarionError: whatever went wrong, with the next step.
    """
    words = list(arguments)
    if words and words[0] not in (*VERBS, "-h", "--help"):
        words = ["ask", *words]
    given = parser(prog).read(words)
    verb: args.Verb = given.verb
    with answering(given.json):
        return verb(Around("device", given, now, cost))


def script() -> None:
    args.ended(main)


def parser(prog: str = "clarion-open") -> args.Parser:
    """The verbs and their options."""
    top = args.Parser(
        prog=prog, allow_abbrev=False,
        description="Ask the keyholders to open sealed values, and read them here. A handle as the first word asks "
        "for it: HANDLE... --reason TEXT",
    )  # fmt: skip
    verbs = top.add_subparsers(required=True, metavar="VERB")
    common = [args.common()]
    args.setup(verbs, common).set_defaults(verb=init)
    pins = verbs.add_parser("pin", parents=common, help="believe the desk's roster, after comparing its name by voice")
    args.pinning(pins)
    pins.set_defaults(verb=pin, out="")

    asks = verbs.add_parser("ask", parents=common, help="ask the keyholders to open values")
    asks.add_argument("handles", nargs="*", metavar="HANDLE", help="handles, as pages show them")
    asks.add_argument("--room", metavar="ROOM", default="", help="all values of a room, to be screened anew")
    asks.add_argument("--count", type=int, default=1000, metavar="N", help="with --room: how many (default: 1000)")
    asks.add_argument("--after", metavar="HANDLE", default="", help="with --room: go on after this handle")
    purposes = ("open", "audit", "rescreen")
    asks.add_argument("--purpose", choices=purposes, default="open", help="what for (default: open)")
    asks.add_argument(
        "--records",
        metavar="FILE",
        default="",
        help="the desk's answer to a look-up, carried by hand; without a handle all of it is asked for",
    )
    _reason(asks)
    asks.set_defaults(verb=ask)
    draws = verbs.add_parser(
        "draw", parents=common, help="ask, as an auditor, for values that the desk draws at random"
    )
    draws.add_argument("--room", metavar="ROOM", required=True, help="the room, such as giving")
    draws.add_argument("--count", type=int, default=3, metavar="N", help="how many (default: 3)")
    _reason(draws)
    draws.set_defaults(verb=draw, records="")

    gets = verbs.add_parser("get", parents=common, help="read the values of an approved request, once")
    gets.add_argument("request", help="the request, by the start of its id")
    gets.add_argument("--file", metavar="ANSWERS", default="", help="answers that were carried by hand")
    gets.add_argument("--out", metavar="FILE", default="", help="write the values to FILE, which only you can read")
    gets.add_argument("--keep-key", action="store_true", help="keep the one-time key, to read the values again")
    gets.set_defaults(verb=get)
    seals = verbs.add_parser("reseal", parents=common, help="seal values anew after the keyholders have changed",
                             description="Without a request: ask for values that were sealed for former keyholders. "
                             "With one that was approved: seal them anew here; nobody reads them.")  # fmt: skip
    seals.add_argument("request", nargs="?", default="", help="the request, by the start of its id")
    seals.add_argument("--count", type=int, default=1000, metavar="N", help="how many at a time (default: 1000)")
    seals.add_argument("--file", metavar="ANSWERS", default="", help="answers that were carried by hand")
    _reason(seals, required=False)
    seals.set_defaults(verb=reseal, records="")
    lists = verbs.add_parser("list", parents=common, help="the requests of this device that are not done")
    lists.add_argument("--offline", action="store_true", help="do not ask the desk for their state")
    lists.set_defaults(verb=waiting, out="")
    return top


def _reason(parser: args.Parser, *, required: bool = True) -> None:
    parser.add_argument(
        "--reason", metavar="TEXT", required=required, default="", help="why; only the keyholders can read it"
    )
    parser.add_argument("--out", metavar="FILE", default="", help="write the result to FILE instead of sending it")

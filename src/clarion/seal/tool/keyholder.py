"""``clarion-keyholder``: what a keyholder does, on their own machine."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import datetime

from clarion.seal.keyfile import Cost
from clarion.seal.tool import arguments as args
from clarion.seal.tool.answer import approve, refuse, stop
from clarion.seal.tool.init import init
from clarion.seal.tool.rescreen import rescreen
from clarion.seal.tool.rotate import draft, pin, sign
from clarion.seal.tool.run import Around, clock
from clarion.seal.tool.show import show
from clarion.seal.tool.terminal import answering


def main(
    arguments: Sequence[str], prog: str = "clarion-keyholder", *, cost: Cost | None = None,
    now: Callable[[], datetime] = clock,
) -> int:  # fmt: skip
    """Run one verb and return its exit code.

    Raises
    ------
    ClarionError: whatever went wrong, with the next step.
    """
    command: list[str] = []
    if "rescreen" in arguments[:1] and "--" in arguments:
        at = list(arguments).index("--")
        arguments, command = arguments[:at], list(arguments[at + 1 :])
    given = parser(prog).read(arguments)
    given.command = command
    verb: args.Verb = given.verb
    with answering(given.json):
        return verb(Around("device" if verb is rescreen else "keyholder", given, now, cost))


def script() -> None:
    args.ended(main)


def parser(prog: str = "clarion-keyholder") -> args.Parser:
    """The verbs and their options."""
    top = args.Parser(
        prog=prog, allow_abbrev=False,
        description="Judge requests to open sealed values, on your own machine. The key never leaves it.",
    )  # fmt: skip
    verbs = top.add_subparsers(required=True, metavar="VERB")
    common = [args.common()]
    args.setup(verbs, common).set_defaults(verb=init)

    shows = verbs.add_parser("show", parents=common, help="your key, the roster, and the requests that wait; no value")
    shows.add_argument("request", nargs="?", default="", help="one request, by the start of its id")
    shows.add_argument("--file", metavar="BUNDLE", default="", help="a bundle that was carried by hand")
    shows.set_defaults(verb=show, out="")
    for name, verb, text in (
        ("approve", approve, "hand on your part of the values of a request"),
        ("refuse", refuse, "say no; others may still approve"),
        ("stop", stop, "end a request for everybody"),
    ):
        answers = verbs.add_parser(name, parents=common, help=text, description=text.capitalize() + ".")
        answers.add_argument("request", help="the request, by the start of its id")
        answers.add_argument("--file", metavar="BUNDLE", default="", help="the bundle that was carried by hand")
        answers.add_argument("--out", metavar="FILE", default="", help="write the answer to FILE instead of sending it")
        answers.set_defaults(verb=verb)
    _rotate(verbs, common)
    screens = verbs.add_parser(
        "rescreen", parents=common, help="compare approved values with lists here; only outcomes leave",
        usage="%(prog)s [options] request [-- COMMAND ...]",
        description="Open the values of a request for rescreening in a process of their own, screen them on this "
        "machine, and return the outcomes that changed: clear, ask or review. A COMMAND gets each value as a line of "
        "JSON and answers one line; without one Clarion's own screening does it, where it is installed.",
    )  # fmt: skip
    screens.add_argument("request", help="the request, by the start of its id")
    screens.add_argument("--file", metavar="ANSWERS", default="", help="answers that were carried by hand")
    screens.add_argument("--out", metavar="FILE", default="", help="write the outcomes to FILE instead of sending them")
    screens.add_argument("--seconds", type=int, default=600, metavar="N", help="time for the program (default: 600)")
    screens.add_argument(
        "--lists", metavar="DIR", default="", help="data folder that holds the lists (default: that of this machine)"
    )
    screens.add_argument("--use", metavar="POLICY", default="payment", help="policy to decide by (default: payment)")
    screens.add_argument("--all", action="store_true", help="return every outcome, not only those that changed")
    screens.set_defaults(verb=rescreen)
    return top


def _rotate(verbs: argparse._SubParsersAction[args.Parser], common: list[args.Parser]) -> None:
    group = verbs.add_parser(
        "rotate",
        help="draft, sign and pin a roster of keyholders",
        description="Draft, sign and pin a roster of keyholders.",
    )
    steps = group.add_subparsers(required=True, metavar="STEP")
    drafts = steps.add_parser("draft", parents=common, help="write the first or the next roster, for all to sign")
    drafts.add_argument("--first", action="store_true", help="the organisation's first roster: there is none before")
    drafts.add_argument("--keyholders", nargs="+", metavar="CARD", default=[], help="cards of keyholders to add")
    drafts.add_argument("--remove", nargs="+", metavar="NAME", default=[], help="keyholders or devices to take out")
    drafts.add_argument("--threshold", type=int, metavar="M", help="how many open a value (default: as before, or 2)")
    drafts.add_argument(
        "--device",
        nargs=3,
        action="append",
        metavar=("CARD", "WHOSE", "PURPOSES"),
        default=[],
        help="a device that may ask: whose it is (a keyholder, or nobody), and for what (open,audit,reseal,rescreen)",
    )
    drafts.add_argument(
        "--policy",
        nargs=4,
        action="append",
        metavar=("NAME", "DAILY", "WAIT", "HOURS"),
        default=[],
        help="openings a day, minutes to wait, hours a request lives (default: default 50 0 72)",
    )
    drafts.add_argument(
        "--organisation",
        metavar="HANDLE",
        default="",
        help="the organisation's handle, for a first roster (default: a new one)",
    )
    drafts.add_argument("--out", metavar="FILE", required=True, help="where to write the draft")
    drafts.set_defaults(verb=draft)
    signs = steps.add_parser("sign", parents=common, help="join signatures, add yours, pin it once it has all")
    signs.add_argument("files", nargs="+", metavar="FILE", help="the draft; several copies of it are joined")
    signs.add_argument("--out", metavar="FILE", default="", help="where to write it (default: over the first file)")
    signs.add_argument("--send", action="store_true", help="send it to the desk once it is in force")
    signs.set_defaults(verb=sign)
    pins = steps.add_parser("pin", parents=common, help="believe the desk's roster, after comparing its name by voice")
    args.pinning(pins)
    pins.set_defaults(verb=pin, out="")

"""One verb of the keyholder's and requester's programs, read from their own parsers."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from clarion.seal.tool import keyholder, opener
from house.markdown import code, plain, table

PROGRAMS = {"clarion-keyholder": keyholder.parser, "clarion-open": opener.parser}
COMMON = ("--keys", "--passphrase-file", "--yes", "--clock-is-right")  # told of once, at the top of the page


def verbs() -> dict[str, argparse.ArgumentParser]:
    """Every verb by its full name, such as ``clarion-keyholder rotate sign``; groups of verbs are none."""
    return {name: found for program, build in PROGRAMS.items() for name, found in _walk(program, build(program))}


def options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.dest != "help"]


def write(name: str) -> str:
    known = verbs()
    if name not in known:
        raise LookupError(f"there is no verb {name!r}; there are: {', '.join(known)}")
    parser = known[name]
    own = [action for action in options(parser) if not set(action.option_strings) & set(COMMON)]
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    for common in ("[-h] ", "[--keys DIR] ", "[--passphrase-file FILE] ", "[--yes] ", "[--clock-is-right] "):
        usage = usage.replace(common, "")
    usage = usage.replace(" [--clock-is-right]", "")
    rows = [(_name(action), plain(action.help or "")) for action in own]
    text = f"```text\n{usage}\n```\n\n{plain(parser.description or '')}\n\n"
    return text + (table(("option", "what it does"), rows) if rows else "")


def common(_: str) -> str:
    parser = next(iter(verbs().values()))
    return table(
        ("option", "what it does"),
        [(_name(a), plain(a.help or "")) for a in options(parser) if set(a.option_strings) & set(COMMON)],
    )


def _walk(name: str, parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield name, parser
    for group in inner:
        for verb, child in group.choices.items():
            yield from _walk(f"{name} {verb}", child)


def _name(action: argparse.Action) -> str:
    value = action.metavar or ("" if action.nargs == 0 else action.dest.upper())
    words = " ".join(value) if isinstance(value, tuple) else value
    if action.choices:
        words = "|".join(action.choices)
    return code(f"{action.option_strings[-1]} {words}".strip() if action.option_strings else words)

"""TOML from people whom nobody knows: bounded before it is parsed, and its faults told with their line."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from clarion.errors import ScenarioError
from clarion.spillover.engine.scenario.positions import key_lines
from clarion.spillover.engine.scenario.section import Text
from clarion.vocab import Phrase

MOST_BYTES = 256 * 1024
MOST_DOTS = 100  # on one line, outside quotation marks
MOST_NUMBER = 10**15
# An open quotation mark reaches to the end of the line, so that every letter is looked at once.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.?)*(?:"|$)|\'[^\']*(?:\'|$)')


def read_toml(text: str, where: str) -> tuple[dict[str, Any], Text]:
    """The data of a TOML text, and the line of each of its keys; ``where`` names the file in errors.

    Raises
    ------
    ScenarioError: too long, too deep, not TOML, or with a number that nobody can mean.
    """
    if len(text) > MOST_BYTES:
        raise ScenarioError(
            Phrase(
                "The scenario is {size:,.0f} characters long; at most {most:,.0f} are read.",
                size=len(text),
                most=MOST_BYTES,
            ),
            where=where,
            next_step="Check that this is a scenario file; a scenario is a page or two of text.",
        )
    # An editor on Windows may put a byte order mark first; TOML knows none.
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        if _deep(text):
            raise RecursionError
        data = tomllib.loads(text)
        if _huge(data):
            raise OverflowError
        return data, Text(where, key_lines(text))
    except tomllib.TOMLDecodeError as error:
        raise _syntax(str(error), text, where) from None
    except RecursionError:
        raise ScenarioError(
            "The file nests lists or tables too deeply.", where=where, next_step="A scenario needs three levels."
        ) from None
    except (OverflowError, ValueError):  # Python refuses to read thousands of digits
        raise ScenarioError(
            "A number has far too many digits.", where=where, next_step="Write it with as many as you know."
        ) from None


def _deep(text: str) -> bool:
    """Whether a key is made of very many parts: the time and the memory to read it grow with their square."""
    return any(
        line.count(".") > MOST_DOTS and _QUOTED.sub("", line).count(".") > MOST_DOTS for line in text.split("\n")
    )


def _huge(value: Any) -> bool:
    """Whether a whole number is in it that no share or percentage needs, and that may be too long to be shown."""
    if isinstance(value, dict):
        return any(map(_huge, value.values()))
    if isinstance(value, list):
        return any(map(_huge, value))
    return isinstance(value, int) and abs(value) > MOST_NUMBER


def _syntax(message: str, text: str, where: str) -> ScenarioError:
    position = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line = int(position[1]) if position else text.count("\n") + 1
    spot = (
        where,
        Phrase("line {line}", line=line),
        *([Phrase("column {column}", column=position[2])] if position else []),
    )
    what = re.sub(r"\s*\(at .*\)", "", message)
    return ScenarioError(
        Phrase("This is not valid TOML: {what}.", what=what),
        where=Phrase.joined(tuple(spot), ", "),
        next_step="Mend that line; texts stand in quotation marks, lists in square brackets. See https://toml.io.",
        file=where,
        line=line,
        key="",
    )

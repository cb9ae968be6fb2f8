"""What a parser of the list is, and how text comes to one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutate import Step, mutate

from clarion.errors import ClarionError

Seed = Callable[[Path], bytes]
Read = Callable[[Path], Any]


@dataclass(frozen=True)
class Parser:
    """``of`` is the module that parses, ``seed`` makes a valid input in a folder, ``read`` is given the changed one."""

    name: str
    of: str
    seed: Seed
    read: Read
    suffix: str = ".txt"
    change: Callable[[bytes, Sequence[Step]], bytes] = mutate
    refusals: tuple[type[BaseException], ...] = (ClarionError,)


def _text(path: Path) -> str:
    """As a form or a body would bring it: any text, NUL and half letters too."""
    return path.read_bytes().decode("utf-8", "surrogatepass" if path.stat().st_size % 2 else "replace")


def of_text(call: Callable[[str], Any]) -> Read:
    def read(path: Path) -> Any:
        try:
            text = _text(path)
        except UnicodeDecodeError:
            return None
        return call(text)

    return read


def text_seed(text: str) -> Seed:
    return lambda _: text.encode()


def json_or_nothing(call: Callable[[Any], Any]) -> Read:
    """What a body holds once the API has read it."""

    def read(path: Path) -> Any:
        try:
            data = json.loads(path.read_bytes())
        except (ValueError, RecursionError):
            return None
        return call(data) if isinstance(data, dict) else None

    return read

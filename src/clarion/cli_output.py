"""What every command prints with: JSON for programs, the same data drawn for people, errors with an exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from clarion.errors import ClarionError


def emit(data: Any, as_json: bool, render: Callable[[Any], None]) -> None:
    """Print ``data`` as JSON, or hand it to ``render``."""
    if as_json:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    else:
        render(data)


def fail(error: ClarionError, as_json: bool = False) -> NoReturn:
    """Say what went wrong on standard error and leave with the error's exit code."""
    text = json.dumps({"error": error.to_dict()}, ensure_ascii=False, indent=2, default=str) if as_json else str(error)
    sys.stderr.write(text + "\n")
    raise SystemExit(error.exit_code)


@contextmanager
def reporting(as_json: bool = False) -> Iterator[None]:
    """Turn a ClarionError of the block into its message and exit code."""
    try:
        yield
    except ClarionError as error:
        fail(error, as_json)

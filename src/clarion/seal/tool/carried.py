"""Read what was carried by hand: a document or a bundle in a file, as the desk would have sent it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from clarion.seal.documents import LARGEST
from clarion.seal.errors import BadDocument
from clarion.seal.tool.folder import read_text


def read_file(file: str | Path) -> dict[str, Any]:
    """The JSON object in a file.

    Raises
    ------
    InputError, StorageError: as ``read_text``. BadDocument: it is cut off, too large or no object.
    """
    text = read_text(Path(file))
    try:
        found = json.loads(text) if len(text) <= LARGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadDocument(
            "This file is cut off, or is none that the desk or a tool wrote.", where=str(file), next_step=_AGAIN
        )
    return found


def listed(bundle: dict[str, Any], name: str) -> list[Any]:
    """A list of a bundle.

    Raises
    ------
    BadDocument: it is not there.
    """
    found = bundle.get(name)
    if not isinstance(found, list):
        raise BadDocument(f"A bundle lacks its list of {name}.", next_step=_AGAIN)
    return found


def found(bundle: dict[str, Any], name: str) -> dict[str, Any]:
    """An object of a bundle; raises as ``listed``."""
    held = bundle.get(name)
    if not isinstance(held, dict):
        raise BadDocument(f"A bundle lacks its {name}.", next_step=_AGAIN)
    return held


_AGAIN = "Ask for the file again, and compare its length at both ends."

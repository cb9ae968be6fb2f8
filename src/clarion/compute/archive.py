"""Answers of numbers as bytes: dataclasses, dictionaries, lists and arrays, read back without running anything.

Unlike a pickle, an archive that somebody else wrote can do no more than hold wrong numbers.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

_TREE = "tree"
_MOST_BYTES = 2 * 2**30


def pack(answer: Any) -> bytes:
    """``answer`` as a NumPy archive; every number comes back to the last bit.

    Raises
    ------
    TypeError: it holds something else than dataclasses, dictionaries by text, lists, tuples, arrays and plain values.
    """
    arrays: list[Any] = []
    tree = json.dumps(_node(answer, arrays))
    file = io.BytesIO()
    named = {f"array{i}": values for i, values in enumerate(arrays)}
    np.savez(file, **{_TREE: np.frombuffer(tree.encode(), dtype=np.uint8), **named})
    return file.getvalue()


def unpack(data: bytes, kinds: Sequence[type]) -> Any:
    """What ``pack`` wrote, made of dataclasses of these ``kinds`` and no other.

    Raises
    ------
    ValueError: it is cut short, no such archive, or one of more than two gigabytes.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            if sum(part.file_size for part in archive.zip.infolist()) > _MOST_BYTES:
                raise ValueError("it would fill the memory")
            tree = json.loads(archive[_TREE].tobytes())
            return _made(tree, archive, {kind.__name__: kind for kind in kinds})
    except Exception as error:  # a damaged archive fails in many ways: zlib, zipfile, json, keys
        raise ValueError(f"no archive of an answer: {error}") from error


def _node(value: Any, arrays: list[Any]) -> dict[str, Any]:
    if isinstance(value, np.ndarray):
        arrays.append(value)
        return {"array": len(arrays) - 1}
    if is_dataclass(value) and not isinstance(value, type):
        held = {field.name: _node(getattr(value, field.name), arrays) for field in fields(value)}
        return {"kind": type(value).__name__, "fields": held}
    if isinstance(value, dict) and all(isinstance(name, str) for name in value):
        return {"dict": {name: _node(part, arrays) for name, part in value.items()}}
    if isinstance(value, list | tuple):
        return {type(value).__name__: [_node(part, arrays) for part in value]}
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, str | int | float):
        return {"value": value}
    raise TypeError(f"an answer cannot hold {type(value).__name__}")


def _made(node: dict[str, Any], archive: Any, kinds: dict[str, type]) -> Any:
    (name, held), *_ = node.items()
    if name == "array":
        return archive[f"array{held}"]
    if name == "kind":
        return kinds[held](**{field: _made(part, archive, kinds) for field, part in node["fields"].items()})
    if name == "dict":
        return {key: _made(part, archive, kinds) for key, part in held.items()}
    if name in ("list", "tuple"):
        parts = [_made(part, archive, kinds) for part in held]
        return parts if name == "list" else tuple(parts)
    if name == "value" and (held is None or isinstance(held, str | int | float)):
        return held
    raise ValueError(f"no plain value: {name}")

"""What is known of one loaded table: where it came from, when, and what was left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from clarion.errors import StorageError
from clarion.files import storage_errors


@dataclass(frozen=True, slots=True)
class Manifest:
    """Beside every stored table.

    ``sha256`` is that of the source file, ``data_sha256`` that of our Parquet file; times are UTC, ISO 8601.
    ``counts`` says in plain words how many source rows were left out or changed, and why.
    """

    table: str
    source: str
    rows: int
    loaded: str
    release: str = ""
    url: str = ""
    licence: str = ""
    sha256: str = ""
    retrieved: str = ""
    note: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    version: str = ""
    data_sha256: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def read_manifest(path: Path) -> Manifest:
    """Read and check a manifest.

    Raises
    ------
    StorageError: it is missing, unreadable, or not in its form.
    """
    try:
        with storage_errors(path):
            raw: Any = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(raw, dict) or set(raw) != {f.name for f in fields(Manifest)}:
            raise ValueError("its fields are not those of a manifest")
        texts = [name for name in raw if name not in ("rows", "counts")]
        counts = raw["counts"]
        if not all(isinstance(raw[name], str) for name in texts) or not isinstance(raw["rows"], int):
            raise ValueError("a field has the wrong type")
        if not isinstance(counts, dict) or not all(isinstance(n, int) for n in counts.values()):
            raise ValueError("counts are not numbers by reason")
    except (ValueError, RecursionError) as error:  # JSONDecodeError and UnicodeDecodeError are ValueErrors
        raise damaged(path, path.parents[1], str(error)) from error
    return Manifest(**raw)


def damaged(path: Path, folder: Path, reason: str) -> StorageError:
    """The error for a stored file that is not as it was written; ``folder`` is its source's."""
    return StorageError(
        f"A stored table is damaged: {reason[:160]}.",
        where=str(path),
        next_step=f"Load it again: clarion sources fetch {folder.name}, or clarion sources load {folder.name} FILE. "
        f"To do without it, remove the folder {folder}.",
        path=str(path),
    )

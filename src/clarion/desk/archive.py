"""The form of a back-up: a gzipped tar with ``manifest.json`` (version, time, SHA-256 of each file), then ``data/``."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any

from clarion.errors import InputError


def write_archive(out: Path, manifest: dict[str, Any], staged: Path, files: list[Path]) -> None:
    """Write ``manifest`` and ``files`` (all below ``staged``) into ``out``, readable by its owner only."""
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz") as archive:
            text = json.dumps(manifest, indent=1).encode()
            head = tarfile.TarInfo("manifest.json")
            head.size = len(text)
            archive.addfile(head, io.BytesIO(text))
            for file in files:
                archive.add(file, arcname=f"data/{file.relative_to(staged)}", recursive=False)
        raw.flush()
        os.fsync(raw.fileno())


def read_archive(file: Path, staged: Path) -> int:
    """Unpack into ``staged`` (must not exist), compare every file with the manifest, and return how many there are.

    Raises
    ------
    InputError: the file is not a whole back-up.
    """
    staged.mkdir(mode=0o700)
    try:
        with tarfile.open(file, "r:gz") as archive:
            first = archive.next()
            held = archive.extractfile(first) if first and first.name == "manifest.json" else None
            if held is None:
                raise ValueError("no manifest")
            expected: dict[str, str] = json.loads(held.read())["files"]
            # The "data" filter refuses links, devices and paths that lead out of the folder.
            archive.extractall(staged.parent, filter="data")
    except (OSError, EOFError, ValueError, KeyError, tarfile.TarError) as error:
        raise _not_whole(file, str(error)) from error
    found = {str(p.relative_to(staged)): sha256(p) for p in staged.rglob("*") if p.is_file()}
    if found != expected:
        wrong = sorted(set(found.items()) ^ set(expected.items()))[0][0]
        raise _not_whole(file, f"{wrong} differs from the manifest")
    for folder in [staged, *(p for p in staged.rglob("*") if p.is_dir())]:
        folder.chmod(0o700)
    return len(found)


def _not_whole(file: Path, why: str) -> InputError:
    return InputError(
        f"This is not a whole back-up of Clarion: {why}.",
        where=str(file),
        next_step="Use a file that clarion backup wrote; nothing was changed.",
    )


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()

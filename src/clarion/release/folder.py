"""A release's folder: ``release.json``, one CSV a table, ``certificate.json``; read with all that came before."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clarion.files import storage_errors, sync
from clarion.release.amounts.printed import Sum, read_sums
from clarion.release.errors import ReleaseError
from clarion.release.published import Cell, read_table
from clarion.release.spec import Spec, read_spec

SPEC, CERTIFICATE = "release.json", "certificate.json"
LARGEST_FILE = 64 * 2**20


@dataclass(frozen=True)
class Release:
    """What was, or is to be, published: the specification, each table's rows, and those of the tables of ``sums``;
    ``sha256`` of what lies in the folder, "" before it lies there."""

    spec: Spec
    tables: dict[str, list[Cell]]
    sha256: str = ""
    sums: dict[str, list[Sum]] = field(default_factory=dict)


def read_text(path: Path) -> str:
    """A file of a release as text.

    Raises
    ------
    ReleaseError: there is none, it is no UTF-8, or larger than 64 MiB.
    """
    return _text(_content(path), path)


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise ReleaseError("There is no such file.", where=str(path), next_step="Name the folder of a whole release.")
    with storage_errors(path):
        if path.stat().st_size > LARGEST_FILE:
            raise ReleaseError("The file is larger than 64 MiB.", where=str(path), next_step="Publish fewer tables.")
        return path.read_bytes()


def _text(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReleaseError("The file is not UTF-8.", where=str(path), next_step="Save it as UTF-8.") from error


def read_release(folder: Path) -> Release:
    """Read one release; raises ReleaseError naming file, line and what is wrong."""
    files = {SPEC: _content(folder / SPEC)}
    spec = read_spec(_text(files[SPEC], folder / SPEC), str(folder / SPEC))
    tables = {}
    for name in spec.tables:
        if name not in spec.held:
            files[name] = _content(folder / name)
            tables[name] = read_table(spec, name, _text(files[name], folder / name), str(folder / name))
    sums = {}
    for name in spec.amounts.tables if spec.amounts else ():
        if name not in spec.held and spec.amounts:
            files[name] = _content(folder / name)
            text = _text(files[name], folder / name)
            sums[name] = read_sums(spec, spec.amounts, name, text, str(folder / name))
    return Release(spec, tables, digest(files), sums)


def digest(files: Mapping[str, bytes]) -> str:
    """One sha256 over the specification and the tables, by name: what a certificate and a later release refer to."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{name}:{hashlib.sha256(files[name]).hexdigest()}\n".encode())
    return whole.hexdigest()


def earlier_folders(spec: Spec, given: Iterable[Path], beside: Path) -> list[tuple[Path, Release]]:
    """All releases that came before with their folders, in the order of time: those of ``given``, those that ``spec``
    names, and those that they name in turn. One that is named but not given is looked for in ``beside`` and beside
    those given.

    Raises
    ------
    ReleaseError: one is missing, two have one id, or they name each other in a circle.
    """
    found: dict[str, tuple[Path, Release]] = {}
    places = {beside.absolute()}
    for folder in given:
        _take(read_release(folder), folder, found)
        places.add(folder.absolute().parent)
    wanted = [*spec.earlier, *(name for _, release in found.values() for name in release.spec.earlier)]
    while wanted:
        name = wanted.pop()
        if name in found:
            continue
        there = [place / name for place in sorted(places) if (place / name / SPEC).is_file()]
        if not there:
            raise ReleaseError(
                f"The earlier release {name!r} is not there; without it nothing can be proved.", where=str(beside),
                next_step=f"Give its folder: --earlier {name}",
            )  # fmt: skip
        folder = there[0]
        release = read_release(folder)
        if release.spec.id != name:
            raise ReleaseError(f"This folder holds the release {release.spec.id!r}, not {name!r}.", where=str(folder),
                               next_step="Rename the folder.")  # fmt: skip
        _take(release, folder, found)
        wanted.extend(release.spec.earlier)
    if spec.id in found:
        raise ReleaseError(f"The release {spec.id!r} is among the earlier ones.", where=str(beside),
                           next_step="Give the new release an id of its own.")  # fmt: skip
    return _in_order(found)


def _take(release: Release, folder: Path, found: dict[str, tuple[Path, Release]]) -> None:
    _, known = found.setdefault(release.spec.id, (folder, release))
    if known.sha256 != release.sha256:
        raise ReleaseError(f"Two different releases call themselves {release.spec.id!r}.", where=str(folder),
                           next_step="Give the one that was published.")  # fmt: skip


def _in_order(found: dict[str, tuple[Path, Release]]) -> list[tuple[Path, Release]]:
    """Each after those that it names; among free ones by id."""
    ordered: list[tuple[Path, Release]] = []
    placed: set[str] = set()
    while len(ordered) < len(found):
        free = [name for name in sorted(found) if name not in placed and set(found[name][1].spec.earlier) <= placed]
        if not free:
            raise ReleaseError(
                "These releases name each other as earlier ones.", where=", ".join(sorted(set(found) - placed)),
                next_step="Correct the key 'earlier' of their release.json.",
            )  # fmt: skip
        placed.add(free[0])
        ordered.append(found[free[0]])
    return ordered


def write_release(folder: Path, texts: dict[str, str]) -> None:
    """Write ``texts`` (file name to content) into a new folder, all of them or nothing.

    Raises
    ------
    ReleaseError: the folder stands already: a release that is out is never overwritten.
    StorageError: the disk is full or closed.
    """
    if folder.exists():
        raise ReleaseError(
            "Something of this name stands already, and a release is never overwritten.", where=str(folder),
            next_step="Name a new folder, or remove this one if it was never given to anybody.",
        )  # fmt: skip
    part = folder.with_name(f".{folder.name}.{secrets.token_hex(6)}.part")
    with storage_errors(folder):
        try:
            part.mkdir(parents=True)
            for name, text in texts.items():
                (part / name).write_text(text, encoding="utf-8", newline="")
                sync(part / name)
            os.rename(part, folder)
            sync(folder.parent)
        finally:
            shutil.rmtree(part, ignore_errors=True)

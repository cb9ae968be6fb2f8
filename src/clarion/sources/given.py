"""Which files a load was given, and what each of them is called once kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clarion.errors import InputError
from clarion.sources.base import Source
from clarion.sources.fetch import downloads, sha256_of


@dataclass(frozen=True, slots=True)
class Given:
    """What one load reads. ``name`` is that of the tables it fills; ``member`` is one file of the archive ``path``.

    ``sha256`` is the file's; of several, that of the lines that ``sha256sum`` prints for them, by name. ``whole`` is
    that of the file on disk.
    """

    name: str
    path: Path
    sha256: str
    whole: str
    more: tuple[Path, ...] = ()
    member: str = ""


def given(source: Source, home: Path, files: Sequence[Path] = ()) -> list[Given]:
    """The loads that ``files`` ask for; the fetched file where none is named.

    Raises
    ------
    InputError: nothing was fetched yet, a file is not there, or the source does not take several.
    """
    if source.embedded:
        raise InputError(
            f"{source.id} comes with Clarion and needs no loading.",
            where=f"source {source.id}",
            next_step="See what can be fetched with: clarion sources",
        )
    paths = list(files) or [downloads(home, source)]
    for path in paths:
        if path.is_dir() and source.files == "one":
            raise InputError(
                f"{source.id} is read from one file, and this is a folder.", where=str(path), next_step="Name the file."
            )
        if not path.exists():
            raise InputError(
                "There is no such file." if files else f"Nothing has been fetched for {source.id} yet.",
                where=str(path),
                next_step="Check the path."
                if files
                else f"Fetch it with: clarion sources fetch {source.id}, or name a file.",
            )
    if source.files == "one" and len(paths) > 1:
        raise InputError(
            f"{source.id} is read from one file, and {len(paths)} are named.",
            where=", ".join(path.name for path in paths[:8]),
            next_step="Load one after the other; each takes the place of the one before.",
        )
    if source.files == "each":
        return [one for path in paths for one in _each(source, path)]
    if len(paths) == 1 and paths[0].is_file():
        digest = sha256_of(paths[0])
        return [Given(source.id, paths[0], digest, digest)]
    inner = sorted(p for path in paths for p in (path.iterdir() if path.is_dir() else [path]) if p.is_file())
    lines = "".join(f"{sha256_of(path)}  {path.name}\n" for path in inner)
    digest = hashlib.sha256(lines.encode()).hexdigest()
    return [Given(source.id, paths[0], digest, digest, tuple(paths[1:]))]


def _each(source: Source, path: Path) -> list[Given]:
    """One load for each CSV of a folder or an archive, or for the file."""
    from clarion.sources.formats.sanctions.forms import refuse_other, takes

    if path.is_dir():
        found = sorted(path.glob("*.csv"))
        if not found:
            raise InputError("The folder holds no CSV file.", where=str(path), next_step=takes(source))
        return [one for file in found for one in _each(source, file)]
    whole = sha256_of(path)
    if refuse_other(path, takes(source)) != "zip":
        return [Given(name_of(source, path.stem), path, whole, whole)]
    from clarion.sources.formats.archive import open_archive, open_member

    out = []
    with open_archive(path) as archive:
        for name in sorted(n for n in archive.namelist() if n.lower().endswith(".csv")):
            with open_member(archive, name) as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
            out.append(Given(name_of(source, Path(name).stem), path, digest, whole, member=name))
        if not out:
            held = ", ".join(archive.namelist()[:8]) or "nothing"
            raise InputError(
                f"The archive holds no CSV file. It holds: {held}.", where=str(path), next_step=takes(source)
            )
    return out


def name_of(source: Source, stem: str) -> str:
    """What a list of its own is kept as, such as ``eu-journal-32014r0269``.

    Raises
    ------
    InputError: the file's name cannot be part of one.
    """
    if not (stem.isascii() and stem.isalnum() and len(stem) <= 40):
        raise InputError(
            f"{stem[:60]!r} cannot name a list of {source.id}.",
            where=source.id,
            next_step=f"Name the file as its publisher does. {source.id} takes: {source.file_format}.",
        )
    return f"{source.id}-{stem.lower()}"

"""Where the files of registered releases lie: ``CLARION_HOME/releases/PROGRAMME/ID``, written once.

A folder is laid down before its row is written. One without a row was left by a process that died between the two, or
the register was put back from an older back-up: it may have left, so nothing goes on until somebody says which.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from clarion.config import config
from clarion.files import private_folder, storage_errors, sync
from clarion.release.errors import ReleaseError
from clarion.release.folder import CERTIFICATE, LARGEST_FILE, SPEC, Release, digest, read_release
from clarion.release.review import REVIEW
from clarion.vocab import Phrase

FOLDER = "releases"


def place(programme: str, name: str) -> Path:
    """The folder of a registered release; both names are checked by their callers."""
    return config().home / FOLDER / programme / name


@contextmanager
def staged(files: Mapping[str, bytes], name: str) -> Iterator[Path]:
    """Files of a release in a folder of their own, called ``name`` as its id; removed when the block ends, unless it
    was laid down."""
    root = private_folder(config().home / FOLDER)
    folder = root / f".{secrets.token_hex(8)}.part"
    with storage_errors(folder):
        try:
            (folder / name).mkdir(parents=True, mode=0o700)
            for file, content in files.items():
                (folder / name / file).write_bytes(content)
                sync(folder / name / file)
            yield folder / name
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def lay_down(staged_folder: Path, programme: str, name: str) -> None:
    """Move a staged folder to its place; the same files that stand there already stay. The caller holds the programme,
    and knows that no row has this place.

    Raises
    ------
    ReleaseError: other files stand there.
    """
    target = place(programme, name)
    private_folder(target.parent)
    with storage_errors(target):
        if not target.exists():
            os.rename(staged_folder, target)
            sync(target.parent)
        elif not _same(staged_folder, target):
            raise stray(programme, name)


def _same(one: Path, other: Path) -> bool:
    names = [sorted(file.name for file in folder.iterdir()) for folder in (one, other)]
    return names[0] == names[1] and all((one / n).read_bytes() == (other / n).read_bytes() for n in names[0])


def folders(programme: str) -> list[str]:
    """The releases of a programme whose files lie here, with a row or without."""
    home = config().home / FOLDER / programme
    return sorted(folder.name for folder in home.iterdir()) if home.is_dir() else []


def stray(programme: str, name: str) -> ReleaseError:
    """What to say of a folder without a row."""
    return ReleaseError(
        Phrase("The files of {name!r} lie here, and the register does not know it.", name=name),
        where=str(place(programme, name)),
        next_step="If it left, enter it with: clarion release register; if it never did, remove the folder.",
    )


def contents(folder: Path) -> tuple[Release, dict[str, bytes]]:
    """A release with the bytes of its files: specification, tables, certificate, and the review where there is one.
    Other files are not taken: whatever else lies in the folder was not proved.

    Raises
    ------
    ReleaseError: a file is missing or cannot be read, or there is no certificate.
    """
    release = read_release(folder)
    names = [SPEC, *release.tables, *release.sums]
    if not (folder / CERTIFICATE).is_file():
        raise ReleaseError(
            "The release has no certificate.", where=str(folder),
            next_step="Build it with: clarion release build; what is not certified does not leave.",
        )  # fmt: skip
    with storage_errors(folder):
        beside = [CERTIFICATE, *([REVIEW] if (folder / REVIEW).is_file() else [])]
        files = {name: (folder / name).read_bytes() for name in [*names, *beside]}
    too_large = any(len(files[name]) > LARGEST_FILE for name in beside)
    if digest({name: files[name] for name in names}) != release.sha256 or too_large:
        raise ReleaseError("The files changed while they were read.", where=str(folder), next_step="Try again.")
    return release, files


def whole(folder: Path, sha256: str) -> Release:
    """A registered release from its folder.

    Raises
    ------
    ReleaseError: the folder is gone, or holds other bytes than those that were registered.
    """
    if not folder.is_dir():
        raise ReleaseError("The files of a registered release are gone.", where=str(folder),
                           next_step="Put the folder back from a back-up: clarion restore")  # fmt: skip
    release = read_release(folder)
    if release.sha256 != sha256:
        raise ReleaseError("The files of a registered release were changed.", where=str(folder),
                           next_step="Put the folder back from a back-up: clarion restore")  # fmt: skip
    return release


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

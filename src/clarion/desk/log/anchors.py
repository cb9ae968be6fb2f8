"""Heads that are kept outside the database: one line of JSON each, in the data folder and wherever somebody says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from clarion.files import private_folder, storage_errors, sync, write_text
from clarion.seal.errors import BadDocument
from clarion.seal.log import ANCHORS
from clarion.seal.log.signer import Head
from clarion.seal.log.verify_alone import BadInput, read_heads
from clarion.tables.lock import only_one


def read(file: Path) -> list[Head]:
    """The heads of a file, as lines of JSON or as ``clarion log head`` prints them.

    Raises
    ------
    BadDocument: there is none in it, or one that is not whole.
    StorageError: it cannot be read.
    """
    with storage_errors(file):
        data = file.read_bytes()
    try:
        heads: list[Head] = read_heads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadDocument("This file is not in UTF-8.", where=str(file), next_step=_NEXT) from None
    except BadInput as error:
        raise BadDocument(str(error), where=str(file), next_step=_NEXT) from None
    return heads


_NEXT = "Give a file that clarion log anchor wrote, or a mail with what clarion log head printed."


def own(home: Path) -> list[Head]:
    """The anchors of this data folder, in the order in which they were made; raises as ``read``."""
    return read(home / ANCHORS) if (home / ANCHORS).exists() else []


def keep(home: Path, heads: Sequence[Head]) -> None:
    """Add heads to those of the data folder that it has not yet: all of them or, after a kill, none.

    Raises
    ------
    BadDocument: the file of those that are there is damaged.
    StorageError: it cannot be written.
    BusyError: another process adds some.
    """
    if not heads:
        return
    private_folder((home / ANCHORS).parent)
    with only_one((home / ANCHORS).with_name(".lock"), "adding anchors"):
        there = own(home)
        there += [head for head in heads if head not in there]
        write_text(home / ANCHORS, "".join(map(_line, there)))


def append(file: Path, head: Head) -> None:
    """Add a head to a file elsewhere; raises StorageError."""
    with storage_errors(file), file.open("ab+") as out:
        if out.tell():
            out.seek(-1, 2)
            if out.read(1) != b"\n":  # the end of what was cut off is not the beginning of this
                out.write(b"\n")
        out.write(_line(head).encode("ascii"))
        out.flush()
        sync(file)


def printed(head: Head) -> str:
    """A head in seven short lines, for a mail or for paper; ``read`` reads them again."""
    names = ("seq", "at", "hash", "key")
    half = len(head["sig"]) // 2
    told = [f"{name} {head[name]}" for name in names] + [f"sig {head['sig'][:half]}", f"sig {head['sig'][half:]}"]
    return "\n".join(["Head of a log of Clarion", *told])


def _line(head: Head) -> str:
    return json.dumps({"head": head}) + "\n"

"""A person reads every text of a release and says so: ``review.json``, bound to the texts by their sha256."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clarion.files import write_text
from clarion.release.errors import ReleaseError
from clarion.release.folder import read_release, read_text
from clarion.release.spec import Spec
from clarion.release.texts import hints, need_a_reader, texts
from clarion.vocab import Phrase

REVIEW = "review.json"
FORMAT = "clarion-release-review/1"
_HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,63}")


def to_review(folder: Path) -> list[dict[str, Any]]:
    """Every text of a release: where it stands, the text, and hints at what may name somebody.

    Raises
    ------
    ReleaseError: the folder holds no release.
    """
    return listed(read_release(folder).spec)


def listed(spec: Spec) -> list[dict[str, Any]]:
    """The same of a specification that lies in no folder yet."""
    return [{"where": where, "text": text, "hints": hints(text)} for where, text in texts(spec).items()]


def record_review(folder: Path, by: str) -> dict[str, Any]:
    """Write down that ``by``, an opaque handle, has read every text as it now is; return what was written.

    Raises
    ------
    ReleaseError: ``by`` is no handle, or the folder holds no release.
    StorageError: the folder cannot be written.
    """
    if not _HANDLE.fullmatch(by) or hints(by):
        raise ReleaseError(
            "This is no handle: it must not say who you are.", where="--by",
            next_step="Use your handle: Latin letters, digits, '.', '-' and '_', such as reviewer-7.",
        )  # fmt: skip
    spec = read_release(folder).spec
    said = {
        "format": FORMAT, "release": spec.id, "by": by,
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"), "texts": _hashes(spec),
    }  # fmt: skip
    write_text(folder / REVIEW, json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    return said


def review_of(folder: Path, spec: Spec) -> dict[str, Any]:
    """``status``: read, missing, changed (a text is not the one that was read) or not needed; ``by`` and ``at``;
    ``why`` and ``next``.

    Raises
    ------
    ReleaseError: review.json is not in its form.
    """
    needed = need_a_reader(spec)
    if not (folder / REVIEW).is_file():
        status = "missing" if needed else "not needed"
        return {"status": status, "needed": needed, **_said(status, folder)}
    try:
        said = json.loads(read_text(folder / REVIEW))
        by, at, read, form = str(said["by"]), str(said["at"]), dict(said["texts"]), said["format"]
    except (ValueError, TypeError, KeyError) as error:
        raise ReleaseError("The review is not in its form.", where=str(folder / REVIEW),
                           next_step="Remove the file and review the release again.") from error  # fmt: skip
    now = _hashes(spec)
    whole = form == FORMAT and bool(_HANDLE.fullmatch(by)) and said.get("release") == spec.id
    status = "read" if whole and read == now else "changed"
    return {"status": status, "needed": needed, "by": by, "at": at, **_said(status, folder)}


def _hashes(spec: Spec) -> dict[str, str]:
    return {where: hashlib.sha256(text.encode()).hexdigest() for where, text in texts(spec).items()}


def _said(status: str, folder: Path) -> dict[str, str]:
    why = {
        "read": Phrase("a person has read every text as it is"),
        "missing": Phrase("no person has read the texts"),
        "changed": Phrase("a text is not the one that was read"),
        "not needed": Phrase("short labels without a hint at a person; nobody has read them"),
    }[status]
    step = "" if status == "read" else f"clarion release review {folder} --by HANDLE"
    return {"why": why, "next": step}

"""The head, anchored outside, and the log as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from clarion.config import Config
from clarion.desk.log import anchors, verify
from clarion.files import replacing
from clarion.seal.errors import BadDocument, SealError
from clarion.seal.log import export
from clarion.seal.log.signer import Head, signer


def head(config: Config) -> Head:
    """The head of the log as it is now, signed for this moment (UTC, to the second).

    Raises
    ------
    SealError: what is new in the log does not verify: a signature on it would vouch for what somebody else wrote.
    """
    told = verify.newest(config.home)
    if not told["sound"]:
        raise SealError(
            f"The log is not sound, and its head is not signed. {told['says']}",
            where="log",
            next_step="Keep a copy of everything as it is, then look closer: clarion log verify",
        )
    if not told["entries"]:
        raise SealError("Nothing is in the log yet.", where="log", next_step="Anchor it after the first act.")
    return signer(config.home).head(told["entries"], told["head"]["hash"], f"{_now():%Y-%m-%dT%H:%M:%SZ}")


def anchor(config: Config, to: Path | None, tsa: str) -> Head:
    """Have the head kept elsewhere: in a file, or by a time-stamp authority at an address, or both.

    Raises
    ------
    BadDocument: neither was asked for, or a file in the data folder.
    SealError: the log is not sound, or the authority refuses.
    StorageError: the file cannot be written.
    """
    if to is None and not tsa:
        raise BadDocument("Say where to.", where="--to, --tsa", next_step="Such as: clarion log anchor --to FILE")
    if to is not None and config.home.resolve() in to.resolve().parents:
        raise BadDocument(
            "An anchor in the data folder holds nothing: whoever changes the log can change it too.",
            where=str(to), next_step="Choose a file on another machine or disk.",
        )  # fmt: skip
    kept = head(config)
    if tsa:
        from clarion.seal.log.stamp import stamped

        kept = stamped(kept, tsa, config.http_timeout)
    if to is not None:
        anchors.append(to, kept)
    anchors.keep(config.home, [kept])
    return kept


def exported(config: Config) -> Iterator[str]:
    """The lines of an export of the log as it is at this moment, sound or not."""
    from clarion.access.store.log import head_of
    from clarion.access.store.log_rows import up_to

    newest = head_of()
    heads = [*anchors.own(config.home), *([newest] if newest else [])]
    return export.lines(signer(config.home).key, up_to(newest["seq"]) if newest else (), heads)


def write(config: Config, out: Path) -> dict[str, object]:
    """Export into a file that is not there yet: all of it, or nothing.

    Raises
    ------
    BadDocument: it is there, or its folder is not.
    StorageError: it cannot be written.
    """
    if out.exists() or not out.absolute().parent.is_dir():
        raise BadDocument("The log is written into a new file.", where=str(out), next_step="Choose another name.")
    acts = 0
    with replacing(out.absolute()) as half, half.open("w", encoding="ascii") as file:
        half.chmod(0o600)
        for line in exported(config):
            acts += line.startswith('{"hash"')
            file.write(line)
    return {"file": str(out), "entries": acts, "bytes": out.stat().st_size}


def state(config: Config) -> verify.Answer:
    """What a page tells of the log: the answer of ``verify.newest`` with ``days``, how old the last anchor is; where an
    anchor is damaged ``sound`` is false and ``error`` says why.
    """
    try:
        told = verify.newest(config.home)
    except BadDocument as error:
        return {"sound": False, "error": error, "head": None, "anchor": None}
    return told | {"days": age_days(told["anchor"]) if told["anchor"] else None}


def age_days(kept: Head) -> int:
    """Whole days since an anchor was made."""
    made = datetime.strptime(kept["at"][:16], "%Y-%m-%dT%H:%M").replace(tzinfo=UTC)
    return max(0, (_now() - made).days)


def _now() -> datetime:
    return datetime.now(UTC)

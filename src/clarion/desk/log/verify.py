"""Is the log as it was written? Asked of the whole log, of a file, or of what is new since the last time."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clarion.desk.log import anchors
from clarion.files import private_folder, storage_errors, write_text
from clarion.seal.errors import BadDocument
from clarion.seal.log import SEEN
from clarion.seal.log.signer import Head, signer, verified
from clarion.seal.log.verify_alone import ZERO, BadInput, File, judge

Answer = dict[str, Any]
SMALL = 20_000  # acts that are verified whole each time: a tenth of a second of one core


def whole(home: Path, more: Sequence[Head] = (), keys: Sequence[str] = (), *, remember: bool = True) -> Answer:
    """Verify every act of the desk's own log against its key, its anchors and ``more`` of them.

    The answer is that of ``verify_alone.judge``. ``keys`` are public keys that it was signed with before this one.

    Raises
    ------
    BadDocument: an anchor is not what it says it is.
    """
    from clarion.access.store.log_rows import Kept

    rows, (seq, hashed) = Kept(), _seen(home)
    told = _judged(rows, [signer(home).key, *keys], [*anchors.own(home), *more])
    if told["sound"] and seq and rows.at(seq)[0] != hashed.hex():
        # Rolled back to a state of its own, with the head that was signed then; it may have gone on since.
        first = min(told["entries"], told["anchored"]) + 1
        says = f"Between acts {first} and {seq} something is gone that this desk had verified."
        told |= {"sound": False, "why": "seen", "first_bad": first, "until": max(first, seq), "says": says}
    if told["sound"] and remember:
        _remember(home, told)
    return told


def file(path: Path, more: Sequence[Head], keys: Sequence[str]) -> Answer:
    """Verify an export. Without ``keys`` the one that the file names is taken, and a warning says so.

    Raises
    ------
    BadDocument: the file, or an anchor, is not what it should be.
    StorageError: it cannot be read.
    """
    with storage_errors(path):
        try:
            rows = File(path)
        except BadInput as error:
            raise _bad(error, str(path)) from None
        told = _judged(rows, list(keys) or [str(rows.header["key"])], more, str(path))
    if not keys:
        told["warnings"].append(f"The key is the one that the file itself names; compare it: {rows.header['key']}")
    return told


def newest(home: Path, *, remember: bool = True) -> Answer:
    """Verify a log of up to ``SMALL`` acts whole; of a longer one what came since the last time, and that nothing of
    what was seen then is gone from the end. ``since`` is the act after which it was verified, 0 for all of it.

    An act that was changed among the older ones is then found by ``whole`` alone. ``remember`` keeps how far it went.

    Raises
    ------
    BadDocument: the newest anchor is not what it says it is.
    """
    from clarion.access.store.log_rows import Kept

    seq, hashed = _seen(home)
    last = max(anchors.own(home), key=lambda head: (head["seq"], head["at"]), default=None)
    if seq <= SMALL:
        return whole(home, remember=remember) | {"anchor": last, "since": 0}
    told = _judged(Kept(seq), [signer(home).key], [last] if last else [], start=seq, before=hashed)
    if told["first_bad"] == seq:  # not what was seen then: only the whole log tells where it begins to differ
        told = whole(home, remember=remember)
    if told["sound"] and remember:
        _remember(home, told)
    return told | {"anchor": last, "since": seq}


def public_key(text: str) -> str:
    """A public key as somebody typed it, in 64 hexadecimal digits; blanks, dashes and colons between them do not count.

    Raises
    ------
    BadDocument: it is none.
    """
    key = re.sub(r"[\s:-]", "", text).lower()
    if not re.fullmatch("[0-9a-f]{64}", key):
        raise BadDocument("This is not a key of a log.", where="--key", next_step="See it with: clarion log head")
    return key


def _judged(rows: Any, keys: list[str], heads: Sequence[Head], where: str = "anchors", **since: Any) -> Answer:
    try:
        told: Answer = judge(rows, keys, heads, verify=verified, **since)
    except BadInput as error:
        raise _bad(error, where) from None
    except ValueError:  # base64 or hexadecimal digits that are none
        raise _bad(BadInput("There is something in it that no log has."), where) from None
    return told | {"keys": keys}


def _bad(error: BadInput, where: str) -> BadDocument:
    return BadDocument(str(error), where=where, next_step="Export it anew, or fetch the file again: it is damaged.")


def _seen(home: Path) -> tuple[int, bytes]:
    try:
        told = json.loads((home / SEEN).read_text(encoding="utf-8"))
        return int(told["seq"]), bytes.fromhex(told["hash"])
    except (OSError, ValueError, TypeError, KeyError):
        return 0, ZERO  # nothing was verified yet: the whole log is


def _remember(home: Path, told: Answer) -> None:
    if told["head"]:
        private_folder((home / SEEN).parent)
        write_text(home / SEEN, json.dumps({"seq": told["entries"], "hash": told["head"]["hash"]}))

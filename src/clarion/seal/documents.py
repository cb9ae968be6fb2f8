"""One canonical form for everything that is signed or bound: JSON with sorted keys, no spaces, ASCII, no fractions.

A document is a flat-minded JSON object whose ``clarion`` names its kind and ``v`` its form. Two programs that read the
same document sign and hash the same bytes; a text in any other form is refused rather than mended, so that nobody can
show two readers two different things. (A subset of RFC 8785: no numbers but whole ones, so its float rules never
apply.)
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from clarion.seal.errors import BadDocument

LARGEST = 16_000_000  # characters: a request for the most records, with every answer
_DEEPEST = 8

Document = dict[str, Any]


def canonical(value: Any) -> bytes:
    """The one form of ``value`` (None, bool, int, str, lists and objects with text keys).

    Raises
    ------
    BadDocument: a float, a set, an object of Python, or lists within lists beyond ``_DEEPEST``.
    """
    _allowed(value, 0)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, in base64url: what other documents name this one by."""
    return encode(hashlib.sha256(canonical(value)).digest())


def read(text: str | bytes, kind: str, fields: Mapping[str, type | tuple[type, ...]]) -> Document:
    """Read a document of one ``kind`` (such as ``roster``) that has exactly ``fields``, each of its type.

    Raises
    ------
    BadDocument: not JSON, not canonical (a space is enough), another kind or form, a field missing, unknown or wrong.
    """
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    raw = raw.strip(b"\r\n")
    if len(raw) > LARGEST:
        raise _bad(kind, "is larger than any can be")
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise _bad(kind, "cannot be read: it is cut off or was changed") from error
    check(found, kind, fields)
    if canonical(found) != raw:
        raise _bad(kind, "is not in the one form that is signed; hand it on as a file, byte for byte")
    return dict(found)


def check(found: Any, kind: str, fields: Mapping[str, type | tuple[type, ...]]) -> None:
    """Complain about a document that is not of ``kind`` and form 1 with exactly ``fields``."""
    if not isinstance(found, dict) or found.get("clarion") != kind:
        named = found.get("clarion") if isinstance(found, dict) else None
        other = f": it is a {named}" if isinstance(named, str) and named.isidentifier() and len(named) < 30 else ""
        raise _bad(kind, f"was asked for and this is none{other}")
    if found.get("v") != 1:
        raise _bad(kind, "has a form that this version does not read; install the newest version")
    expected = {"clarion", "v", *fields}
    if missing := expected - found.keys():
        raise _bad(kind, "lacks " + ", ".join(sorted(missing)))
    if found.keys() - expected:
        raise _bad(kind, "has fields that none has")
    for name, kinds in fields.items():
        value = found[name]
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is int):
            raise _bad(kind, f"has a wrong {name}")


def write(document: Document) -> str:
    """A document as the one line of its file."""
    return canonical(document).decode("ascii") + "\n"


def encode(raw: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def decode(text: Any, length: int | None = None) -> bytes:
    """The bytes of a base64url text, of ``length`` where it is fixed.

    Raises
    ------
    BadDocument: other letters, another length, or an ending that another text would have too.
    """
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (TypeError, ValueError, binascii.Error) as error:
        raise BadDocument("A key, signature or ciphertext cannot be read.", next_step=_AGAIN) from error
    if (length is not None and len(raw) != length) or encode(raw) != text:
        raise BadDocument("A key, signature or ciphertext has the wrong length.", next_step=_AGAIN)
    return raw


_AGAIN = "Ask for the file again, and compare its length at both ends."


def _bad(kind: str, what: str) -> BadDocument:
    return BadDocument(f"A {kind} {what}.", next_step=_AGAIN)


def _allowed(value: Any, depth: int) -> None:
    if depth > _DEEPEST:
        raise BadDocument("This document is nested too deeply.", next_step=_AGAIN)
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise BadDocument("A document's names are texts.", next_step=_AGAIN)
        for inner in value.values():
            _allowed(inner, depth + 1)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _allowed(inner, depth + 1)
    elif value is not None and not isinstance(value, (bool, int, str)):
        raise BadDocument(f"A document holds no {type(value).__name__}.", next_step="Use whole numbers and texts.")

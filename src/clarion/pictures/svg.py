"""Small helpers for writing SVG that a page may carry inline under a strict content security policy."""

from __future__ import annotations

import re
from html import escape

from clarion.errors import InputError

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(value: str) -> str:
    """``value`` with each character that XML cannot hold replaced by U+FFFD."""
    return _ILLEGAL.sub("\ufffd", value)


def text(value: str) -> str:
    """``value`` as the content of an element or a quoted attribute."""
    return escape(printable(value), quote=True)


def check_prefix(prefix: str) -> str:
    """The start of every id of one picture, so that two pictures share a page.

    Raises
    ------
    InputError: when it is not a letter followed by letters, digits or hyphens.
    """
    if not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9-]*", prefix):
        raise InputError(
            f"{prefix!r} cannot start an id.",
            where="prefix of a picture",
            next_step="Use a letter followed by letters, digits or hyphens.",
        )
    return prefix


def heading(prefix: str, title: str, description: str) -> str:
    """The accessible name and description of a picture."""
    return f'<title id="{prefix}-t">{text(title)}</title><desc id="{prefix}-d">{text(description)}</desc>'

"""Letters that cannot be seen, and may do harm where a text is shown or kept."""

from __future__ import annotations

import re

# PostgreSQL keeps no NUL and no encoding a lone surrogate; control characters command a terminal; marks of direction
# would let a text rearrange the line that it stands in. Line end and tab are let through.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """``text`` with such letters written as ``\\u001b``."""
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def seen(text: str) -> str:
    """``text`` without such letters."""
    return UNSEEN.sub("", text)

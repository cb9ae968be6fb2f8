"""One act as one line: what may stand in it, and its exact form."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_ACTION = re.compile(r"[A-Za-z0-9 ,'-]{1,80}")
_HANDLE = re.compile(r"[A-Za-z0-9_.:+/=-]{0,120}")
_KEY = re.compile(r"[a-z_]{1,40}")


def line(seq: int, at: datetime, actor: str, action: str, object: str, detail: Mapping[str, Any]) -> str:
    """The line of act number ``seq`` (from 1), dated to the minute in UTC; ASCII only, keys in this order.

    Who acts at which second tells more of people than the desk needs: their order is in the numbers.
    """
    told = {
        "seq": seq, "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"), "actor": actor, "action": action,
        "object": object, "detail": dict(sorted(detail.items())),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def require_opaque(actor: str, action: str, object: str, detail: Mapping[str, Any]) -> None:
    """Refuse what could tell of a person: anything but a sentence of the code's own, handles, numbers and yes or no.

    A handle is up to 120 Latin letters, digits and ``_ . : + / = -``: no free text, no e-mail or network address.

    Raises
    ------
    ValueError: without repeating what was refused.
    """
    if not _ACTION.fullmatch(action):
        raise ValueError("an action of the log is a short sentence of plain letters")
    for name, value in {"actor": actor, "object": object, **detail}.items():
        if not _KEY.fullmatch(name):
            raise ValueError("a detail of the log is named in small letters")
        if not isinstance(value, (bool, int)) and not (isinstance(value, str) and _opaque(value)):
            raise ValueError(f"the log keeps no free text and no address: {name}")


def _opaque(value: str) -> bool:
    if not _HANDLE.fullmatch(value):
        return False
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return True
    return False

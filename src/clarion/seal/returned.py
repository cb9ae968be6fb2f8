"""What a requester's machine sends back for an approved batch, signed by the device that asked.

The account's token alone must not be enough: whoever took it, or a laptop whose passphrase they do not have, could put
other values in the place of those that were opened, or call everybody clear.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from clarion.seal.crypto import holds, public_sign
from clarion.seal.documents import canonical, digest, encode
from clarion.seal.errors import SealError
from clarion.seal.request import Request
from clarion.seal.roster import Roster

SEALED, OUTCOMES = "sealed", "outcomes"
REVIEW = "review"
WORDS = ("clear", "ask", REVIEW)
"""What a rescreening may say of a person."""
SCREENED = "screened"
"""The field of a sealed value in which a screening program keeps what it found before sealing."""
MOST_HITS = 50  # listed entries that are told of one value
_ENTRY = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:/()-]{0,59}")


def an_entry(hit: Any) -> bool:
    """Whether ``hit`` names an entry of a list, as the list numbers them: two short texts."""
    return (
        isinstance(hit, list) and len(hit) == 2 and all(isinstance(t, str) and _ENTRY.fullmatch(t) for t in hit)
    )  # fmt: skip


def sign_returned(request: Request, kind: str, several: list[Any], sign: Callable[[bytes], bytes]) -> dict[str, Any]:
    """The body to send: ``several`` under the name of their ``kind``, and the device's signature over them."""
    return {kind: several, "signature": encode(sign(_bound(request, kind, several)))}


def check_returned(request: Request, roster: Roster, kind: str, several: list[Any], signature: str) -> None:
    """Go on only where the device that asked has signed ``several``, for this request.

    Raises
    ------
    SealError: it has not.
    """
    card = roster.device(request.document["device"])["card"]
    if not holds(public_sign(card["sign"]), signature, _bound(request, kind, several)):
        raise SealError(
            "What came back is not signed by the device that asked.",
            next_step="Send it with the tool of that device: an API token alone is not enough.",
        )


def _bound(request: Request, kind: str, several: list[Any]) -> bytes:
    return canonical({"clarion": "returned", "v": 1, "request": request.id, "kind": kind, "digest": digest(several)})

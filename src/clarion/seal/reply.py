"""What keyholders answer to a request: an approval with their parts, a refusal, or a stop that ends it for everybody.

An approval holds, for each value, the keyholder's part of its key, boxed for the request's one-time key and bound to
the request, the value and the keyholder; all answers are signed. The server passes them on and can read none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from clarion.seal.crypto import X25519PrivateKey, box, is_signed, public_box, public_sign, signed, unbox
from clarion.seal.documents import Document, canonical, decode, encode, read
from clarion.seal.errors import BadDocument, SealError
from clarion.seal.moments import written
from clarion.seal.request import Request
from clarion.seal.roster import Roster

KINDS = ("approval", "refusal", "stop")
_FIELDS = {"request": str, "keyholder": str, "boxes": list, "made": str, "signature": str}


def approve(
    request: Request, name: str, parts: Sequence[bytes], now: datetime, sign: Callable[[bytes], bytes]
) -> Document:
    """An approval that hands on ``parts``, one for each value of the request, in its order."""
    key = public_box(request.document["key"])
    boxes = [
        encode(box(part, key, _place(request, record, named, name)))
        for (record, named), part in zip(request.records, parts, strict=True)
    ]
    return _reply("approval", request, name, boxes, now, sign)


def refuse(request: Request, name: str, now: datetime, sign: Callable[[bytes], bytes]) -> Document:
    """This keyholder will not approve; others still may."""
    return _reply("refusal", request, name, [], now, sign)


def stop(request: Request, name: str, now: datetime, sign: Callable[[bytes], bytes]) -> Document:
    """Nobody shall approve any more, and what was approved shall not be handed on."""
    return _reply("stop", request, name, [], now, sign)


def parse(source: str | bytes | Document, request: Request, roster: Roster) -> Document:
    """An answer to ``request`` that a keyholder of ``roster`` signed.

    Raises
    ------
    BadDocument: it is none. SealError: it answers another request, is not signed by the keyholder it names, or that
    keyholder approves what their own device asks for.
    """
    raw = canonical(source) if isinstance(source, dict) else source
    kind = next(
        (k for k in KINDS if f'"clarion":"{k}"' in (raw if isinstance(raw, str) else raw.decode("latin-1"))), ""
    )
    if not kind:
        raise BadDocument("This is no keyholder's answer.", next_step="Ask the keyholder for the file again.")
    document = read(raw, kind, _FIELDS)
    if document["request"] != request.id:
        raise SealError("This answers another request.", next_step="Ask the keyholder to answer this one.")
    card = roster.keyholder(document["keyholder"])
    if not is_signed(document, public_sign(card["sign"])):
        raise SealError("This answer is not signed by the keyholder it names.", next_step="Call that keyholder.")
    if kind == "approval" and roster.device(request.document["device"])["keyholder"] == document["keyholder"]:
        raise SealError(
            "This approval comes from the keyholder whose device asks: who asks does not approve.",
            next_step="Let the other keyholders answer it.",
        )
    if len(document["boxes"]) != (len(request.records) if kind == "approval" else 0):
        raise SealError("This approval does not answer every value.", next_step="Ask the keyholder to approve again.")
    return document


def stopped(replies: Iterable[Mapping[str, Any]]) -> str:
    """The name of a keyholder who stopped the request, or ""."""
    return next((str(reply["keyholder"]) for reply in replies if reply["clarion"] == "stop"), "")


def parts_for(request: Request, replies: Sequence[Document], key: X25519PrivateKey) -> list[dict[str, bytes]]:
    """For each value of the request the parts that were handed on, by keyholder; ``key`` is the one-time key.

    A box that does not open is left out: the others may be enough, and ``open_with`` says when they are not.

    Raises
    ------
    SealError: a keyholder stopped the request.
    """
    if by := stopped(replies):
        raise SealError(
            "A keyholder has stopped this request; nothing is opened.",
            next_step="Ask them why, then make a new request if they agree.",
            keyholder=by,
        )
    found: list[dict[str, bytes]] = [{} for _ in request.records]
    for reply in replies:
        if reply["clarion"] != "approval":
            continue
        for parts, (record, named), sealed in zip(found, request.records, reply["boxes"], strict=True):
            try:
                part = unbox(decode(sealed), key, _place(request, record, named, reply["keyholder"]))
            except (SealError, BadDocument):
                continue
            parts[reply["keyholder"]] = part
    return found


def _reply(
    kind: str, request: Request, name: str, boxes: list[str], now: datetime, sign: Callable[[bytes], bytes]
) -> Document:
    document: Document = {
        "clarion": kind, "v": 1, "request": request.id, "keyholder": name, "boxes": boxes, "made": written(now),
    }  # fmt: skip
    return signed(document, sign)


def _place(request: Request, record: str, named: str, name: str) -> list[str]:
    return ["approval", request.id, record, named, name]

"""The end of the chain, to which the next act is linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from clarion.seal.log.entry import line
from clarion.seal.log.signer import Signer
from clarion.seal.log.verify_alone import ZERO


@dataclass(frozen=True, slots=True)
class Row:
    """One act as it is kept; ``hash`` and ``sig`` in hexadecimal."""

    seq: int
    line: str
    hash: str
    sig: str


class Chain:
    """The last act's number and hash (none: 0 and zeros)."""

    def __init__(self, signer: Signer, seq: int = 0, hashed: str = "") -> None:
        self._signer = signer
        self.seq = seq
        self.hash = bytes.fromhex(hashed) if hashed else ZERO

    def link(self, at: datetime, actor: str, action: str, object: str, detail: Mapping[str, Any]) -> Row:
        """The next act, linked and signed; it is the end of the chain now."""
        text = line(self.seq + 1, at, actor, action, object, detail)
        self.hash = sha256(self.hash + text.encode("ascii")).digest()
        self.seq += 1
        return Row(self.seq, text, self.hash.hex(), self._signer.row(self.hash))

"""A person is named nowhere outside a seal; rooms know a person by a random handle of their own."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any, NoReturn


class Sealed:
    """A value that must not leak: prints as ``<sealed>``, cannot be serialised, compares in constant time."""

    __slots__ = ("_ciphertext",)

    def __init__(self, ciphertext: bytes) -> None:
        self._ciphertext = ciphertext

    @property
    def ciphertext(self) -> bytes:
        """The encrypted bytes, for storage; opening them is the work of ``seal`` and takes a quorum and a reason."""
        return self._ciphertext

    def __repr__(self) -> str:
        return "<sealed>"

    def __format__(self, _spec: str) -> str:
        return "<sealed>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and hmac.compare_digest(self._ciphertext, other._ciphertext)

    def __hash__(self) -> int:
        return hash(self._ciphertext)

    def __reduce_ex__(self, _protocol: Any) -> NoReturn:
        raise TypeError("a sealed value cannot be serialised")


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one room knows them: its own random handle, and the sealed identity if it holds one."""

    room: str
    handle: str
    identity: Sealed | None = None

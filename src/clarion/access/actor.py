"""Somebody who acts: a person at the desk, a token's owner, or the operator at the command line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """``id`` is stable and opaque (an account's number, or ``console``); ``role`` is one of ``ROLES``."""

    id: str
    name: str
    role: str

    @classmethod
    def console(cls) -> Actor:
        """Whoever runs the command line: they can read the data folder, so they are its operator."""
        return cls("console", "console", "operator")

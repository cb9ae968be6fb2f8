"""The gate: proves that tables of counts about to be published single nobody out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clarion.release.verbs import build_release, check_release

__all__ = ["build_release", "check_release"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from clarion.release import verbs

        return getattr(verbs, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""The register of releases: what left, to whom, under which certificate; the gate that every room publishes through.

A room's service uses three verbs: ``publish`` (make tables of its people and register them), ``register`` (a folder
that ``clarion release build`` wrote) and ``released`` (the published numbers, for rooms that may not see the people).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clarion.release.store.gate import publish
    from clarion.release.store.reader import Released, released
    from clarion.release.store.registration import register, withdraw

__all__ = ["Released", "publish", "register", "released", "withdraw"]

_MODULES = {
    "Released": "reader", "publish": "gate", "register": "registration", "released": "reader",
    "withdraw": "registration",
}  # fmt: skip


def __getattr__(name: str) -> object:
    # Django imports this package before its models may be imported.
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

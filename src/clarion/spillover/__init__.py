"""Spillover: food, energy and wages that reach other countries through trade with Russia and Ukraine.

The room's verbs, each a pure function of question, tables and seed::

    from clarion.spillover import exposure, simulate

Everything is imported when it is first asked for.
"""

from __future__ import annotations

from typing import Any

_VERBS = {
    "exposure": "clarion.spillover.engine.exposure",
    "composite": "clarion.spillover.engine.exposure",
    "country_profile": "clarion.spillover.engine.exposure",
    "partners": "clarion.spillover.engine.exposure",
    "simulate": "clarion.spillover.engine.simulation",
    "compare": "clarion.spillover.engine.simulation",
    "macro": "clarion.spillover.engine.macro",
    "harvest": "clarion.spillover.engine.harvest",
    "cascade_files": "clarion.spillover.engine.cascade",
}
__all__ = sorted(_VERBS)


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        from importlib import import_module

        return getattr(import_module(_VERBS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

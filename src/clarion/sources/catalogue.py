"""The list of sources, read from the modules of this folder."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

import clarion.sources as folder
from clarion.errors import UnknownName
from clarion.sources.base import Source
from clarion.vocab import Phrase


@cache
def catalogue() -> dict[str, Source]:
    """Every declared source by id, embedded ones first, then by id."""
    found: list[Source] = []
    for module in pkgutil.iter_modules(folder.__path__):
        if module.ispkg or module.name == "cli":  # a face, not a source: its imports would weigh on every reader
            continue
        members = vars(import_module(f"clarion.sources.{module.name}")).values()
        found += [m for m in members if isinstance(m, Source)]
    ordered = sorted(found, key=lambda s: (not s.embedded, s.id))
    by_id = {s.id: s for s in ordered}
    if len(by_id) != len(ordered):
        raise RuntimeError("two sources share an id")
    return by_id


def find(source_id: str) -> Source:
    """Look a source up by id.

    Raises
    ------
    UnknownName: with the list of those that exist.
    """
    found = catalogue().get(source_id)
    if found is None:
        raise UnknownName(
            Phrase("There is no source {name!r}.", name=source_id),
            where="source",
            next_step=Phrase("Choose one of: {names}.", names=tuple(catalogue())),
            known=list(catalogue()),
        )
    return found


def declared(name: str) -> Source | None:
    """The source that fills tables kept under ``name``: its own id, or that of one of its lists."""
    found = catalogue().get(name)
    if found is not None:
        return found
    several = (s for s in catalogue().values() if s.files == "each")
    return next((s for s in several if name.startswith(f"{s.id}-")), None)

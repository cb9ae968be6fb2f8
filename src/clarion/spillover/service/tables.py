"""The tables that the room's questions are asked of: what was loaded, else the embedded facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Generic, TypeVar

from clarion.config import config

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from clarion.sources.warehouse import LoadedTable, Warehouse
    from clarion.spillover.engine.exposure import ExposureTables

T = TypeVar("T")
SEED = 20220224
"""The seed of every answer that is not a run of its own, so that a figure is the same on every page."""


def warehouse() -> Warehouse:
    """The door to the tables of this data folder."""
    from clarion.sources.warehouse import Warehouse

    return Warehouse(config().home)


def run_folder(pk: UUID) -> Path:
    """Where the parts of a run lie while it is worked; the folder is there while they are needed."""
    return config().home / "runs" / str(pk)


def exposure_tables(source: str | None = None) -> ExposureTables:
    """Tables of an exposure question; ``source`` chooses whose trade figures."""
    from dataclasses import replace

    from clarion.spillover.engine.exposure import ExposureTables

    door = warehouse()
    tables = ExposureTables.from_warehouse(door)
    return replace(tables, trade_flows=door.table("trade_flows", source)) if source else tables


class Held(Generic[T]):
    """Tables by which an answer is kept: equal when they are the same files under the same terms.

    ``tables`` is what the engine takes, ``files`` the loaded tables in it.
    """

    def __init__(self, tables: T, files: Iterable[LoadedTable | None]) -> None:
        self.tables = tables
        self.key = "|".join(f"{t.source}:{t.provenance}" for t in files if t)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

"""The tables that the room's questions are asked of: what was loaded, else the embedded facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clarion.config import config

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from clarion.sources.warehouse import Warehouse
    from clarion.spillover.engine.exposure import ExposureTables

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


def fingerprint(tables: ExposureTables) -> str:
    """What the tables are, in one text: equal for equal files under equal terms."""
    held = (tables.trade_flows, tables.production, *tables.indicators, tables.stocks, tables.remittances)
    return "|".join(f"{t.source}:{t.provenance}" for t in held if t)

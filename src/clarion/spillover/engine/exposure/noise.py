"""Common random numbers: each flow and country has its own stream, the same in every question with the same seed.

So raw and corrected trade, or two scenarios, differ by what is asked and not by luck, and neither the order of rows nor
the presence of other countries changes a draw.
"""

from __future__ import annotations

import zlib

import numpy as np

FLOW, IMPORTER, EXPORTER, HARVEST, SUPPLIER, REMITTANCE, ENERGY, FERTILISER, WEIGHT, OTHER = range(10)


def stream(root: np.random.SeedSequence, kind: int, *names: str) -> np.random.Generator:
    """The generator that belongs to ``names`` (an item and ISO codes) under ``root``."""
    key = zlib.crc32("|".join(names).encode())
    child = np.random.SeedSequence(root.entropy, spawn_key=(*root.spawn_key, kind, key))
    return np.random.Generator(np.random.SFC64(child))


def normals(root: np.random.SeedSequence, kind: int, item: str, countries: tuple[str, ...], draws: int) -> np.ndarray:
    """Standard normal draws, (countries, draws), float32."""
    rows = [stream(root, kind, item, iso3).standard_normal(draws, dtype=np.float32) for iso3 in countries]
    return np.stack(rows) if rows else np.zeros((0, draws), np.float32)

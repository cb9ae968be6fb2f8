"""Random numbers by name and draw: draw 137 is the same whatever chunk it is worked in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.simulation.streams import Streams

Floats = NDArray[np.float64]

BLOCK = 50
"""Draws that share a stream: those of one chunk of the yearly model, so that the two models share their numbers."""


class Numbers:
    """Draws ``first`` to ``first + draws`` of every named quantity.

    ``seed_of`` gives the seed of a name, the same for all names but in the study of what drives the uncertainty.
    """

    def __init__(self, seed_of: Callable[[str], int], first: int, draws: int) -> None:
        self.seed_of, self.first, self.draws = seed_of, first, draws
        self._streams: dict[tuple[int, int], Streams] = {}

    def uniform(self, name: str) -> Floats:
        """One number a draw, 0 to 1, shape (draws,)."""
        return self._cut(name, lambda block: block.uniform(name))

    def uniforms(self, name: str, width: int) -> Floats:
        """Numbers from 0 to 1, shape (draws, width)."""
        return self._cut(name, lambda block: block.uniforms(name, width))

    def normal(self, name: str, width: int) -> Floats:
        """Standard normal numbers, shape (draws, width)."""
        return self._cut(name, lambda block: block.normal(name, width))

    def _cut(self, name: str, made: Callable[[Streams], Floats]) -> Floats:
        last = self.first + self.draws
        blocks = range(self.first // BLOCK, -(-last // BLOCK))
        seed = self.seed_of(name)
        parts = [made(self._stream(seed, block)) for block in blocks]
        start = self.first - blocks[0] * BLOCK
        return np.concatenate(parts)[start : start + self.draws]

    def _stream(self, seed: int, block: int) -> Streams:
        if (seed, block) not in self._streams:
            self._streams[seed, block] = Streams(seed, block, BLOCK)
        return self._streams[seed, block]

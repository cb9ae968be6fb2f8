"""Random numbers by name: the same name in the same chunk gives the same numbers, whatever else is drawn.

That is what makes two scenarios comparable draw by draw (common random numbers), and a resumed run equal to one that
was never stopped: a chunk's stream depends on the seed, its index and the name alone.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from clarion.spillover.engine.exposure.noise import OTHER, stream

Floats = NDArray[np.float64]


class Named(Protocol):
    """Random numbers by name, however they are divided: the streams of a chunk, or of a stretch of draws."""

    draws: int

    def uniform(self, name: str) -> Floats:
        """One number a draw, 0 to 1, shape (draws,)."""

    def normal(self, name: str, width: int) -> Floats:
        """Standard normal numbers, shape (draws, width)."""


class Streams:
    """The random numbers of one chunk: child ``chunk`` of ``SeedSequence(seed)``, and its child for each name."""

    def __init__(self, seed: int, chunk: int, draws: int) -> None:
        self.root = np.random.SeedSequence(seed, spawn_key=(chunk,))
        self.draws = draws

    def uniform(self, name: str) -> Floats:
        """One number a draw, 0 to 1, shape (draws,)."""
        return stream(self.root, OTHER, name).random(self.draws)

    def uniforms(self, name: str, width: int) -> Floats:
        """Numbers from 0 to 1, shape (draws, width)."""
        return stream(self.root, OTHER, name).random((self.draws, width))

    def normal(self, name: str, width: int) -> Floats:
        """Standard normal numbers, shape (draws, width)."""
        return stream(self.root, OTHER, name).standard_normal((self.draws, width))


def around_one(normal: Floats, spread: float | Floats) -> Floats:
    """Lognormal factors with mean 1, so that totals neither grow nor shrink by being uncertain."""
    result: Floats = np.exp(normal * spread - np.square(spread) / 2.0)
    return result

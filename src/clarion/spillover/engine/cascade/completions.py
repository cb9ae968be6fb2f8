"""What a run gives whatever the digits were that print left out.

The published rules branch on single rounding errors (module ``reference``). Where an input has lost its last digits,
several answers may be true to the file; some runs even end in a negative shortage with some digits and not with others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from clarion.errors import ModelError
from clarion.spillover.engine.cascade.csv_tables import PRINTED, significant
from clarion.spillover.engine.cascade.network import Floats, Network
from clarion.spillover.engine.cascade.result import CascadeResult

_TRIES = 24


def likeliest(network: Network, ask: Callable[[Network], CascadeResult]) -> tuple[CascadeResult, float]:
    """The result of ``ask`` for ``network``, and how far missing digits move it, relative to the largest C0.

    The network is asked as it is and with missing digits completed at random, always in the same ways. The result is
    the first that comes out, mostly that of the network as it is.

    Raises
    ------
    ModelError: most of the completions end in it.
    """
    found: list[CascadeResult] = []
    refused: list[ModelError] = []
    for candidate in (network, *_completions(network)):
        try:
            found.append(ask(candidate))
        except ModelError as error:
            refused.append(error)
    if len(refused) > len(found):
        raise refused[0]
    first = found[0]
    moved = max(np.abs(np.concatenate((r.dR - first.dR, r.dC - first.dC))).max() for r in found)
    return first, float(moved / (np.abs(first.C0).max() or 1.0))


def _completions(network: Network) -> Iterator[Network]:
    state = (network.flows, network.production, network.reserves)
    units = [_missing(values) for values in state]
    if not any(unit.any() for unit in units):
        return
    rng = np.random.default_rng(0)
    for _ in range(_TRIES):
        flows, production, reserves = (
            values + rng.uniform(-0.5, 0.5, len(values)) * unit for values, unit in zip(state, units, strict=True)
        )
        yield replace(network, flows=flows, production=production, reserves=reserves)


def _missing(values: Floats) -> Floats:
    """The unit of the last digit of each value that print has cut short, else 0."""
    cut = np.array([len(significant(repr(v))) == PRINTED for v in values.tolist()], np.bool_)
    units = np.zeros(len(values))
    units[cut] = 10.0 ** (np.floor(np.log10(values[cut])) - PRINTED + 1)
    return units

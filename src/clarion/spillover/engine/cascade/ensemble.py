"""Many cascades at once: one for each draw of what is not known."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, fields
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from clarion.errors import InputError, ModelError
from clarion.spillover.engine.cascade.network import Floats, Network
from clarion.spillover.engine.cascade.policy import Policy, Rule

Booleans: TypeAlias = NDArray[np.bool_]

_CHUNK = 64  # draws a thread takes at a time


@dataclass(frozen=True, eq=False)
class Draws:
    """A block of D draws for a network of n countries and m links.

    Every field is a matrix with D rows, or one row that holds for all: ``loss`` (n columns, fraction of production
    lost), ``keep`` (m, share of each link that may still move), and factors on ``flows`` (m), ``production`` (n) and
    ``reserves`` (n). None stands for no restriction or a factor of 1.
    """

    loss: Floats
    keep: Floats | None = None
    flows: Floats | None = None
    production: Floats | None = None
    reserves: Floats | None = None

    def __len__(self) -> int:
        return max(len(m) for f in fields(self) if (m := getattr(self, f.name)) is not None)


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Changes of reserves ``dR`` and consumption ``dC`` from ``C0``: one row a draw, one column a country.

    ``converged`` says for each draw whether an equilibrium was found; ``mass_balance_error`` is the worst of all.
    """

    network: Network
    dR: Floats
    dC: Floats
    C0: Floats
    converged: Booleans
    mass_balance_error: float


def run_many(
    network: Network,
    blocks: Draws | Iterable[Draws],
    *,
    rule: Rule = "pta",
    reserve_fraction: float = 0.5,
    consumption_fraction: float = 0.01,
    iterations: int = 50,
    threads: int | None = None,
) -> Ensemble:
    """One cascade in scenario mode for each draw, block after block, on ``threads`` threads (all cores by default).

    Blocks are taken when a thread is about to be free, so a generator keeps memory low: flows after the shock are not
    kept, and a few hundred draws of all links a block are enough. Results are the same for any number of threads and
    any division into blocks.

    Raises
    ------
    InputError: as for ``run``; a matrix of the wrong shape, a fraction that is not from 0 to 1 or a factor below 0.
    ModelError: a draw in which grain appeared or was lost beyond rounding.
    """
    policy = Policy(rule, reserve_fraction, consumption_fraction, iterations)
    stream = iter((blocks,)) if isinstance(blocks, Draws) else iter(blocks)
    threads = threads or os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        done = list(_computed(network, stream, policy, pool, threads))
    if not done:
        raise InputError("There are no draws.", where="blocks", next_step="Give at least one block of draws.")
    dR, dC, C0, converged, errors = (np.concatenate(parts) for parts in zip(*done, strict=True))
    return Ensemble(network, dR, dC, C0, converged, _within_limit(errors))


class _Results(NamedTuple):
    dR: Floats
    dC: Floats
    C0: Floats
    converged: Booleans
    error: Floats


def _computed(
    network: Network, blocks: Iterator[Draws], policy: Policy, pool: ThreadPoolExecutor, threads: int
) -> Iterator[_Results]:
    """The results of each block in order, with no more than one block in the making ahead of the threads."""
    from clarion.spillover.engine.cascade.scenario import simulate_draws

    kernel = policy.kernel
    state = (network.flows, network.production, policy.usable * network.reserves, network.shape)
    waiting: deque[tuple[_Results, list[Future[None]]]] = deque()
    for block in blocks:
        draws, count = _matrices(network, block), len(block)
        size = (count, len(network.countries))
        results = _Results(np.empty(size), np.empty(size), np.empty(size), np.empty(count, np.bool_), np.empty(count))
        tasks = [
            pool.submit(simulate_draws, kernel, state, draws, tuple(results), start, min(start + _CHUNK, count))
            for start in range(0, count, _CHUNK)
        ]
        waiting.append((results, tasks))
        while sum(not t.done() for _, tasks in waiting for t in tasks) > 2 * threads:
            yield _finished(waiting)
    while waiting:
        yield _finished(waiting)


def _finished(waiting: deque[tuple[_Results, list[Future[None]]]]) -> _Results:
    results, tasks = waiting.popleft()
    for task in tasks:
        task.result()
    return results


def _matrices(network: Network, draws: Draws) -> tuple[Floats, ...]:
    n, m = len(network.countries), len(network.flows)
    shapes = (
        ("loss", n, 1.0),
        ("keep", m, 1.0),
        ("flows", m, np.inf),
        ("production", n, np.inf),
        ("reserves", n, np.inf),
    )
    return tuple(_matrix(name, getattr(draws, name), len(draws), width, most) for name, width, most in shapes)


def _matrix(name: str, values: Floats | None, rows: int, width: int, most: float) -> Floats:
    if values is None:
        return np.ones((1, width))
    matrix = np.ascontiguousarray(values, np.float64)
    if matrix.ndim != 2 or matrix.shape[1] != width or len(matrix) not in (1, rows):
        raise InputError(
            f"The draws of {name} have the shape {matrix.shape}.",
            where=name,
            next_step=f"Give {rows} rows, or one for all draws, with {width} columns.",
        )
    if not (np.isfinite(matrix).all() and matrix.min(initial=0.0) >= 0 and matrix.max(initial=0.0) <= most):
        bounds = "from 0 to 1" if most == 1 else "of 0 or more"
        raise InputError(
            f"A draw of {name} is not a number {bounds}.", where=name, next_step="Check how the draws are made."
        )
    return matrix


def _within_limit(errors: Floats) -> float:
    from clarion.spillover.engine.cascade.balance import LIMIT

    worst = float(errors.max())
    if not worst <= LIMIT:
        raise ModelError(
            f"Draw {int(errors.argmax())} does not balance: grain appeared or was lost, {worst:.1e} of the shock.",
            where="cascade, draws",
            next_step="Please report this with the tables and the seed.",
            mass_balance_error=worst,
        )
    return worst

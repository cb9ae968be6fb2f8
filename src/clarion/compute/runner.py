"""Runners: the same independent work, one item after another or in several processes, with identical results.

Each item gets a random generator of its own, spawned from one seed by its position, so a result depends on neither
the runner nor the number of workers nor who finishes first. A cluster is one more class with this ``map``.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from clarion.errors import ClarionError, InputError

if TYPE_CHECKING:
    from numpy.random import Generator, SeedSequence

Item = TypeVar("Item")
Answer = TypeVar("Answer")
_SAFE = "PYTHONSAFEPATH"


class WorkerLost(ClarionError):
    """A process that did part of the work ended before it answered."""

    code = "worker-lost"
    http_status = 503


class Runner(Protocol):
    """Whatever can run a function on many items."""

    def map(self, fn: Callable[[Item, Generator], Answer], items: Sequence[Item], *, seed: int) -> list[Answer]:
        """``fn(item, rng)`` for each item, results in the order of the items.

        ``rng`` is a numpy generator of the item's own, child number i of the seed for item i.

        Raises
        ------
        Whatever ``fn`` raises, for the first item that does.
        """
        ...


class Streams(Runner, Protocol):
    """A runner that can take more items than memory holds."""

    def each(self, fn: Callable[[Item], Answer], items: Iterable[Item]) -> Iterator[Answer]:
        """``fn(item)`` for each item, in their order, as a stream: few items are on their way at a time, and workers
        stay, so that what one has read serves its next item. Raises as ``map``."""
        ...


@dataclass(frozen=True, slots=True)
class Serial:
    """One item after another in this process."""

    def map(self, fn: Callable[[Item, Generator], Answer], items: Sequence[Item], *, seed: int) -> list[Answer]:
        """See ``Runner.map``."""
        return [call((fn, item, child)) for item, child in zip(items, children(seed, len(items)), strict=True)]

    def each(self, fn: Callable[[Item], Answer], items: Iterable[Item]) -> Iterator[Answer]:
        """See ``Streams.each``."""
        return map(fn, items)


@dataclass(frozen=True, slots=True)
class Processes:
    """Several processes on this machine, started afresh for each ``map`` so that no thread or lock is inherited.

    ``fn``, items and answers travel pickled: ``fn`` must be a function at the top level of a module.
    """

    workers: int

    start_method: ClassVar[str] = "spawn"

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise InputError(
                f"{self.workers} workers cannot do any work.", where="workers", next_step="Give a number of 1 or more."
            )

    def map(self, fn: Callable[[Item, Generator], Answer], items: Sequence[Item], *, seed: int) -> list[Answer]:
        """See ``Runner.map``.

        Raises
        ------
        InputError: ``fn`` cannot be sent to another process.
        WorkerLost: a worker was killed or crashed; no partial result is given.
        """
        if not items:
            return []
        require_sendable(fn)
        jobs = [(fn, item, child) for item, child in zip(items, children(seed, len(items)), strict=True)]
        workers = min(self.workers, len(jobs))
        with own_modules_only(), self._pool(workers, len(jobs)) as pool:
            return list(pool.map(call, jobs, chunksize=max(1, len(jobs) // (8 * workers))))

    def each(self, fn: Callable[[Item], Answer], items: Iterable[Item]) -> Iterator[Answer]:
        """See ``Streams.each``: one item more than there are workers is on its way."""
        require_sendable(fn)
        waiting: deque[Future[Answer]] = deque()
        with own_modules_only(), self._pool(self.workers) as pool:
            for item in items:
                waiting.append(pool.submit(fn, item))
                if len(waiting) > self.workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    @contextmanager
    def _pool(self, workers: int, items: int | None = None) -> Iterator[ProcessPoolExecutor]:
        pool = ProcessPoolExecutor(workers, mp_context=get_context(self.start_method))
        try:
            yield pool
        except BrokenProcessPool as error:
            raise WorkerLost(
                "A worker process ended before its work was done; it may have run out of memory or been stopped.",
                where=f"{workers} workers" if items is None else f"{items} items on {workers} workers",
                next_step="Run it again with fewer workers, or serially.",
                **({} if items is None else {"items": items}),
                workers=workers,
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def own_modules_only() -> Iterator[None]:
    """Begin processes that do not look for modules in the current folder: a file named pickle.py there is not ours.

    They are begun with ``python -c``, which looks there first. Once they know this process's path they follow it.
    """
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE]
        else:
            os.environ[_SAFE] = before


def call(job: tuple[Callable[[Item, Generator], Answer], Item, SeedSequence]) -> Answer:
    """Do one job: its function on its item, with a generator from its child of the seed."""
    from numpy.random import default_rng

    fn, item, child = job
    return fn(item, default_rng(child))


def children(seed: int, count: int) -> list[SeedSequence]:
    """Seeds of the items, by their position."""
    from numpy.random import SeedSequence

    return SeedSequence(seed).spawn(count)


def require_sendable(fn: object) -> None:
    """Go on only with a function that can travel to another process.

    Raises
    ------
    InputError: it cannot.
    """
    try:
        pickle.dumps(fn)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise InputError(
            f"{fn!r} cannot be sent to another process.",
            where="fn",
            next_step="Use a function defined at the top level of a module, or the serial runner.",
        ) from error

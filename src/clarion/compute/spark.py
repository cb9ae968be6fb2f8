"""Independent work on Apache Spark: this machine or a cluster, with the bytes of the serial runner.

Nothing else of the house imports this module or pyspark; ``runner_named`` does when Spark is asked for.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from clarion.compute.runner import Answer, Item, WorkerLost, call, children, own_modules_only, require_sendable
from clarion.errors import InputError, MissingPart
from clarion.vocab import Phrase

if TYPE_CHECKING:
    from numpy.random import Generator

MOST_TASKS = 1000
MASTERS = ("local[", "spark://", "k8s://", "yarn")
_INTERPRETER = "PYSPARK_PYTHON"


@dataclass(frozen=True, slots=True)
class Spark:
    """Work on a Spark master: ``local[2]`` is this machine with two workers, ``spark://host:7077`` a cluster.

    A session that runs in this process already is used as it is; one that is begun here lasts until the process ends.
    On a cluster each machine needs Clarion in the interpreter that PYSPARK_PYTHON names; here it is this one. ``fn``,
    items and answers travel pickled: ``fn`` must be a function at the top level of a module.
    """

    master: str = "local[2]"

    def __post_init__(self) -> None:
        if not self.master.startswith(MASTERS):
            raise InputError(
                Phrase("{master!r} is no Spark master.", master=self.master), where="spark",
                next_step="Use local[2] for two workers on this machine, or an address such as spark://host:7077.",
            )  # fmt: skip

    def map(self, fn: Callable[[Item, Generator], Answer], items: Sequence[Item], *, seed: int) -> list[Answer]:
        """See ``Runner.map``.

        Raises
        ------
        InputError: ``fn`` cannot be sent to another process.
        MissingPart: pyspark or Java is not installed, or the master cannot be reached.
        WorkerLost: a worker was killed or crashed; no partial result is given.
        """
        if not items:
            return []
        require_sendable(fn)
        jobs = [pickle.dumps(job) for job in zip(items, children(seed, len(items)), strict=True)]
        context = self._context()
        told = self._told(context, pickle.dumps(fn), jobs)
        answers: list[Answer] = []
        for done, found in map(pickle.loads, told):
            if not done:
                raise found
            answers.append(found)
        return answers

    def each(self, fn: Callable[[Item], Answer], items: Iterable[Item]) -> Iterator[Answer]:
        """See ``Streams.each``: in rounds of as many items as there are workers, whom Spark keeps between them."""
        require_sendable(fn)
        width, coming = max(1, int(self._context().defaultParallelism)), iter(items)
        while several := list(islice(coming, width)):
            yield from self.map(_without_draws, [(fn, item) for item in several], seed=0)

    def _told(self, context: Any, fn: bytes, jobs: list[bytes]) -> list[bytes]:
        from py4j.protocol import Py4JError

        try:
            shared = context.broadcast((fn, _folders()))
            found: list[bytes] = context.parallelize(jobs, min(len(jobs), MOST_TASKS)).map(_Work(shared)).collect()
            shared.unpersist()
        except Py4JError as error:
            if context._jsc.sc().isStopped():  # a master that was never there, or has gone
                context.stop()
                raise MissingPart(
                    "The Spark master cannot be reached.", where=self.master,
                    next_step="Check that it runs and its address, or leave out --on.",
                ) from error  # fmt: skip
            raise WorkerLost(
                "A Spark worker ended before its work was done; it may have run out of memory or been stopped.",
                where=f"{len(jobs)} items on {self.master}",
                next_step="Run it again with fewer workers, or serially.",
                items=len(jobs),
                master=self.master,
            ) from error
        return found

    def _context(self) -> Any:
        try:
            from pyspark import SparkConf, SparkContext
            from pyspark.errors import PySparkException
        except ImportError as error:
            raise MissingPart(
                "Spark is not installed.", where="extra `spark`",
                next_step="Install it with: pip install 'clarion[spark]', and Java 17 or later.",
            ) from error  # fmt: skip
        from py4j.protocol import Py4JError

        options = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
        if self.master.startswith("local"):  # nothing listens but on this machine
            options |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        conf = SparkConf().setMaster(self.master).setAppName("clarion").setAll(list(options.items()))
        with _own_interpreter(), own_modules_only(), _aside() as said:
            try:
                return SparkContext.getOrCreate(conf)
            except (PySparkException, Py4JError, OSError) as error:
                said.seek(0)
                lines = said.read().decode(errors="replace").strip().splitlines()
                raise MissingPart(
                    "Spark could not be started.", where=self.master,
                    next_step="Install Java 17 or later, and check that the master can be reached.",
                    said=lines[-1][:300] if lines else str(error)[:300],
                ) from error  # fmt: skip


def _without_draws(job: tuple[Callable[[Item], Answer], Item], _rng: Generator) -> Answer:
    fn, item = job
    return fn(item)


class _Work:
    """One job in a worker: an answer or an error of the work, as bytes."""

    def __init__(self, shared: Any) -> None:
        self.shared = shared

    def __call__(self, job: bytes) -> bytes:
        found: tuple[bool, Any]
        packed, folders = self.shared.value
        sys.path.extend(folder for folder in folders if folder not in sys.path)
        item, child = pickle.loads(job)  # noqa: S301 - written by our own driver
        try:
            found = True, call((pickle.loads(packed), item, child))  # noqa: S301
        except Exception as error:  # noqa: BLE001 - it is raised again where the work was asked for
            found = False, error
        return pickle.dumps(found)


def _folders() -> list[str]:
    """Where this process finds modules; never the current folder."""
    return [folder for folder in sys.path if os.path.isabs(folder) and folder != os.getcwd()]


@contextmanager
def _own_interpreter() -> Iterator[None]:
    """Workers run in this interpreter unless another was chosen."""
    chosen = os.environ.get(_INTERPRETER)
    os.environ[_INTERPRETER] = chosen or sys.executable
    try:
        yield
    finally:
        if chosen is None:
            del os.environ[_INTERPRETER]


@contextmanager
def _aside() -> Iterator[IO[bytes]]:
    """What Java says goes into a file of no name: standard error holds our errors, some of them as JSON."""
    with tempfile.TemporaryFile() as said:
        sys.stderr.flush()
        kept = os.dup(2)
        os.dup2(said.fileno(), 2)
        try:
            yield said
        finally:
            os.dup2(kept, 2)
            os.close(kept)

"""A runner by its name, as a person writes it."""

from __future__ import annotations

from clarion.compute.runner import Processes, Serial, Streams
from clarion.errors import InputError, UnknownName
from clarion.vocab import Phrase

NAMES = ("serial", "processes", "spark")


def runner_named(name: str = "", workers: int = 1) -> Streams:
    """``serial``, ``processes``, ``spark`` (this machine) or the address of a Spark master, such as spark://host:7077.

    Without a name: processes if there are several ``workers``, else serial. The answer is the same on each.

    Raises
    ------
    InputError: no workers, or several for the serial runner.
    UnknownName: another name.
    """
    if workers < 1:
        raise InputError(
            Phrase("{number} cannot be used here.", number=workers), where="--workers",
            next_step=Phrase("Give a whole number from {least} on.", least=1),
        )  # fmt: skip
    chosen = name or ("processes" if workers > 1 else "serial")
    if chosen == "serial":
        if workers > 1:
            raise InputError(
                "The serial runner has one worker.", where="--workers", next_step="Use --on processes, or leave it out."
            )
        return Serial()
    if chosen == "processes":
        return Processes(workers)
    if chosen == "spark" or "://" in chosen or chosen == "yarn":
        from clarion.compute.spark import Spark

        return Spark(f"local[{workers}]" if chosen == "spark" else chosen)
    raise UnknownName(
        Phrase("There is no runner {name!r}.", name=name), where="--on",
        next_step=Phrase("Use one of: {names}.", names=(*NAMES, "spark://host:7077")), known=list(NAMES),
    )  # fmt: skip

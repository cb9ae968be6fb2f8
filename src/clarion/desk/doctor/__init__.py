"""``clarion doctor``: look at everything Clarion stands on, change nothing, send nothing anywhere.

Every check is a function of the settings that returns findings. A check that meets an error of Clarion's own reports
what it says; one that breaks is a finding itself, so that the rest is still told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from clarion.config import Config
from clarion.desk.doctor import accounts, database, folder, jobs, key, log, machine, sealed, sources, writing
from clarion.desk.doctor.finding import Finding, render
from clarion.errors import ClarionError

__all__ = ["Finding", "examine", "render"]

CHECKS: tuple[tuple[str, Callable[[Config], Iterable[Finding]]], ...] = (
    ("settings", machine.settings),
    ("python", machine.python),
    ("java", machine.java),
    ("data folder", folder.folder),
    ("disk", folder.disk),
    ("clock", folder.clock),
    ("key", key.key),
    ("sqlite", database.sqlite),
    ("database", database.database),
    ("postgresql", database.programs),
    ("postgresql", database.way),
    ("log", log.log),
    ("accounts", accounts.second_person),
    ("desk", jobs.desk),
    ("jobs", jobs.jobs),
    ("documents", writing.documents),
    ("charts", writing.charts),
    ("languages", writing.languages),
    ("sources", sources.sources),
    ("sealed", sealed.sealed),
)


def examine(config: Config) -> list[Finding]:
    """Run every check. The data folder is not made, and no secret is repeated."""
    return [finding for name, check in CHECKS for finding in _run(name, check, config)]


def _run(name: str, check: Callable[[Config], Iterable[Finding]], config: Config) -> list[Finding]:
    try:
        return list(check(config))
    except ClarionError as error:
        return [Finding(name, "fail", f"{error.what} ({error.where})" if error.where else error.what, error.next_step)]
    except Exception as error:  # noqa: BLE001 - one broken check must not hide the others
        return [Finding(name, "fail", f"This check broke ({type(error).__name__}).", "clarion doctor --debug")]

"""One base error for the whole house: what happened, where, and what to do next.

Catch it as::

    try:
        clarion.spillover.exposure("wheat")
    except ClarionError as error:
        print(error.what, error.where, error.next_step)

A subclass names one kind of trouble and fixes its ``code`` (stable, documented, safe to match on) and
``exit_code``. Values that a caller may want are kept in ``details``; they must never hold a secret or personal data.
"""

from __future__ import annotations

from typing import Any, ClassVar


class ClarionError(Exception):
    """Something that a person can mend.

    Parameters
    ----------
    what: one sentence, no jargon: what went wrong.
    where: file and line, column, setting or address; empty when there is no such place.
    next_step: what to do now, as a command or an action.
    details: values kept as they are for callers, JSON-ready.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 400

    def __init__(self, what: str, *, where: str = "", next_step: str = "", **details: Any) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.next_step = next_step
        self.details = details

    def __str__(self) -> str:
        parts = [self.what]
        if self.where:
            parts.append(f"Where: {self.where}")
        if self.next_step:
            parts.append(f"Next: {self.next_step}")
        return "\n".join(parts)

    def __reduce__(self) -> tuple[Any, ...]:
        # Worker processes hand errors back pickled; the default would lose the keyword-only arguments.
        return _rebuild, (type(self), self.what, self.where, self.next_step, self.details)

    def to_dict(self) -> dict[str, Any]:
        """The error as JSON-ready data, the same for ``--json`` and the API."""
        return {
            "code": self.code,
            "what": self.what,
            "where": self.where,
            "next_step": self.next_step,
            "details": self.details,
        }


def _rebuild(kind: type[ClarionError], what: str, where: str, next_step: str, details: dict[str, Any]) -> ClarionError:
    return kind(what, where=where, next_step=next_step, **details)


class InputError(ClarionError):
    """A file, argument or form field is not what was asked for."""

    code = "bad-input"
    exit_code = 2


class UnknownName(InputError):
    """A country, commodity, source, table, scenario or setting that does not exist."""

    code = "unknown-name"
    http_status = 404


class TableError(InputError):
    """A table breaks its contract: a column, type, unit, key or bound."""

    code = "bad-table"


class ScenarioError(InputError):
    """A scenario file cannot be read as one."""

    code = "bad-scenario"


class SourceError(ClarionError):
    """An official source could not be fetched or is not in its published form."""

    code = "bad-source"
    exit_code = 3


class StorageError(ClarionError):
    """The data folder or the database cannot be read or written."""

    code = "storage"
    exit_code = 4
    http_status = 503


class BusyError(ClarionError):
    """Somebody else holds what this needs: a port, a lock, a running desk."""

    code = "busy"
    exit_code = 5
    http_status = 409


class OutOfDate(BusyError):
    """An earlier version of Clarion kept this in a form that is no longer read."""

    code = "out-of-date"


class NotAllowed(ClarionError):
    """The actor may not do this."""

    code = "not-allowed"
    exit_code = 6
    http_status = 403


class MissingPart(ClarionError):
    """An optional part (an extra, a program, a font) is not installed."""

    code = "missing-part"
    exit_code = 7
    http_status = 501


class ModelError(ClarionError):
    """An engine met numbers for which its equations have no answer."""

    code = "model"
    exit_code = 8
    http_status = 422

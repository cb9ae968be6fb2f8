"""What a database says when it refuses, in plain words.

Its own words may hold names of accounts and hosts, so they are not shown.
"""

from __future__ import annotations

from clarion.errors import BusyError, ClarionError, StorageError

# Words of SQLite and PostgreSQL (in English, and the SQLSTATE for other languages), then ours.
_KNOWN: tuple[tuple[tuple[str, ...], type[ClarionError], str, str], ...] = (
    (("database or disk is full", "disk i/o error", "53100", "no space left"), StorageError,
     "The disk of the database is full or does not take writes.", "Free some space on it, then try again."),
    (("readonly database", "25006", "read-only transaction", "attempt to write a read"), StorageError,
     "The database may only be read.", "Make the database and its folder writable for this user."),
    (("unable to open database file",), StorageError,
     "The database file cannot be opened.", "Look at the data folder with: clarion doctor"),
    (("malformed", "not a database"), StorageError,
     "The database file is damaged.", "Put your latest back-up in its place: clarion restore FILE"),
    (("database is locked", "database table is locked", "55p03"), BusyError,
     "Another process holds the database.", "Wait until it has finished, then try again."),
    (("no such table", "no such column", "42p01", "42703"), StorageError,
     "The database is not of this version of Clarion.", "Bring it up to date with: clarion upgrade"),
    (("password authentication failed", "no password supplied", "28p01", "28000"), StorageError,
     "PostgreSQL does not let this account in.", "Check user name and password in DATABASE_URL."),
    (("3d000", "does not exist"), StorageError,
     "The database that DATABASE_URL names does not exist.", "Create it with: createdb NAME"),
    (("connection refused", "connection failed", "could not connect", "timeout expired", "could not translate",
      "failed to resolve", "server closed the connection", "connection is closed", "connection already closed",
      "terminating connection", "the database system is", "no such file or directory", "57p01", "57p02", "57p03"),
     StorageError,
     "PostgreSQL cannot be reached.", "Start the server, or mend DATABASE_URL."),
)  # fmt: skip


def in_plain_words(error: Exception) -> ClarionError:
    """The trouble behind ``error``, which SQLite, psycopg or Django raised."""
    said = " ".join(_words(error)).lower()
    for signs, kind, what, step in _KNOWN:
        if any(sign in said for sign in signs):
            return kind(what, where="database", next_step=step)
    return StorageError(
        f"The database does not answer as it should ({type(error).__name__}).",
        where="database",
        next_step="Look at it with: clarion doctor",
    )


def _words(error: BaseException) -> list[str]:
    behind = error.__cause__
    state = getattr(error, "sqlstate", None) or ""
    return [str(error), state, *(_words(behind) if behind else [])]

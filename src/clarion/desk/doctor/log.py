"""The log of who did what: whether it is as it was written, and whether a head of it lies elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from clarion.config import Config
from clarion.desk.doctor.database import to_ask
from clarion.desk.doctor.finding import Finding
from clarion.seal.log import KEY

OLDEST = 7  # days of an anchor
_ANCHOR = "clarion log anchor --to FILE   (on another machine or disk)"


def log(config: Config) -> Iterator[Finding]:
    """The log, or of a long one what is new since the last look, is verified; nothing is noted, and no key is made."""
    if not to_ask(config) or not (config.home / KEY).exists():
        return
    from django.db import DatabaseError

    from clarion.desk.log.verbs import age_days
    from clarion.desk.log.verify import newest
    from clarion.desk.setup import django_ready

    django_ready()
    try:
        told = newest(config.home, remember=False)
    except DatabaseError:
        return  # the finding on the database says why
    anchor = told["anchor"]
    if not told["sound"]:
        yield Finding("log", "fail", str(told["says"]), "clarion log verify   (keep a copy of everything first)")
    elif anchor is None and told["entries"]:
        yield Finding("log", "warn", "The log was never anchored outside.", _ANCHOR)
    elif anchor is not None and (days := age_days(anchor)) > OLDEST:
        yield Finding("log", "warn", f"The log was last anchored outside {days} days ago.", _ANCHOR)
    else:
        known = f"those after {told['since']} in their places" if told["since"] else "each in its place"
        yield Finding("log", "ok", f"{told['entries']} acts, {known}; anchored outside.")

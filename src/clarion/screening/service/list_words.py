"""How old a list is, in the reader's language: what is not known of it is said, never left blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clarion.locale import gettext
from clarion.screening.service.lists import origin


def release(one: Mapping[str, Any], language: str) -> str:
    """The release of a list (``List.to_dict``), or that its publisher's date is not known."""
    from clarion.sources.lists.status import published

    told = str(one["release"])
    if published(told):
        return told
    unknown = gettext("date not known", language)
    # A day of retrieval stands beside it, as the day on which the list was last seen.
    return unknown if not told or told.startswith("retrieved ") else f"{told}, {unknown}"


def sight(one: Mapping[str, Any], language: str) -> str:
    """The day from which a list's age counts, and what that day is where nobody fetched the list."""
    if one["dated"] == "loaded":
        return gettext("%(day)s, the day of loading", language) % {"day": one["seen"]}
    if one["dated"] == "published":
        return gettext("%(day)s, the publisher's date", language) % {"day": one["seen"]}
    return str(one["seen"])


def undated(lists: Sequence[Mapping[str, Any]], language: str) -> str:
    """Which lists of an answer came as files that bear no date, as a sentence; empty where all have one."""
    names = dict.fromkeys(origin(one["source"]) for one in lists if one["dated"] == "loaded")
    if not names:
        return ""
    said = gettext("Nobody knows how old these lists are, because their files bear no date: %(names)s.", language)
    return said % {"names": ", ".join(names)}


def told(one: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A list as a table shows it: ``release`` and ``seen`` in words."""
    return dict(one) | {"release": release(one, language), "seen": sight(one, language)}

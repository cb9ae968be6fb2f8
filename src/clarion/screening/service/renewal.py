"""How a list that is too old is renewed: fetched, loaded from a file, or given up for the one that took its place."""

from __future__ import annotations

from collections.abc import Iterable

from clarion.locale import gettext
from clarion.screening.service.lists import List, origin


def command(source: str) -> str:
    """What to type to renew a list; of a closed one its successor is there before it goes."""
    from clarion.sources.catalogue import declared

    found = declared(source)
    if found is None:
        return f"clarion load listed_parties FILE --source {source}"
    if found.superseded_by:
        return f"clarion screening lists fetch {found.superseded_by} && clarion sources remove {found.id}"
    if not found.download:
        return f"clarion screening lists load {found.id} FILE"
    return f"clarion screening lists fetch {found.id}"


def renew(source: str, language: str) -> str:
    """The same as a sentence, with why it cannot be fetched where it cannot."""
    from clarion.sources.catalogue import declared

    found, words = declared(source), {"name": origin(source), "command": command(source)}
    if found is None:
        said = gettext("%(name)s is a list of your own. Load all three tables anew, such as: %(command)s", language)
    elif found.superseded_by:
        return f"{closed(source, language)} " + gettext("Change over with: %(command)s", language) % words
    elif not found.download:
        words["url"] = found.url
        said = gettext(
            "%(name)s has no lasting address. Download it anew from %(url)s, then: %(command)s", language
        )  # fmt: skip
    else:
        said = gettext("Fetch it again with: %(command)s", language)
    return said % words


def closed(source: str, language: str) -> str:
    """That a list is closed, and which took its place; "" where it is not."""
    from clarion.sources.catalogue import declared

    found = declared(source)
    if found is None or not found.superseded_by:
        return ""
    said = gettext("%(name)s is closed: nobody listed since is in it. %(next)s took its place.", language)
    return said % {"name": found.id, "next": found.superseded_by}


def commands(lists: Iterable[List]) -> tuple[str, ...]:
    """What to type to renew all of them, each once: the acts of one source come together."""
    return tuple(dict.fromkeys(command(one.source) for one in lists))

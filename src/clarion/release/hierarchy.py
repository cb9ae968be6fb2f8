"""Hierarchies of categories: ``{"A1": "A", "A2": "A", "A": "North"}`` names for each category the one above it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from clarion.release.errors import ReleaseError
from clarion.release.labels import labels
from clarion.vocab import Phrase

Above = dict[str, str]
"""Category or merged category: the one that it merges into."""


def read_hierarchy(value: object, categories: Collection[str], where: str, key: str) -> Above:
    """Check one dimension's hierarchy.

    Raises
    ------
    ReleaseError: it names what is no category, or goes round in a circle.
    """
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise ReleaseError("A hierarchy names for each category the one above it.", where=f"{where}, {key}",
                           next_step='Write it like {"A1": "A", "A2": "A"}.')  # fmt: skip
    above: Above = dict(value)
    labels(list(dict.fromkeys([*categories, *above, *above.values()])), where, key)
    if unknown := sorted(set(above) - set(categories) - set(above.values())):
        raise ReleaseError(
            Phrase("{value!r} is no category of the dimension.", value=unknown[0]),
            where=f"{where}, {key}",
            next_step="Correct it, or add it to the dimension.",
        )
    for start in above:
        if len(set(path := _path(start, above))) < len(path):
            raise ReleaseError(
                Phrase("The hierarchy of {start!r} goes round in a circle.", start=start),
                where=f"{where}, {key}",
                next_step="Let each category merge upwards only.",
            )
    return above


def of_groups(groups: Mapping[str, Iterable[str]]) -> Above:
    """The hierarchy of one step that ``{"North": ["A", "B"]}`` says."""
    return {value: group for group, values in groups.items() for value in values}


def shown_as(category: str, above: Above, merged: Collection[str]) -> str:
    """The row that a category stands in, where those ``merged`` are shown in place of what is under them."""
    found = category
    for step in _path(category, above)[1:]:
        if step in merged:
            found = step
    return found


def _path(category: str, above: Above) -> list[str]:
    path = [category]
    while path[-1] in above and len(path) <= len(above) + 1:
        path.append(above[path[-1]])
    return path

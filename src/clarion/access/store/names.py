"""What accounts are called, for pages that may say so; everything kept names them by number."""

from __future__ import annotations

from collections.abc import Iterable

from clarion.access.store.models import User


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """User names by actor id, for those that are accounts' numbers; an actor of another kind is not among them."""
    numbers = {actor for actor in actors if actor.isdecimal() and len(actor) < 19}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=numbers).values_list("pk", "username")}

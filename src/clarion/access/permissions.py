"""Roles and permissions. A room declares its permissions in its own ``room.toml``, each with the roles that hold it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from clarion.access.actor import Actor
from clarion.errors import ClarionError, NotAllowed
from clarion.vocab import Phrase

ROLES = ("operator", "analyst", "officer", "viewer", "keyholder", "auditor")
_NAMES = {
    "operator": Phrase("operator"), "analyst": Phrase("analyst"), "officer": Phrase("officer"),
    "viewer": Phrase("viewer"), "keyholder": Phrase("keyholder"), "auditor": Phrase("auditor"),
}  # fmt: skip

# What belongs to the shell itself.
_DESK = {
    "desk.people": frozenset({"operator"}),
    "desk.recover": frozenset({"operator"}),
    "desk.log": frozenset({"operator", "auditor"}),
    "desk.sources": frozenset(ROLES),
    "desk.tokens": frozenset({"operator", "analyst", "officer", "keyholder", "auditor"}),
    # Sealed values: who sees how far requests are, asks, answers, draws at random, erases, and brings a signed roster.
    "desk.sealed": frozenset({"operator", "officer", "keyholder", "auditor"}),
    "desk.openings": frozenset({"officer", "keyholder", "auditor"}),
    "desk.keyholding": frozenset({"keyholder"}),
    "desk.draw": frozenset({"auditor"}),
    "desk.erase": frozenset({"operator", "officer"}),
    "desk.roster": frozenset({"operator", "keyholder"}),
    "desk.releases": frozenset(ROLES),
    "desk.publish": frozenset({"operator", "officer"}),
}


@cache
def permissions(room: str) -> dict[str, frozenset[str]]:
    """The permissions of a room (or of ``desk``) and the roles that hold each.

    Raises
    ------
    ClarionError: the room declares a role that does not exist.
    """
    if room == "desk":
        return _DESK
    declared = tomllib.loads(files(f"clarion.{room}").joinpath("room.toml").read_text(encoding="utf-8"))
    table = {f"{room}.{name}": frozenset(roles) for name, roles in declared.get("permissions", {}).items()}
    for name, roles in table.items():
        if unknown := roles - set(ROLES):
            raise ClarionError(
                f"The permission {name} names roles that do not exist: {', '.join(sorted(unknown))}.",
                where=f"clarion/{room}/room.toml",
                next_step="Use: " + ", ".join(ROLES) + ".",
            )
    return table


def may(actor: Actor, permission: str) -> bool:
    """Whether the actor's role holds the permission; one that nobody declared is held by nobody."""
    room = permission.partition(".")[0]
    return actor.role in permissions(room).get(permission, frozenset())


def require(actor: Actor, permission: str) -> None:
    """Go on only if the actor may.

    Raises
    ------
    NotAllowed: with the roles that may.
    """
    if not may(actor, permission):
        holders = permissions(permission.partition(".")[0]).get(permission, frozenset())
        roles = [_NAMES[role] for role in ROLES if role in holders]
        raise NotAllowed(
            "Your role does not allow this.",
            where=permission,
            next_step=Phrase("Ask an operator for the role {role}.", role=_either(roles))
            if roles
            else Phrase("Nobody may: no room declares it."),
        )


def _either(roles: list[Phrase]) -> Phrase:
    """One of several: "operator or analyst"."""
    *others, last = roles
    return Phrase("{others} or {last}", others=tuple(others), last=last) if others else last

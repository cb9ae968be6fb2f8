"""One room as its ``room.toml`` declares it."""

from __future__ import annotations

from clarion.access import ROLES, permissions
from clarion.desk.rooms import rooms
from house.markdown import code, codes, plain, table


def write(name: str) -> str:
    found = {room.name: room for room in rooms()}
    if name not in found:
        raise LookupError(f"there is no room {name!r}; there are: {', '.join(found)}")
    room = found[name]
    address = "/" if room.home else f"/{room.name}/"
    text = f"{plain(room.help)} Its pages begin at {code(address)}"
    text += f", its API at {code(f'/api/v1/{room.name}/')}" if room.api else ""
    text += f". Commands: {codes(f'clarion {c.name}' for c in room.commands)}.\n\n" if room.commands else ".\n\n"
    rows = [
        (code(permission), *("yes" if role in holders else "no" for role in ROLES))
        for permission, holders in permissions(name).items()
    ]
    return text + table(("permission", *ROLES), rows)

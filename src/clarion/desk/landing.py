"""Where a reader begins: the home page, or for roles that no room serves, the page that they are here for."""

from __future__ import annotations

from django.urls import reverse

from clarion.access import permissions
from clarion.access.store.models import User
from clarion.desk.rooms import rooms


def landing(user: User) -> str:
    """The address of the first page after signing in, and behind the name at the top of each."""
    home = next((room for room in rooms() if room.home), None)
    if home is None or any(user.role in roles for roles in permissions(home.name).values()):
        return "/"
    return reverse("sealed")

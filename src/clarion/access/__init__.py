"""Who may do what, and the log of who did it. The rules are pure; accounts and the log live in ``store``."""

from clarion.access.actor import Actor
from clarion.access.permissions import ROLES, may, permissions, require

__all__ = ["ROLES", "Actor", "may", "permissions", "require"]

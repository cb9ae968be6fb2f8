"""Sanctions lists as a whole: how old each is, and what changed between two versions of one.

Loading and fetching are those of every source (``clarion.sources.load``, ``clarion.sources.fetch``).
"""

from clarion.sources.lists.diff import Change, Difference, diff, versions
from clarion.sources.lists.status import ListStatus, status

__all__ = ["Change", "Difference", "ListStatus", "diff", "status", "versions"]

"""Sanctions lists as a whole: one version of a list, how old each is, and what changed between two versions.

Loading and fetching are those of every source (``clarion.sources.load``, ``clarion.sources.fetch``).
"""

from clarion.sources.lists.diff import Change, Difference, Together, diff, diff_all, several
from clarion.sources.lists.read import ListVersion, read_list, versions
from clarion.sources.lists.status import ListStatus, status

__all__ = [
    "Change", "Difference", "ListStatus", "ListVersion", "Together", "diff", "diff_all", "read_list", "several",
    "status", "versions",
]  # fmt: skip

"""What can be wrong with a release: exit code 3, since 1 and 2 are the gate's answers (disclosed, undecided)."""

from __future__ import annotations

from clarion.errors import InputError


class ReleaseError(InputError):
    """A specification, table, certificate or list of people cannot be used as one."""

    code = "bad-release"
    exit_code = 3

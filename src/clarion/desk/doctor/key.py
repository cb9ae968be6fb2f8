"""The key that signs sessions and jobs."""

from __future__ import annotations

import os
from collections.abc import Iterator

from clarion.config import Config
from clarion.desk.doctor.finding import Finding
from clarion.secret_file import SHORTEST


def key(config: Config) -> Iterator[Finding]:
    """Its file, never its content."""
    file = config.secret_key_file
    if not file.exists():
        yield Finding("key", "warn", f"{file} does not exist yet.", "clarion up")
        return
    found = file.stat()
    try:
        length = len(file.read_bytes().strip())
    except OSError as error:
        yield Finding("key", "fail", f"{file} cannot be read: {error.strerror}.", f"chown $(id -un) {file}")
        return
    if os.name == "posix" and found.st_mode & 0o077:
        yield Finding("key", "fail", f"Other accounts may read {file}.", f"chmod 600 {file}")
    elif length < SHORTEST:
        yield Finding("key", "fail", f"{file} is too short to be a key.", f"rm {file}   (everybody signs in anew)")
    else:
        yield Finding("key", "ok", f"{file}, closed to other accounts")


def usable(config: Config) -> bool:
    """Whether the desk's settings can be read without making anything."""
    return all(finding.level == "ok" for finding in key(config))

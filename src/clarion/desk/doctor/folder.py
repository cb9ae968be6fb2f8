"""The data folder, the disk below it, and the clock by which its files are dated."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from clarion.config import Config
from clarion.desk.database import is_sqlite
from clarion.desk.doctor.finding import Finding
from clarion.desk.swap import unfinished

_WARN, _FAIL = 2_000_000_000, 200_000_000
_OVER_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre"}
_RELEASED = datetime(2026, 11, 1, tzinfo=UTC)  # no copy of this version is older
_MOUNTS = Path("/proc/self/mountinfo")


def folder(config: Config) -> Iterator[Finding]:
    home = config.home
    if not home.exists():
        yield Finding("data folder", "warn", f"{home} does not exist yet.", "clarion up")
        return
    if not home.is_dir():
        yield Finding("data folder", "fail", f"{home} is not a folder.", "Move it away, or set CLARION_HOME.")
        return
    faults = list(_faults(config))
    yield from faults or [Finding("data folder", "ok", f"{home}, closed to other accounts")]


def _faults(config: Config) -> Iterator[Finding]:
    home, found = config.home, config.home.stat()
    if found.st_mode & 0o077:
        yield Finding("data folder", "fail", f"Other accounts can look into {home}.", f"chmod 700 {home}")
    if found.st_uid != os.geteuid():
        yield Finding("data folder", "fail", f"{home} belongs to another account.", f"chown -R $(id -un) {home}")
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        yield Finding("data folder", "fail", f"{home} cannot be written.", f"chmod 700 {home}")
    if unfinished(home):
        yield Finding("data folder", "fail", "A restore was cut off.", "clarion upgrade")
    kind = file_system(home)
    if kind in _OVER_NETWORK or kind.startswith("fuse.ssh"):
        level = "fail" if is_sqlite(config) else "warn"
        mend = "Set CLARION_HOME to a folder on a disk of this machine, or DATABASE_URL to PostgreSQL."
        yield Finding("data folder", level, f"{home} lies on a network file system ({kind}).", mend)


def file_system(path: Path) -> str:
    """The kind of file system that holds ``path``, or nothing where the system does not tell."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind, real = -1, "", path.resolve()
    for line in lines:
        before, _, after = line.partition(" - ")
        point = Path(before.split()[4].replace("\\040", " "))
        # The last of the longest: a mount covers what was mounted there before.
        if (point == real or point in real.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split()[0]
    return kind


def disk(config: Config) -> Iterator[Finding]:
    there = next(p for p in (config.home, *config.home.parents) if p.exists())
    free = shutil.disk_usage(there).free
    text = f"{free / 1e9:.1f} GB free at {there}"
    mend = "Free some space, or set CLARION_HOME to a folder on a larger disk."
    if free < _FAIL:
        yield Finding("disk", "fail", text, mend)
    elif free < _WARN:
        yield Finding("disk", "warn", text, mend)
    else:
        yield Finding("disk", "ok", text)


def clock(config: Config) -> Iterator[Finding]:
    """Links, tokens, certificates and ages depend on it. It is compared with what is on the disk, not over the net."""
    now = _now()
    mend = "timedatectl set-ntp true"
    newest = _newest(config.home)
    if now < _RELEASED:
        yield Finding("clock", "fail", f"The clock shows {now:%Y-%m-%d}, before this version was made.", mend)
    elif newest and newest > now + timedelta(days=1):
        yield Finding("clock", "fail", f"A file in the data folder was written on {newest:%Y-%m-%d}, after now.", mend)
    elif newest and newest > now + timedelta(minutes=5):
        yield Finding("clock", "warn", "A file in the data folder was written after now: the clock was set back.", mend)
    elif newest and newest < now - timedelta(days=400):
        text = f"Nothing was written since {newest:%Y-%m-%d}: is it {now:%Y-%m-%d} today?"
        yield Finding("clock", "warn", text, mend)
    else:
        yield Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC")


def _now() -> datetime:
    return datetime.now(UTC)


def _newest(home: Path) -> datetime | None:
    dates = [f.lstat().st_mtime for f in home.rglob("*") if f.is_file()] if home.is_dir() else []
    return datetime.fromtimestamp(max(dates), UTC) if dates else None

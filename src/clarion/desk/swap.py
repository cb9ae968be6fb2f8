"""Put new contents into the data folder so that a kill at any moment leaves the old contents or the new ones.

The folder itself is never renamed: locks in it stay locked, and it may be a mounted volume. The new contents wait in
``.restore-new``. Renaming that to ``.restore-out`` is the decision. From then on the work only goes forward, and
``finish`` takes it up again wherever it stopped: first everything old moves into ``before-restore-TIME``, then (the
folder is called ``.restore-in``) everything new moves into place.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from clarion.desk.locks import DESK, WORKER
from clarion.files import storage_errors, sync

NEW, OUT, IN = ".restore-new", ".restore-out", ".restore-in"
EARLIER = "before-restore-"
# "static" is made anew and "downloads" fetched anew; "sealed" has back-ups of its own, which do not outlive erasure.
_STAYS = {DESK, WORKER, NEW, OUT, IN, "static", "downloads", "sealed"}


def stays(name: str) -> bool:
    """Whether an entry of the data folder is neither backed up nor swapped."""
    return name in _STAYS or name.startswith(EARLIER)


def stage(home: Path) -> Path:
    """Where to put the new contents; what an earlier attempt left there is removed."""
    folder = home / NEW
    with storage_errors(folder):
        if folder.exists():
            shutil.rmtree(folder)
    return folder


def earlier(home: Path) -> Path:
    """A new folder for what is there now."""
    folder = _free_name(home)
    with storage_errors(folder):
        folder.mkdir(mode=0o700)
        sync(home)
    return folder


def decide(home: Path) -> None:
    """Swap the staged contents in; the old ones go into the folder that ``earlier`` has made."""
    with storage_errors(home):
        os.rename(home / NEW, home / OUT)
        sync(home)
    finish(home)


def unfinished(home: Path) -> bool:
    """Whether a swap was decided and not finished."""
    return (home / OUT).exists() or (home / IN).exists()


def finish(home: Path) -> None:
    """Go on with a swap that was decided; does nothing when there is none."""
    if not unfinished(home):
        return
    with storage_errors(home):
        before = max(home.glob(EARLIER + "*"), key=lambda folder: folder.name)
        if (home / OUT).exists():
            for entry in sorted(home.iterdir()):
                if not stays(entry.name):
                    _move(entry, before)
            os.rename(home / OUT, home / IN)
        for entry in sorted((home / IN).iterdir()):
            if (home / entry.name).exists():  # somebody wrote it after a kill
                _move(home / entry.name, before)
            os.rename(entry, home / entry.name)
        sync(home)
        (home / IN).rmdir()


def _move(entry: Path, folder: Path) -> None:
    names = (entry.name if n == 0 else f"{entry.name}-{n}" for n in range(1000))
    os.rename(entry, folder / next(name for name in names if not (folder / name).exists()))


def _free_name(home: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    newest = max((folder.name for folder in home.glob(EARLIER + "*")), default="")
    name = EARLIER + stamp
    # Names sort by time, also when the clock was set back: ``finish`` moves into the last one.
    return home / (name if name > newest else newest + "-later")

"""What a restore means to the log: it goes on from the restored head and says so, and anchors are not forgotten."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from pathlib import Path
from typing import Any

from clarion.desk.log import anchors
from clarion.files import private_folder, write_text
from clarion.seal.errors import BadDocument
from clarion.seal.log import ANCHORS, RESTORED, SEEN


def after_restore(home: Path, staged: Path, manifest: dict[str, Any]) -> None:
    """Prepare the contents that a back-up with a database brings, before they are swapped in.

    The next act is preceded by one that tells of the restore. Anchors made since the back-up stay: what they name and
    the restored log has not is gone, and verification says so.

    Raises
    ------
    StorageError: the disk is full or closed to us.
    """
    shutil.rmtree((staged / SEEN).parent, ignore_errors=True)
    private_folder((staged / RESTORED).parent)
    made = str(manifest.get("made", ""))
    told = {"restore": secrets.token_hex(8), "made": made if re.fullmatch(r"[0-9T:+-]{10,32}", made) else ""}
    write_text(staged / RESTORED, json.dumps(told))
    try:
        since = anchors.own(home)
    except BadDocument:
        return  # damaged: it is kept with what was there before
    try:
        anchors.keep(staged, since)
    except BadDocument:  # the one in the back-up is damaged
        (staged / ANCHORS).unlink()
        anchors.keep(staged, since)

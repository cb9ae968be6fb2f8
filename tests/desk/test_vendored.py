"""Files that others wrote: each with its version, licence and hash, and unchanged."""

import hashlib
import json
from pathlib import Path

import clarion

FOLDER = Path(clarion.__file__).parent / "desk" / "static" / "desk" / "vendor"
LISTED = json.loads((FOLDER / "vendor.json").read_text())


def test_every_file_is_listed_with_version_and_licence():
    listed = {entry["file"] for entry in LISTED} | {entry["licence_file"] for entry in LISTED} | {"vendor.json"}
    assert {p.name for p in FOLDER.iterdir()} == listed
    assert all(entry["version"] and entry["licence"] for entry in LISTED)


def test_every_file_is_as_it_came():
    for entry in LISTED:
        assert hashlib.sha256((FOLDER / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_the_notice_names_every_file():
    notice = (Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8")
    for entry in LISTED:
        assert f"{entry['name']} {entry['version']} ({entry['licence']})" in notice
        assert entry["sha256"] in notice

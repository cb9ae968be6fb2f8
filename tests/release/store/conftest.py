import json
import shutil
from pathlib import Path

import pytest
from small_programme import SPEC, csv_of

from clarion.config import config
from clarion.release.store import shelf
from clarion.release.verbs import build_release


@pytest.fixture(autouse=True)
def own_folders():
    """The register of a test is empty, so are its folders."""
    yield
    for name in (shelf.FOLDER, "trials"):
        shutil.rmtree(config().home / name, ignore_errors=True)


@pytest.fixture
def built(tmp_path):
    """Build a certified release: ``built("Q1", FIRST, [earlier folders])``; the folder."""

    def build(name, counts, earlier=(), place="out", **further) -> Path:
        people, spec = tmp_path / f"{place}-{name}.csv", tmp_path / f"{place}-{name}.json"
        people.write_text(csv_of(counts))
        spec.write_text(json.dumps({**SPEC, "id": name, **further}))
        (tmp_path / place).mkdir(exist_ok=True)
        found = build_release(people, spec, tmp_path / place / name, list(earlier))
        assert found["written"], found
        return tmp_path / place / name

    return build

import json
from pathlib import Path

import pytest

from clarion.release.certificate import release_texts
from clarion.release.folder import write_release
from clarion.release.people import read_people, tabulate
from clarion.release.spec import read_spec

TINY = {
    "id": "2026-Q3", "k": 5, "rule": "round5", "counts": "cumulative",
    "dimensions": {"region": ["A", "B"], "theme": ["legal", "shelter"]},
    "tables": {"by_region.csv": ["region"], "region_theme.csv": ["region", "theme"]},
    "earlier": [], "known": [],
}  # fmt: skip


@pytest.fixture
def tiny():
    """The specification of the documentation, to be changed at will."""
    return json.loads(json.dumps(TINY))


@pytest.fixture
def files(tmp_path, tiny):
    """Write people.csv ({(region, theme): people}) and spec.json; return their paths."""

    def write(people, name="", **further):
        place = tmp_path / f"people{name}.csv"
        lines = [f"{r},{t}" for (r, t), n in people.items() for _ in range(n)]
        place.write_text("\n".join(["region,theme", *lines, ""]))
        spec = tmp_path / f"spec{name}.json"
        spec.write_text(json.dumps({**tiny, **further}))
        return place, spec

    return write


@pytest.fixture
def published(tmp_path, files):
    """Publish without a gate, by the rule of the specification; return the folder."""

    def publish(people, **further):
        place, spec = files(people, further.get("id", ""), **further)
        asked = read_spec(spec.read_text(), str(spec))
        folder = tmp_path / asked.id
        write_release(folder, release_texts(tabulate(read_people(place, asked), asked)))
        return folder

    return publish


@pytest.fixture
def read_json():
    return lambda path: json.loads(Path(path).read_text())

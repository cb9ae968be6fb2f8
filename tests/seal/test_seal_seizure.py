"""The benchmark's seizure, with few values: nothing opens for the machine or one keyholder, all for any two."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_seized_machine_opens_nothing(tmp_path):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("CLARION_", "DATABASE_"))}
    ran = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "seal.py"), "60"],
        capture_output=True, text=True, env=env | {"TMPDIR": str(tmp_path)}, timeout=500,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    said = ran.stdout
    assert re.search(r"plain values found in database, files and back-ups: 0$", said, re.MULTILINE), said
    tried = re.search(r"(\d+) secrets of the machine tried on 60 of 60 values: 0 opened", said)
    assert tried, said
    assert int(tried[1]) > 5
    assert "one keyholder alone: 0 opened; each of three pairs: 180 of 180 opened" in said
    assert "within the retention: 0\n" in said
    assert "lost: 0\n" in said
    assert "was destroyed" in said

"""The shared module of these tests, and the code behind the handbook, can be imported."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "docs" / "_ext"), str(ROOT / "tools")]

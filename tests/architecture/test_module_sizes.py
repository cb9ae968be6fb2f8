"""Modules stay small enough to read in one go."""

from __future__ import annotations

from pathlib import Path
from statistics import median, quantiles

SOURCE = Path(__file__).parents[2] / "src" / "clarion"
MOST = 400


def test_no_module_is_long(record_property, capsys):
    sizes = {
        file: len(file.read_text(encoding="utf-8").splitlines())
        for file in SOURCE.rglob("*.py")
        if "migrations" not in file.parts
    }
    written = [size for size in sizes.values() if size]
    middle, ninth = median(written), quantiles(written, n=10)[-1]
    longest = max(sizes, key=lambda file: sizes[file])
    record_property("median", middle)
    record_property("90th percentile", ninth)
    with capsys.disabled():
        print(
            f"\n{len(written)} modules: median {middle:.0f} lines, 90th percentile {ninth:.0f}, "
            f"longest {sizes[longest]} ({longest.relative_to(SOURCE)})"
        )
    long = {str(file.relative_to(SOURCE)): size for file, size in sizes.items() if size > MOST}
    assert not long

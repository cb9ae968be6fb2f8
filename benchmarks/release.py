"""The gate for published counts against an attacker of its own, beside plain rules.

    python benchmarks/release.py [PROGRAMMES]

Generated programmes of 8 cumulative quarters with the number of recipients known (``tests/release/programmes.py``; the
default is 6, ``full`` is 200 with up to 400 cells of the cross). The attacker (``tests/release/attacker.py``) is
OR-tools in a process of its own with the published files only.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests" / "release"
sys.path.insert(0, str(TESTS))

from programmes import Programme, attack  # noqa: E402

from clarion.release import build_release  # noqa: E402

SHAPES = [(3, 3, 2), (4, 3), (4, 4, 3), (6, 5, 4), (2, 2, 2, 2), (10, 8, 5)]


def gated(programme: Programme, folder: Path) -> tuple[int, int, int, list[Path]]:
    """Numbers asked for, released, and quarters that had no release; the folders."""
    asked = released = none = 0
    folders: list[Path] = []
    for quarter in range(programme.quarters):
        out = folder / f"Q{quarter}"
        known = [path.name for path in folders]
        answer = build_release(*programme.write(folder, quarter, earlier=known), out, [])
        asked += answer["requested"]
        if answer["exit_code"] == 0:
            released += answer["released"]
            folders.append(out)
        else:
            none += 1
    return asked, released, none, folders


def main(number: str = "6") -> None:
    full = number == "full"
    total = [0, 0, 0, 0]
    for seed in range(200 if full else int(number)):
        shape = SHAPES[seed % (len(SHAPES) if full else len(SHAPES) - 1)]
        programme = Programme(100 + seed, people=160 + 40 * (seed % 5), shape=shape, quarters=8)
        with tempfile.TemporaryDirectory() as place:
            began = time.monotonic()
            asked, released, none, folders = gated(programme, Path(place))
            took = time.monotonic() - began
            found = attack(folders, 120)
        total = [t + x for t, x in zip(total, (asked, released, len(found["broken"]), found["open"]), strict=True)]  # type: ignore[arg-type]
        print(f"programme {seed} {shape}, {len(programme.rows)} people: {released} of {asked} numbers released "
              f"({released / asked:.0%}), {none} quarters without; attacker breaks {len(found['broken'])} of "  # type: ignore[arg-type]
              f"{found['targets']} targets, {found['open']} open; {took:.0f} s", flush=True)  # fmt: skip
    print(f"\nAll: {total[1] / total[0]:.0%} of the numbers released (aim 80 %), each within 2 of the truth; "
          f"{total[2]} certified targets broken (aim 0), {total[3]} left open by the attacker")  # fmt: skip
    print("\nPlain rules on the first programmes, two quarters: small groups that the same attacker proves")
    for seed in range(3):
        programme = Programme(100 + seed, people=160, shape=SHAPES[seed], quarters=2)
        for rule in ("below", "suppress", "round5"):
            with tempfile.TemporaryDirectory() as place:
                folders = [programme.publish_plainly(place, quarter, rule) for quarter in range(2)]
                found = attack(folders, 120)
            print(f"  programme {seed}, {rule:8}: {len(found['broken'])} of {found['small']}, {found['open']} open")  # type: ignore[arg-type]


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Write the labelled set of names for benchmarks of screening.

    python benchmarks/labelled_set.py [FOLDER]

Writes ``listed.csv`` and ``queries.csv`` into FOLDER, prints how many questions of each kind there are, and the SHA-256
of the two. Without a folder it only prints. docs/methods/labelled-set.md says how the set is made.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from made.labelled import as_csv, labelled, sha256


def main(folder: Path | None) -> None:
    listed, queries = labelled()
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in (("listed.csv", listed), ("queries.csv", queries)):
            (folder / name).write_bytes(as_csv(rows))
    print(f"{len(listed):,} listed persons, {len(queries):,} questions, SHA-256 {sha256(listed, queries)}")
    kinds = Counter((query.label, query.kind) for query in queries)
    for (label, kind), number in sorted(kinds.items(), key=lambda one: (one[0][0], -one[1])):
        print(f"  {label:6} {kind:26} {number:6,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)

"""Print how the desk stands to OWASP ASVS 5.0.0, level 2: a line a chapter, then all that is open.

python tools/asvs.py
"""

from __future__ import annotations

import textwrap
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[1] / "tests" / "attacks" / "asvs.toml"
VERDICTS = ("attacked", "by design", "not applicable", "open")
CHAPTERS = {
    "V1": "encoding, injection", "V2": "validation, business logic", "V3": "browsers", "V4": "HTTP and API",
    "V5": "files",
    "V6": "authentication", "V7": "sessions", "V8": "authorisation", "V9": "self-contained tokens", "V10": "OAuth",
    "V11": "cryptography", "V12": "transport", "V13": "configuration", "V14": "data protection", "V15": "coding",
    "V16": "logs and errors", "V17": "WebRTC",
}  # fmt: skip


def line(name: str, title: str, rows: list[dict[str, Any]]) -> str:
    counts = Counter(row["verdict"] for row in rows)
    return f"{name:4} {title:28} {len(rows):5} " + " ".join(f"{counts[verdict]:15}" for verdict in VERDICTS)


def main() -> None:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    table.pop("beyond")
    print(f"{'':4} {'chapter':28} {'all':>5} " + " ".join(f"{verdict:>15}" for verdict in VERDICTS))
    for chapter, rows in table.items():
        print(line(chapter, CHAPTERS[chapter], list(rows.values())))
    every = [row for rows in table.values() for row in rows.values()]
    print(line("", "all", every))
    for level in (1, 2):
        print(line("", f"of level {level}", [row for row in every if row["level"] == level]))
    print("\nOpen:")
    for rows in table.values():
        for name, row in rows.items():
            if row["verdict"] == "open":
                told = f"{name} (level {row['level']}) {row['about']}: {row['why']}"
                print(textwrap.fill(told, 118, initial_indent="  ", subsequent_indent="      "))


if __name__ == "__main__":
    main()

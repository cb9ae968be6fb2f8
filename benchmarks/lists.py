"""Reading the official sanctions lists: what is in each file, how long it takes, and how much memory.

    python benchmarks/lists.py

The official files are read where ``CLARION_EVALUATION_DATA`` holds them (``screening/lists_official``, ``eu_journal``).
A list of 60,000 invented people in the form of the Security Council is made and read in any case. Each is read in a
process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATA = Path(os.environ.get("CLARION_EVALUATION_DATA", "")) / "screening"
OFFICIAL, JOURNAL = DATA / "lists_official", DATA / "eu_journal" / "consolidated"
LISTS = (
    ("ofac-sdn", ("OFAC_sdn_2021-07.csv", "OFAC_alt_2021-07.csv", "OFAC_add_2021-07.csv")),
    ("ofac-consolidated", ("OFAC_cons_prim_2025-12-19.csv", "OFAC_cons_alt.csv", "OFAC_cons_add.csv")),
    ("ofac-consolidated", ("OFAC_consolidated_nonSDN_2025-03-28.xml",)),
    ("uk-conlist", ("UK_OFSI_ConList_2022.xlsx",)),
    ("un-consolidated", ("UN_consolidated_2026-02-27.xml",)),
)
PEOPLE = 60_000
SCRIPTS = ("Latn", "Cyrl", "Arab")


def read(source: str, paths: list[str]) -> None:
    """Read one list, act by act where there are several, and print what it holds as JSON."""
    import resource

    import polars as pl

    from clarion.sources import find
    from clarion.sources.base import Raw

    declared = find(source)
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    each = [[path] for path in paths] if declared.files == "each" else [paths]
    parts, counts = [], {}
    for group in each:
        raw = Raw(Path(group[0]), more=tuple(map(Path, group[1:])))
        parts.append(declared.load(raw))
        for reason, count in raw.counts.items():
            counts[reason] = counts.get(reason, 0) + count
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    frames = {name: pl.concat(part[name] for part in parts) for name in parts[0]}
    names, facts = frames["listed_names"], frames["listed_facts"]
    scripts = {name: names["script"].str.contains(name).sum() for name in SCRIPTS}
    told = {
        "parties": dict(frames["listed_parties"].group_by("kind").len().sort("kind").rows()),
        "names": names.height, "facts": facts.height, "scripts": scripts,
        "mixed": names.filter(pl.col("script").str.contains("+", literal=True)).height,
        "births": facts.filter(pl.col("kind") == "birth_date").height,
        "undated": facts.filter((pl.col("kind") == "birth_date") & pl.col("start").is_null()).height,
        "unread": facts.filter(pl.col("kind") == "unread").height, "counts": counts, "seconds": took,
        "peak": peak / 1024, "grew": (peak - idle) / 1024,
    }  # fmt: skip
    print(json.dumps(told, ensure_ascii=False))


def made(folder: Path) -> Path:
    """60,000 invented people in the form of the Security Council's list."""
    path = folder / "made.xml"
    remark = "Member of an invented body since an invented day. " * 20
    with path.open("w", encoding="utf-8") as out:
        out.write('<CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00Z"><INDIVIDUALS>')
        for n in range(PEOPLE):
            aliases = "".join(
                f"<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>TEST{n} ALIAS{a}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
                for a in range(3)
            )
            out.write(
                f"<INDIVIDUAL><DATAID>{n}</DATAID><FIRST_NAME>IVAN{n}</FIRST_NAME><SECOND_NAME>TESTOV{n}</SECOND_NAME>"
                f"<REFERENCE_NUMBER>TSi.{n}</REFERENCE_NUMBER><COMMENTS1>{remark}</COMMENTS1>{aliases}"
                f"<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>{1930 + n % 70}-05-14</DATE>"
                "</INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>\n"
            )
        out.write("</INDIVIDUALS></CONSOLIDATED_LIST>")
    return path


def tell(source: str, title: str, paths: list[Path]) -> None:
    size = sum(path.stat().st_size for path in paths) / 1e6
    ran = subprocess.run(
        [sys.executable, __file__, "--read", source, *map(str, paths)], capture_output=True, text=True, check=True
    )
    told = json.loads(ran.stdout)
    parties = ", ".join(f"{count:,} {kind}" for kind, count in told["parties"].items())
    scripts = ", ".join(f"{count:,} {script}" for script, count in told["scripts"].items() if count)
    print(f"\n{source}: {title}, {size:,.1f} MB")
    print(
        f"  {parties}; {told['names']:,} names ({scripts}; {told['mixed']:,} in two scripts), {told['facts']:,} facts"
    )
    print(f"  {told['births']:,} birth dates, {told['undated']:,} without a day; {told['unread']:,} values unread")
    for reason, count in sorted(told["counts"].items()):
        print(f"  {count:,} {reason}")
    print(f"  {told['seconds']:.1f} s, peak {told['peak']:,.0f} MB ({told['grew']:,.0f} MB more than before reading)")


def main() -> None:
    if OFFICIAL.is_dir():
        for source, names in LISTS:
            tell(source, names[0], [OFFICIAL / name for name in names])
    else:
        print("CLARION_EVALUATION_DATA holds no official lists; only the invented one is read.")
    if JOURNAL.is_dir():
        acts = sorted(JOURNAL.glob("*.csv"))
        tell("eu-journal", f"{len(acts)} acts", acts)
    with tempfile.TemporaryDirectory() as folder:
        tell("un-consolidated", f"{PEOPLE:,} invented people", [made(Path(folder))])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(sys.argv[2], sys.argv[3:])
    else:
        main()

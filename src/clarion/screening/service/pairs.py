"""Score pairs of names from a file, for benchmarks: what it takes to compare one matcher with another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from clarion.access import Actor, require
from clarion.errors import InputError
from clarion.screening.service.batch.read import open_path

if TYPE_CHECKING:
    import polars as pl

NAMES = ("name1", "name2")
SCHEMA, PERSON = "schema", "Person"


def score_file(actor: Actor, file: Path) -> pl.DataFrame:
    """Every row of ``file`` (columns name1, name2 and, where it has one, schema) with its score in bits and whether the
    two names match. A pair of which the file says no schema is of persons.

    Raises
    ------
    InputError: the file cannot be read, lacks a column, or has a broken row.
    """
    import polars as pl

    from clarion.screening.engine.pairs import score_pairs

    require(actor, "screening.check")
    with open_path(file) as (headings, rows):
        plain = [heading.strip().casefold() for heading in headings]
        if missing := [name for name in NAMES if name not in plain]:
            raise InputError(f"The file has no column {missing[0]}.", where=str(file),
                             next_step="Name the columns name1, name2 and schema.")  # fmt: skip
        at = [plain.index(name) for name in NAMES]
        kind = plain.index(SCHEMA) if SCHEMA in plain else -1
        pairs = []
        for row in rows:
            if row.fault:
                raise InputError(f"A row is broken: {row.fault}.", where=f"{file}, line {row.line}",
                                 next_step="Mend the row: each pair has to be scored.")  # fmt: skip
            said = row.cells[kind].strip() if kind >= 0 else ""
            schema = PERSON if said.casefold() in ("", PERSON.casefold()) else said
            pairs.append((row.cells[at[0]], row.cells[at[1]], schema))
    scored = score_pairs(pairs)
    return pl.DataFrame(
        [(*pair, score, match) for pair, (score, match) in zip(pairs, scored, strict=True)],
        schema={**dict.fromkeys((*NAMES, SCHEMA), pl.String), "score": pl.Float64, "match": pl.Boolean}, orient="row",
    )  # fmt: skip

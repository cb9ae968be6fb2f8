"""The list that a release is made from: one row a recipient, a column for each category."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from clarion.release.amounts.printed import Tables
from clarion.release.errors import ReleaseError
from clarion.release.folder import Release, read_text
from clarion.release.published import Cell, bounds, rounded, rows
from clarion.release.spec import Spec
from clarion.vocab import Phrase

People = Counter[tuple[str, ...]]
"""How many recipients have each combination of categories, in the order of the specification's dimensions."""


def read_people(path: Path, spec: Spec) -> People:
    """Count the people of a CSV file. Raises as ``count_people``, and as ``read_text``."""
    return count_people(read_text(path), spec, str(path))


def count_people(text: str, spec: Spec, path: str) -> People:
    """Count the people of a list, given as the text of a CSV file called ``path``; columns that are no dimension are
    not read.

    Raises
    ------
    ReleaseError: as ``read_lines``, or the number of people is above the population.
    """
    counted: People = Counter(person for _, person, _ in read_lines(text, spec, (), path))
    if spec.population is not None and counted.total() > spec.population:
        raise ReleaseError(
            Phrase("The file holds {people} people, more than the population of {population}.",
                   people=counted.total(), population=spec.population),
            where=path,
            next_step="Correct the key 'population', or leave it out.",
        )  # fmt: skip
    return counted


def count_rows(rows: Iterable[Mapping[str, str]], spec: Spec) -> People:
    """Count people who are at hand: for each a category by dimension; other keys are not read.

    Raises
    ------
    ReleaseError: a dimension is missing, or its category none of the specification.
    """
    counted: People = Counter()
    for row in rows:
        for dimension, values in spec.dimensions.items():
            if row.get(dimension) not in values:
                raise ReleaseError(
                    Phrase("The {dimension} of somebody is none of the specification.", dimension=dimension),
                    where=spec.id, next_step="Add the category to the specification.",
                )  # fmt: skip
        counted[tuple(row[dimension] for dimension in spec.dimensions)] += 1
    return counted


def read_lines(
    text: str, spec: Spec, further: Sequence[str], path: str
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Each recipient's place in the file, categories in the order of the dimensions, and values of ``further`` columns.

    ``text`` is that of a CSV file called ``path``; other columns are not read.

    Raises
    ------
    ReleaseError: a column is missing, or a line holds a category that the specification lacks. No error repeats what
    stands in the file beside the category.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        for column in [*spec.dimensions, *further]:
            if header.count(column) != 1:
                twice = Phrase("The column {name!r} stands twice.", name=column)
                raise ReleaseError(
                    twice if column in header else Phrase("The column {name!r} is missing.", name=column),
                    where=f"{path}, line 1", next_step="Give one column for each dimension and each sum.",
                )  # fmt: skip
        order = [header.index(dimension) for dimension in spec.dimensions]
        beside = [header.index(column) for column in further]
        known = [frozenset(values) for values in spec.dimensions.values()]
        for line in reader:
            if not line:
                continue
            place = f"{path}, line {reader.line_num}"
            if len(line) != len(header):
                columns = Phrase("The line has {number} columns, not {right}.", number=len(line), right=len(header))
                raise ReleaseError(columns, where=place, next_step="Correct the line.")
            person = tuple(line[i].strip() for i in order)
            for value, values, dimension in zip(person, known, spec.dimensions, strict=True):
                if value not in values:
                    raise ReleaseError(
                        Phrase("The {dimension} is none of the specification.", dimension=dimension), where=place,
                        next_step=Phrase("Add the category to dimensions.{dimension}, or correct the line.",
                                         dimension=dimension),
                    )  # fmt: skip
            yield place, person, tuple(line[i].strip() for i in beside)
    except csv.Error as error:
        raise ReleaseError(
            Phrase("This is no CSV file: {reason}.", reason=str(error)), where=f"{path}, line {reader.line_num}",
            next_step="Save it as CSV with commas.",
        ) from error  # fmt: skip


def tabulate(people: People, spec: Spec, sums: Tables = None) -> Release:
    """Print every table that is not held, by the specification's rule and rows; ``sums`` go with them."""
    tables: dict[str, list[Cell]] = {}
    names = list(spec.dimensions)
    for table, of in spec.tables.items():
        if table in spec.held:
            continue
        axes = [names.index(d) for d in of]
        label = [{v: g for g, values in spec.categories(table, d).items() for v in values} for d in of]
        within = [frozenset(spec.counted(table, d)) for d in names]
        counted: Counter[tuple[str, ...]] = Counter()
        for person, count in people.items():
            if not all(value in values for value, values in zip(person, within, strict=True)):
                continue
            counted[tuple(label[i][person[axis]] for i, axis in enumerate(axes))] += count
        cells = []
        for row in rows(spec, table):
            text = _printed(counted[row], spec)
            found = bounds(text, spec, zero_shown=False)
            assert found is not None
            cells.append(Cell(row, *found, text))
        tables[table] = cells
    return Release(spec, tables, sums=sums or {})


def _printed(count: int, spec: Spec) -> str:
    if spec.rule == "round5":
        return str(rounded(count))
    return str(count) if spec.rule == "exact" or count >= spec.k else ""

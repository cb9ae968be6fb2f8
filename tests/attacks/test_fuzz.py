"""Every parser of what comes from outside, on changed copies of a valid input: it reads, or refuses in plain words.

Hypothesis draws the changes and shrinks them; the budget is a number of examples, the same on every machine.
``benchmarks/fuzz.py`` goes on for ten minutes with other changes.
"""

import ast
import resource
import signal
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutate import KINDS
from parsers import parsers

import clarion

EXAMPLES = 40
STUCK = 60  # seconds; a case takes milliseconds
MEMORY = 1 << 20  # kilobytes by which the process may grow over all examples of a parser
UNIT = st.floats(0, 1, exclude_max=True)
STEPS = st.lists(st.tuples(st.integers(0, KINDS - 1), UNIT, UNIT, st.integers(0, 255)), max_size=4)
PARSERS = parsers()

# What reads bytes or text by a general reader, and only what Clarion itself wrote or ships.
OWN = {
    "clarion.access.permissions", "clarion.call.actions", "clarion.desk.rooms", "clarion.pictures.world",
    "clarion.sources.fetch", "clarion.sources.download", "clarion.spillover.engine.scenario.positions",
    "clarion.pictures.charts.render", "clarion.spillover.service.kept", "clarion.compute.spark", "clarion.vocab.place",
    "clarion.sources.overview", "clarion.desk.backup", "clarion.sources.embedded", "clarion.seal.store.openings",
    "clarion.seal.store.erasure", "clarion.seal.store.kept", "clarion.names.tables",
    "clarion.screening.engine.evidence", "clarion.screening.engine.pairs",
    "clarion.desk.sealed.api", "clarion.desk.sealed.overview", "clarion.vocab.commodity_file",
    "clarion.release.store.lists", "clarion.screening.service.batch.console", "clarion.screening.service.batch.shelf",
    "clarion.screening.service.keys", "clarion.screening.service.policies", "clarion.screening.service.readings",
}  # fmt: skip
# Readers that a parser of the list goes through.
THROUGH = {
    "clarion.seal.documents",
    "clarion.screening.service.batch.workbook",
    "clarion.sources.formats.archive", "clarion.sources.formats.workbook", "clarion.tables.parquet",
    "clarion.tables.store", "clarion.sources.given",
    "clarion.spillover.engine.scenario.parse",
}  # fmt: skip
# Files of an engine's own kind, named by whoever runs the command line; tried by the tests of that engine.
BY_HAND = {
    "clarion.spillover.engine.recipes.files", "clarion.spillover.service.backtest", "clarion.spillover.service.rows",
    "clarion.spillover.engine.backtest.parameters",
}  # fmt: skip
# Readers that came with tests of their own for changed and forged input: tests/seal (test_log_chain,
# test_tool_hostile), tests/release/store (forged certificates).
ELSEWHERE = {
    "clarion.access.store.log", "clarion.desk.log.page", "clarion.desk.log.verify",
    "clarion.release.store.models", "clarion.release.store.registration",
    "clarion.seal.tool.notes", "clarion.seal.tool.rescreen", "clarion.seal.tool.screener",
    "clarion.seal.tool.screened", "clarion.seal.store.renewal",
}  # fmt: skip
READERS = {
    ("json", "loads"), ("json", "load"), ("tomllib", "loads"), ("tomllib", "load"), ("csv", "reader"), ("csv",
    "DictReader"),
    ("zipfile", "ZipFile"), ("tarfile", "open"), ("openpyxl", "load_workbook"), ("np", "load"), ("pickle", "loads"),
    ("etree", "fromstring"), ("etree", "parse"), ("expat", "ParserCreate"), ("gzip", "open"), ("pl", "read_parquet"),
    ("pl", "scan_parquet"), ("pl", "read_csv"), ("arrow", "open_csv"), ("io", "mmread"), ("yaml", "load"),
}  # fmt: skip


@contextmanager
def not_stuck(what):
    def late(*_):
        raise TimeoutError(f"{what} was still at work after {STUCK} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(STUCK)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    made = {}

    def seed(parser):
        if parser.name not in made:
            folder = tmp_path_factory.mktemp("seed")
            made[parser.name] = folder, parser.seed(folder)
        return made[parser.name]

    return seed


@pytest.mark.parametrize("parser", PARSERS, ids=[p.name for p in PARSERS])
def test_a_valid_input_is_read(parser, seeds):
    """Else the changes below would try the first check only."""
    folder, data = seeds(parser)
    path = folder / f"valid{parser.suffix}"
    path.write_bytes(data)
    parser.read(path)


@pytest.mark.parametrize("parser", PARSERS, ids=[p.name for p in PARSERS])
def test_a_changed_input_is_read_or_refused(parser, seeds):
    folder, data = seeds(parser)
    path = folder / f"changed{parser.suffix}"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    @given(STEPS)
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def once(steps):
        path.write_bytes(parser.change(data, steps))
        with not_stuck(parser.name), suppress(*parser.refusals):
            parser.read(path)

    once()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY


def test_every_parser_of_the_package_is_tried():
    """A module that calls a general reader is in the list of parsers, or is named above with its reason."""
    root, found = Path(clarion.__file__).parent, set()
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) \
                    and (called.value.id, called.attr) in READERS:  # fmt: skip
                name = ".".join(("clarion", *file.relative_to(root).with_suffix("").parts))
                found.add(name.removesuffix(".__init__"))
    tried = {parser.of for parser in PARSERS}
    assert found - tried - OWN - THROUGH - BY_HAND - ELSEWHERE == set()

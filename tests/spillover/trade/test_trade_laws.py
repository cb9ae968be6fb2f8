"""Laws that hold for any trade: mass is kept, agreement is kept, order does not matter."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clarion.spillover.engine.trade import mirrored, prebalance, reliability, trace_to_harvest
from clarion.spillover.engine.trade.flows import flows_from

SIZE = 6
amounts = st.one_of(st.just(0.0), st.floats(0.1, 1e6))
matrices = arrays(np.float64, (SIZE, SIZE), elements=amounts)
harvests = arrays(np.float64, (SIZE,), elements=amounts)
NAMES = [f"AA{chr(65 + i)}" for i in range(SIZE)]


def flows_of(matrix: np.ndarray):
    return flows_from(
        [{"exporter_iso3": NAMES[e], "importer_iso3": NAMES[i], "amount": matrix[e, i], "reported_by": "exporter",
          "rows": [2]} for e in range(SIZE) for i in range(SIZE)],
        frozenset(NAMES),
    )  # fmt: skip


@given(matrices, harvests)
@settings(max_examples=60, deadline=None)
def test_balanced_exports_do_not_exceed_what_there_is(matrix, production):
    before = flows_of(matrix)
    after = prebalance(before, production)
    assert (after.exports <= (production + after.imports) * (1 + 1e-9) + 1e-9 * matrix.sum()).all()
    assert (after.dense() <= before.dense() + 1e-9).all()


@given(matrices, harvests)
@settings(max_examples=60, deadline=None)
def test_tracing_keeps_each_countrys_use_and_harvest(matrix, production):
    flows = prebalance(flows_of(matrix), production)
    used = trace_to_harvest(flows.dense(), production)
    scale = max(1.0, production.sum() + flows.tonnes.sum())
    assert (used >= 0).all()
    # Flows under 0.001 t are dropped, hence SIZE * 0.001; traders fed by no harvest have no use to keep.
    assert np.allclose(used.sum(axis=1), production, atol=SIZE * 0.001 + 1e-7 * scale)
    assert used.sum() <= production.sum() + 1e-7 * scale
    grown = production + flows.imports - flows.exports
    fed = used.sum(axis=0) > 0
    assert np.allclose(used.sum(axis=0)[fed], grown[fed], atol=SIZE * 0.001 + 1e-7 * scale)


def test_a_transit_country_without_harvest_eats_what_it_bought():
    trade = np.array([[0.0, 100.0, 0.0], [0.0, 0.0, 60.0], [0.0, 0.0, 0.0]])
    used = trace_to_harvest(trade, np.array([150.0, 0.0, 0.0]))
    assert np.allclose(used, [[50, 40, 60], [0, 0, 0], [0, 0, 0]])


def test_a_ring_of_traders_without_harvest_is_left_out():
    trade = np.array([[0.0, 5.0, 0.0], [5.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    assert trace_to_harvest(trade, np.array([0.0, 0.0, 7.0])).sum() == pytest.approx(7.0)


def reports(pairs: list[tuple[str, str, str, float]]) -> pl.DataFrame:
    return pl.DataFrame(
        [{"exporter_iso3": e, "importer_iso3": i, "period": "2020", "reported_by": by, "tonnes": t, "usd": t,
          "source_row": k + 2} for k, (e, i, by, t) in enumerate(pairs)]
    )  # fmt: skip


@given(st.dictionaries(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), st.floats(0.5, 1e6), min_size=1))
@settings(max_examples=40, deadline=None)
def test_mirroring_keeps_what_both_sides_agree_on(flows):
    rows = reports([(*pair, by, t) for pair, t in flows.items() for by in ("exporter", "importer")])
    merged = {(r["exporter_iso3"], r["importer_iso3"]): r for r in mirrored(rows, "tonnes", 1).to_dicts()}
    for pair, tonnes in flows.items():
        assert merged[pair]["amount"] == np.float64(tonnes) or abs(merged[pair]["amount"] / tonnes - 1) < 1e-12
        assert merged[pair]["reported_by"] == "both"
        assert len(merged[pair]["rows"]) == 2


def test_the_reporter_who_disagrees_with_everybody_weighs_less():
    honest = [f"H{c}X" for c in "ABCDEFGHIJ"]
    pairs = [(a, b) for a in honest for b in honest if a != b] + [("BAD", b) for b in honest]
    rng = np.random.default_rng(1)
    ratio = np.array([rng.normal(0, 1.5 if e == "BAD" else 0.05) for e, _ in pairs])
    variance = reliability([e for e, _ in pairs], [i for _, i in pairs], ratio)
    assert variance["BAD"] > 10 * max(variance[h] for h in honest[:1])
    rows = reports([(e, i, "exporter", 100 * np.exp(r)) for (e, i), r in zip(pairs, ratio, strict=True)]
                   + [(e, i, "importer", 100.0) for e, i in pairs])  # fmt: skip
    merged = {(r["exporter_iso3"], r["importer_iso3"]): r["amount"] for r in mirrored(rows, "tonnes", 1).to_dicts()}
    reported = 100 * np.exp(ratio[-1])
    assert abs(merged[pairs[-1]] - 100) < 0.2 * abs(reported - 100)


def test_values_are_brought_from_cif_to_fob():
    rows = reports([("AAA", "AAB", "importer", 106.0)])
    assert mirrored(rows, "usd", 1)["amount"].to_list() == [106.0 / 1.06]


@given(st.permutations(range(12)), st.data())
@settings(max_examples=20, deadline=None)
def test_row_order_changes_nothing(order, data):
    pairs = [(NAMES[k % 4], NAMES[(k * 5 + 1) % 6], ("exporter", "importer")[k % 2], 10.0 * k + 1) for k in range(12)]
    straight = mirrored(reports(pairs), "tonnes", 1).sort("exporter_iso3", "importer_iso3")
    mixed = mirrored(reports([pairs[k] for k in order]), "tonnes", 1).sort("exporter_iso3", "importer_iso3")
    assert straight["amount"].to_list() == mixed["amount"].to_list()

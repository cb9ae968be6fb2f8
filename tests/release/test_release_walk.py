"""The walk visits databases as often as the prior says; checked against all of them, listed one by one."""

import itertools
from collections import Counter
from math import lgamma

import numpy as np
import pytest

from clarion.release.model import Model, Sums
from clarion.release.sample import Walk

I = np.int32  # noqa: E741


def sums(row_of, low, high, first=0, last=0):
    return Sums(np.array(row_of, I), np.array(low, I), np.array(high, I), first, last, "r", "t")


MODELS = {
    "one slot, rounded": Model(
        {"a": ("x", "y"), "b": ("p", "q")}, ("1",),
        (sums([0, 0, 1, 1], [0, 3], [2, 7]), sums([0, 1, 0, 1], [0, 0], [7, 2]), sums([0] * 4, [4], [6])), 5, True,
    ),
    "two slots": Model(
        {"a": ("x", "y")}, ("1", "2"),
        (sums([0, 1], [0, 0], [2, 2]), sums([0, 1], [0, 3], [4, 5], 0, 1), sums([0, 0], [6], [6], 0, 1)), 5, True,
    ),
    "those who came between": Model(
        {"a": ("x", "y", "z")}, ("1", "2"),
        (sums([0, 0, 0], [3], [3], 1, 1), sums([0, 1, 2], [0] * 3, [2] * 3, 0, 1), sums([0] * 3, [4], [5], 0, 1)),
        5, True,
    ),
    "all counted at each release": Model(
        {"a": ("x", "y"), "b": ("p", "q")}, ("1", "2"),
        (sums([0] * 4, [2], [2]), sums([0] * 4, [5], [5], 0, 1), sums([0, 0, 1, 1], [0, 1], [3, 4], 0, 1),
         sums([0, 1, 0, 1], [0, 0], [2, 2])), 5, True,
    ),
}  # fmt: skip


def every_database(model):
    size = len(model.slots) * model.cells
    most = 7 if size < 8 else 3
    for flat in itertools.product(range(most + 1), repeat=size):
        database = np.array(flat, I).reshape(len(model.slots), model.cells)
        if model.consistent(database):
            yield flat


@pytest.mark.parametrize("name", MODELS)
def test_the_walk_visits_each_database_as_often_as_the_prior_says(name):
    model = MODELS[name]
    walk = Walk(model, 1)
    assert walk.arrive()
    weight = {flat: np.exp(sum(lgamma(c + walk.prior) - lgamma(c + 1) for c in flat)) for flat in every_database(model)}
    total = sum(weight.values())
    seen = Counter()
    rounds = 15_000
    for _ in range(rounds):
        walk.go(60)
        assert walk.violation == 0
        seen[tuple(map(int, walk.counts))] += 1
    assert set(seen) <= set(weight)
    distance = sum(abs(seen[flat] / rounds - w / total) for flat, w in weight.items()) / 2
    assert distance < 0.04, "total variation"


def test_it_keeps_its_books():
    model = MODELS["two slots"]
    walk = Walk(model, 3)
    walk.arrive()
    for _ in range(200):
        walk.go(50)
        assert walk.n == walk.counts.sum()
        assert sorted(walk.support[: walk.occupied]) == list(np.flatnonzero(walk.counts))
        expected = np.concatenate([model.sums(t, walk.database) for t in model.tables])
        assert (walk.sums == expected).all()


def test_the_same_seed_walks_the_same_way():
    one, two = (Walk(MODELS["two slots"], 5) for _ in range(2))
    for walk in (one, two):
        walk.arrive()
        walk.go(1000)
    assert (one.counts == two.counts).all()


def test_one_row_may_be_let_out():
    model = MODELS["one slot, rounded"]
    walk = Walk(model, 2)
    walk.arrive()
    walk.weight[:], walk.limit = 1, 1
    out = Counter()
    for _ in range(2000):
        walk.go(50)
        assert len(walk.outside) <= 1
        out[len(walk.outside)] += 1
    assert out[0] > 0
    assert out[1] > 0

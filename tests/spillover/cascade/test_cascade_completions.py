"""Where print has cut digits off, the answer that most completions give, and how far they move it."""

import numpy as np
import pytest
from cascade_worlds import network_of

from clarion.errors import ModelError
from clarion.spillover.engine.cascade import run
from clarion.spillover.engine.cascade.completions import likeliest

E = np.array([[0.0, 40.0], [0.0, 0.0]])


def with_reserves(*held):
    return network_of(E, np.array([100.0, 20.0]), np.array(held))


def ask(network):
    return run(network, [0.5, 0.0], reserve_fraction=1.0, reference=True)


def test_numbers_that_lost_nothing_are_asked_once():
    asked = []
    network = with_reserves(7.5, 1 / 3)

    def once(candidate):
        asked.append(candidate)
        return ask(candidate)

    result, spread = likeliest(network, once)
    assert asked == [network]
    assert spread == 0
    assert np.array_equal(result.dC, ask(network).dC)


def test_missing_digits_are_completed_within_what_was_printed():
    seen = []
    network = with_reserves(0.123456789012345, 7.5)

    def note(candidate):
        seen.append(candidate.reserves.copy())
        return ask(candidate)

    _, spread = likeliest(network, note)
    assert len({r[0] for r in seen}) > 5
    assert {f"{r[0]:.15g}" for r in seen} == {"0.123456789012345"}
    assert {r[1] for r in seen} == {7.5}
    assert 0 < spread < 1e-15  # both draw all they hold


def test_most_completions_decide_whether_a_run_ends_in_an_error():
    network = with_reserves(0.123456789012345, 7.5)

    def refuse_above(limit):
        def asked(candidate):
            if candidate.reserves[0] > limit:
                raise ModelError("Negative shortage.", where="cascade", next_step="Choose another rule.")
            return ask(candidate)

        return asked

    with pytest.raises(ModelError, match="Negative shortage"):
        likeliest(network, refuse_above(0.1234567890123448))
    result, _ = likeliest(network, refuse_above(0.1234567890123452))
    assert result.network is network

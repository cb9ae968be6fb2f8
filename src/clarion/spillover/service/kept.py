"""A run's draws as bytes, so that two runs can be compared draw by draw long after they were made."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clarion.spillover.engine.simulation import Draws, ScenarioAnswer
    from clarion.spillover.models import Run


def pack(draws: Draws) -> bytes:
    """Draws as a compressed NumPy archive; single precision is far finer than any interval."""
    import numpy as np

    arrays: dict[str, Any] = {"countries": np.array(draws.countries)}
    for item, figures in draws.items.items():
        arrays |= {f"item/{item}/{name}": values.astype(np.float32) for name, values in figures.items()}
    arrays |= {f"people/{name}": values.astype(np.float32) for name, values in draws.people.items()}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def unpack(data: bytes) -> Draws:
    """The draws that ``pack`` wrote."""
    import numpy as np

    from clarion.spillover.engine.simulation import Draws

    items: dict[str, dict[str, Any]] = {}
    people: dict[str, Any] = {}
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        countries = tuple(str(c) for c in archive["countries"])
        for key in archive.files:
            kind, _, rest = key.partition("/")
            if kind == "item":
                item, _, name = rest.partition("/")
                items.setdefault(item, {})[name] = archive[key].astype(np.float64)
            elif kind == "people":
                people[rest] = archive[key].astype(np.float64)
    return Draws(countries, items, people)


def bare_answer(run: Run, data: dict[str, Any], draws: bytes) -> ScenarioAnswer:
    """A run's answer with what a comparison reads: question, baseline and draws."""
    from clarion.spillover.engine.simulation import ScenarioAnswer
    from clarion.spillover.service.ask import scenario_question

    asked = scenario_question(run.text, trade=run.trade, rule=run.rule, draws=run.draws)
    return ScenarioAnswer(
        asked, run.seed, data["baseline"], data["statement"], {}, {}, data["mass_error"], data["unsettled"],
        tuple(data["methods"]), (), unpack(draws),
    )  # fmt: skip

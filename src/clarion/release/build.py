"""Make a release that singles nobody out, or say why there is none."""

from __future__ import annotations

from dataclasses import replace

from clarion.release.folder import Release
from clarion.release.merge import by_merging, can_merge, merge_all
from clarion.release.people import People, tabulate
from clarion.release.search import Built, Search
from clarion.release.spec import Spec

_TOO_EMPTY = 0.5  # of a table's numbers: then it is shown by groups, where there are any


def build(people: People, spec: Spec, earlier: list[Release], seed: int = 0) -> Built:
    """Print the tables as asked; where they single somebody out, round to fives, leave numbers empty, show groups in
    place of categories, keep tables for the next release: in this order.

    The choice looks at the printed numbers only, never at the list. Raises as ``begin``.
    """
    spec = _with_population(people, spec)
    built = _try(people, spec, earlier, seed)
    if built.release or spec.rule == "round5":
        return built
    again = _try(people, replace(spec, rule="round5", requested=spec.rule), earlier, seed)
    return replace(again, steps=[f"rounded to fives in place of {spec.rule}", *again.steps])


def _with_population(people: People, spec: Spec) -> Spec:
    """A population above the number of recipients is a bound."""
    if spec.population is None:
        return spec
    return replace(spec, population_is="total" if people.total() == spec.population else "at most")


def _try(people: People, spec: Spec, earlier: list[Release], seed: int) -> Built:
    """One rule. Only rounded tables are mended: an empty number among exact or suppressed ones would say too much."""
    steps: list[str] = []
    if spec.rule == "round5" and spec.hierarchy and (built := by_merging(people, spec, earlier, seed)):
        return built
    while True:
        whole = tabulate(people, spec)
        built = Search(whole, earlier, seed).run(spec.rule == "round5")
        if built.release is None and spec.rule != "round5":
            return built
        crowded = _too_empty(built.release or whole, spec, failed=built.release is None)
        if crowded is None:
            return replace(built, steps=steps + built.steps)
        coarser = next((d for d in spec.tables[crowded] if can_merge(spec, crowded, d)), None)
        if coarser:
            spec = merge_all(spec, crowded, coarser)
            steps.append(f"{crowded} shows groups of {coarser}")
        elif len(spec.held) + 1 < len(spec.tables):
            spec = replace(spec, held=(*spec.held, crowded))
            steps.append(f"{crowded} waits for the next release")
        else:
            return Built(None, built.judgement, [*steps, "no table could be published"])


def _too_empty(release: Release, spec: Spec, failed: bool) -> str | None:
    """The table with most empty numbers: if nothing passed, or if it can be shown by groups and half of it is empty."""
    share = {name: sum(c.text == "" for c in cells) / len(cells) for name, cells in release.tables.items()}
    grouped = {
        name: value
        for name, value in share.items()
        if value > _TOO_EMPTY and any(can_merge(spec, name, d) for d in spec.tables[name])
    }
    chosen = share if failed else grouped
    return max(chosen, key=lambda name: (chosen[name], len(release.tables[name])), default=None)

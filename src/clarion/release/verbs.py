"""The two verbs: build a release, check one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from clarion.release.answer import Target, answer, certified
from clarion.release.build import build
from clarion.release.certificate import certify, release_texts
from clarion.release.checker import Unusable
from clarion.release.checker import check as check_certificate
from clarion.release.errors import ReleaseError
from clarion.release.folder import CERTIFICATE, Release, earlier_folders, read_release, read_text, write_release
from clarion.release.judge import Judgement, begin, explain, judge
from clarion.release.people import People, read_people
from clarion.release.spec import Spec, read_spec


def build_release(people: Path, spec: Path, out: Path, earlier: list[Path], *, seconds: float = 60.0) -> dict[str, Any]:
    """Make a release from a list of people and write it to ``out``, if it singles nobody out.

    The answer is that of ``check_release``, with ``steps`` (what was done to the tables), ``requested`` and
    ``released`` (numbers). Raises ReleaseError for input that cannot be used; then nothing is written.
    """
    if out.exists():
        write_release(out, {})  # refuses
    asked = read_spec(read_text(spec), str(spec))
    before = earlier_folders(asked, earlier, out.absolute().parent)
    releases = [release for _, release in before]
    asked = replace(asked, earlier=tuple(dict.fromkeys([*asked.earlier, *(r.spec.id for r in releases)])))
    made = make(read_people(people, asked), asked, releases, seconds)
    if made.texts:
        write_release(out, made.texts)
    return {**made.answer, "written": str(out) if made.texts else None}


@dataclass(frozen=True)
class Made:
    """What the gate made: its answer as JSON-ready data, the files of the release (none where it did not pass), and
    what that was judged by."""

    answer: dict[str, Any]
    texts: dict[str, str]
    release: Release | None
    judgement: Judgement


def make(people: People, asked: Spec, earlier: list[Release], seconds: float) -> Made:
    """Make a release of counted people in memory; ``asked.earlier`` names all of ``earlier``. Raises as ``begin``."""
    built = build(people, asked, earlier)
    texts = {}
    if built.release is None:
        explain(built.judgement, seconds)
    else:
        texts = release_texts(built.release) | {CERTIFICATE: certify(built.release, earlier, built.judgement)}
    found = answer(asked.id, asked.k, _targets(built.judgement), "databases drawn while it was built")
    counts = {"requested": requested(asked), "released": released(built.release) if built.release else 0}
    return Made({**found, "steps": built.steps, **counts}, texts, built.release, built.judgement)


def requested(spec: Spec) -> int:
    """How many numbers a specification asks for."""
    return sum(math.prod(len(spec.dimensions[d]) for d in of) for of in spec.tables.values())


def released(release: Release) -> int:
    """Numbers that are given as they were asked for: not empty, and not of a table that is shown by groups."""
    asked = (cells for name, cells in release.tables.items() if name not in release.spec.levels)
    return sum(cell.text != "" for cells in asked for cell in cells)


def check_release(folder: Path, earlier: list[Path], *, seconds: float = 60.0) -> dict[str, Any]:
    """Say for every group of up to two categories whether it is certified, disclosed or undecided, and why.

    With a certificate its databases are checked by the second program; without one the release is attacked.

    Raises
    ------
    ReleaseError: a file is missing or not in its form, or the certificate is not of these files.
    """
    release = read_release(folder)
    before = earlier_folders(release.spec, earlier, folder.absolute().parent)
    if (folder / CERTIFICATE).is_file():
        found = by_certificate(release.spec, folder, [place for place, _ in before])
        if found:
            return found
    return attack_release(release, [r for _, r in before], seconds)


def by_certificate(
    spec: Spec, folder: Path, earlier: list[Path], progress: Callable[[float], None] | None = None
) -> dict[str, Any] | None:
    """The answer that a release's certificate gives, checked by the second program; None where a target falls short.

    Raises
    ------
    ReleaseError: the certificate is not of these files, or not in its form.
    """
    try:
        found = check_certificate(str(folder), [str(place) for place in earlier], progress)
    except Unusable as fault:
        raise ReleaseError(
            f"The certificate does not hold: {fault}.", where=str(folder / CERTIFICATE),
            next_step="Restore the files that were certified; or remove the certificate: the tables are attacked.",
        ) from fault  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
        raise ReleaseError("The certificate is not in its form.", where=str(folder / CERTIFICATE),
                           next_step="Build the release anew.") from fault  # fmt: skip
    if any(share < bar for *_, share, bar in found["targets"]):
        return None
    targets = [certified(group, since, at, share) for group, since, at, share, _ in found["targets"]]
    return answer(spec.id, spec.k, targets, f"certificate of {found['databases']} databases")


def attack_release(release: Release, earlier: list[Release], seconds: float) -> dict[str, Any]:
    """Draw databases, then attack every target below the bar."""
    model, walks = begin(release, earlier)
    judgement = judge(model, walks)
    explain(judgement, seconds)
    return answer(release.spec.id, release.spec.k, _targets(judgement), "attacked anew")


def _targets(judgement: Judgement) -> list[Target]:
    model, found = judgement.model, judgement.targets
    slots = model.slots
    told = []
    for s, (first, last) in enumerate(found.spans):
        since = slots[first - 1] if first and model.cumulative else None
        for g, group in enumerate(found.groups):
            share, attacked = float(judgement.share[s, g]), judgement.found.get((s, g))
            if attacked is None:
                told.append(certified(dict(group), since, slots[last], share))
            else:
                told.append(Target(dict(group), since, slots[last], attacked.status, attacked.why, share, attacked.low,
                                   attacked.high))  # fmt: skip
    return told

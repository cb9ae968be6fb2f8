"""The two verbs: build a release, check one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from clarion.release.amounts.verdict import Sums, sums_of
from clarion.release.answer import Target, answer, certified, with_rules
from clarion.release.build import build, waiting
from clarion.release.calendar import keep
from clarion.release.certificate import certify, release_texts
from clarion.release.checker import Unusable, totals_agree
from clarion.release.checker import check as check_certificate
from clarion.release.errors import ReleaseError
from clarion.release.folder import CERTIFICATE, Release, earlier_folders, read_release, read_text, write_release
from clarion.release.judge import Judgement, begin, explain, judge
from clarion.release.model import within_reach
from clarion.release.people import People, read_people
from clarion.release.place import keeps, protect
from clarion.release.review import review_of
from clarion.release.spec import Spec, read_known, read_spec


def build_release(people: Path, spec: Path, out: Path, earlier: list[Path], *, seconds: float = 60.0) -> dict[str, Any]:
    """Make a release from a list of people and write it to ``out``, if it singles nobody out.

    The answer is that of ``check_release``, with ``steps`` (what was done to the tables), ``requested`` and
    ``released`` (numbers), ``gaps`` (periods of the calendar without a release), ``join`` (the period that a release
    which cannot be written becomes part of) and the ``opening`` of the sums' commitment, which is nobody else's.
    Raises ReleaseError for input that cannot be used; then nothing is written.
    """
    if out.exists():
        write_release(out, {})  # refuses
    asked = read_spec(read_text(spec), str(spec))
    before = earlier_folders(asked, earlier, out.absolute().parent)
    releases = [release for _, release in before]
    asked = replace(asked, earlier=tuple(dict.fromkeys([*asked.earlier, *(r.spec.id for r in releases)])))
    made = make(read_people(people, asked), asked, releases, seconds, people)
    found = {**made.answer, "written": str(out) if made.release else None}
    if made.release:
        write_release(out, made.texts)
        found["review"] = review_of(out, made.release.spec)
    return found


@dataclass(frozen=True)
class Made:
    """What the gate made: its answer as JSON-ready data, the files of the release (none where it did not pass), and
    what that was judged by."""

    answer: dict[str, Any]
    texts: dict[str, str]
    release: Release | None
    judgement: Judgement


def make(people: People, asked: Spec, earlier: list[Release], seconds: float, listed: Path | None = None) -> Made:
    """Make a release of counted people in memory; ``asked.earlier`` names all of ``earlier``.

    ``listed`` is the list that sums are made from; without it there can be none.

    Raises
    ------
    ReleaseError: as ``begin``; the calendar or the places of ``asked`` cannot be kept; sums as ``Sums.decide``.
    """
    gaps = keep(asked, [r.spec for r in earlier])
    asked, steps = protect(asked)
    within_reach([*(r.spec for r in earlier), asked])
    sums = Sums.decide(listed, asked, earlier)
    built = build(people, asked, earlier, sums=sums.tables)
    texts, extra = {}, {}
    if built.release is None:
        explain(built.judgement, seconds)
        extra = waiting(asked, [r.spec for r in earlier])
    else:
        certificate = certify(built.release, earlier, built.judgement, sums.commitment)
        texts = release_texts(built.release) | {CERTIFICATE: certificate}
        extra = sums.told(built.release)
    steps = steps + sums.steps + built.steps
    if "join" in extra:
        steps.append(f"{asked.period} is held: its people are told of with {extra['join']}")
    found = answer(asked.id, asked.k, _targets(built.judgement), "databases drawn while it was built")
    counts = {"requested": requested(asked), "released": released(built.release) if built.release else 0}
    return Made({**found, "steps": steps, "gaps": gaps, **counts, **extra}, texts, built.release, built.judgement)


def requested(spec: Spec) -> int:
    """How many numbers a specification asks for."""
    return sum(math.prod(len(spec.dimensions[d]) for d in of) for of in spec.tables.values())


def released(release: Release) -> int:
    """Numbers that are given as they were asked for: not empty, and of categories that are not merged."""
    given = 0
    for name, cells in release.tables.items():
        of = [release.spec.categories(name, d) for d in release.spec.tables[name]]
        for cell in cells:
            given += cell.text != "" and all(rows[label] == (label,) for rows, label in zip(of, cell.row, strict=True))
    return given


def check_release(
    folder: Path, earlier: list[Path], *, seconds: float = 60.0, known: Path | None = None,
    people: Path | None = None, opening: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Say for every group of up to two categories whether it is certified, disclosed or undecided, and why.

    With a certificate its databases are checked by the second program; without one, or with further facts in the file
    ``known``, the release is attacked. ``people`` and ``opening``: the list behind the certificate's sums, to decide
    them again. ``review`` and ``amounts`` say what is not about counts; either can leave the verdict undecided.

    Raises
    ------
    ReleaseError: a file is missing or not in its form, the certificate is not of these files, or the release breaks a
    rule of the house: its calendar, or support inside Russia below country or year.
    """
    release = read_release(folder)
    before = earlier_folders(release.spec, earlier, folder.absolute().parent)
    releases = [r for _, r in before]
    gaps = keep_the_rules(release.spec, [r.spec for r in releases])
    certificate = _certificate(folder, release.spec, [place for place, _ in before])
    if known is not None:
        facts = read_known(read_text(known), str(known), release.spec)
        release = replace(release, spec=replace(release.spec, known=release.spec.known + facts))
        found = attack_release(release, releases, seconds)
        found["how"] = f"attacked anew, further facts: {len(facts)}"
    elif certificate and (passed := _passed(release.spec, certificate)):
        found = passed
    else:
        found = attack_release(release, releases, seconds)
    found |= {"gaps": gaps, "review": review_of(folder, release.spec)}
    if release.spec.amounts:
        found["amounts"] = sums_of(release, releases, (certificate or {}).get("commitment", ""), people, opening)
    return with_rules(found)


def keep_the_rules(spec: Spec, earlier: list[Spec]) -> list[str]:
    """Check that a written release keeps its calendar and the protection of people inside Russia; return the periods
    of the calendar that were left out before it. Raises ReleaseError as ``keep`` and ``keeps``."""
    gaps = keep(spec, earlier)
    keeps(spec)
    return gaps


def _certificate(folder: Path, spec: Spec, earlier: list[Path]) -> dict[str, Any] | None:
    """What the second program finds; None where there is no certificate: then only whether the sums agree."""
    if (folder / CERTIFICATE).is_file():
        return _second_program(folder, earlier)
    try:
        totals_agree(str(folder), spec.to_dict())
    except Unusable as fault:
        raise ReleaseError(f"The printed sums contradict each other: {fault}.", where=str(folder),
                           next_step="Correct the tables.") from fault  # fmt: skip
    return None


def _second_program(
    folder: Path, earlier: list[Path], progress: Callable[[float], None] | None = None
) -> dict[str, Any]:
    try:
        return check_certificate(str(folder), [str(place) for place in earlier], progress)
    except Unusable as fault:
        raise ReleaseError(
            f"The certificate does not hold: {fault}.", where=str(folder / CERTIFICATE),
            next_step="Restore the files that were certified; or remove the certificate: the tables are attacked.",
        ) from fault  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
        raise ReleaseError("The certificate is not in its form.", where=str(folder / CERTIFICATE),
                           next_step="Build the release anew.") from fault  # fmt: skip


def by_certificate(
    spec: Spec, folder: Path, earlier: list[Path], progress: Callable[[float], None] | None = None
) -> dict[str, Any] | None:
    """The answer that a release's certificate gives, checked by the second program; None where a target falls short.

    Raises
    ------
    ReleaseError: the certificate is not of these files, or not in its form.
    """
    return _passed(spec, _second_program(folder, earlier, progress))


def _passed(spec: Spec, certificate: dict[str, Any]) -> dict[str, Any] | None:
    if any(share < bar for *_, share, bar in certificate["targets"]):
        return None
    targets = [certified(group, since, at, share) for group, since, at, share, _ in certificate["targets"]]
    return answer(spec.id, spec.k, targets, f"certificate of {certificate['databases']} databases")


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

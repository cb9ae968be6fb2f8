"""Names: how many spellings keep a key, how many names share one, how fast: ``python benchmarks/names.py``.

Accuracy by system stands beside that of letters alone: the same spellings against one usual romanisation. The pairs of
the EU journal need CLARION_EVALUATION_DATA.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import time
from collections import Counter
from pathlib import Path

from clarion.config import config
from clarion.names import SYSTEMS, parse_organisation, parse_person, romanise, skeletons
from clarion.names.letters import repair

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "names"))
from measured import (
    agreement,
    collisions,
    families,
    generated,
    generated_elsewhere,
    initialled,
    journal_pairs,
    letters_alone,
    most,
    shared_parts,
    told_sexes,
    told_wrong,
    words,
)

PEOPLE = 40_000
RUSSIAN = re.compile("[А-яЁё -]+")


def main() -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    start = time.process_time()
    parse_person("Иван Петрович Сойко")
    print(f"the first name, tables read: {time.process_time() - start:.2f} s")
    speed()
    spellings()
    for kind, system in (("given", ""), ("surname", ""), ("surname", "bgn_ru_plain"), ("surname", "press_german")):
        names, pairs, same, examples = collisions(kind, system)
        of = f"{kind} names, one of each pair by {system}" if system else f"{kind} names"
        print(f"\n{names:,} {of}, {pairs:,} pairs: {same} far apart share a key, {same / pairs:.1e}")
        print(f"  {most(examples)}")
    people()
    journal()


def spellings() -> None:
    print(f"\n{'system':20} {'names':>6} {'any key':>8} {'first key':>10} {'letters':>8}   misses")
    for system in SYSTEMS:
        total, any_key, first, missed = agreement(system)
        figures = f"{any_key / total:8.4f} {first / total:10.4f} {letters_alone(system):8.4f}"
        print(f"{system:20} {total:6} {figures}   {most(missed, 4)}")
    counts = [len(skeletons(romanise(it, system))) for system in SYSTEMS for it in words(SYSTEMS[system].language)]
    print(f"keys a spelling: {sum(counts) / len(counts):.2f} on average, {max(counts)} at most")


def people() -> None:
    names = generated(20_000, 1)
    wrong, unknown = told_wrong(names)
    print(f"\n{len(names):,} generated Russian names: {wrong:.4f} told wrong, {unknown:.4f} said to be unclear")
    for people_of, title in (("uk", "Ukrainian"), ("az", "Azerbaijani"), ("kk", "Kazakh")):
        wrong, unknown = told_wrong(generated_elsewhere(people_of, 5_000, 1))
        print(f"5,000 generated {title} names: {wrong:.4f} told wrong, {unknown:.4f} said to be unclear")


def journal() -> None:
    data = config().evaluation_data
    if data is None:
        print("CLARION_EVALUATION_DATA is not set: no list to measure on.")
        return
    pairs = list(journal_pairs(data / "screening"))
    missed = [pair for pair in pairs if not shared_parts(*pair)]
    share = 1 - len(missed) / len(pairs)
    print(f"\n{len(pairs):,} Latin and Cyrillic names of one person, EU 269/2014: {share:.4f} share all parts")
    for latin, cyrillic in missed[:10]:
        print(f"  {latin} / {cyrillic}")
    short = [(initialled(cyrillic), latin) for latin, cyrillic in pairs if initialled(cyrillic)]
    print(
        f"{len(short):,} of them with initials (Сойко В.В.): {sum(shared_parts(*it) for it in short) / len(short):.4f}"
    )
    sexes = Counter(told for told in told_sexes(data / "screening"))
    told = ", ".join(f"{sexes[it]:,} {it or 'not told'}" for it in ("right", "", "wrong"))
    print(f"{sexes.total():,} names with a sex: {told}")
    russian = list(dict.fromkeys(repair(name) for _, name in pairs if RUSSIAN.fullmatch(repair(name))))
    print(f"{len(russian):,} whole Russian names against their own romanisation:")
    print("  " + ", ".join(f"{system} {share:.4f}" for system, share in families(russian).items()))


def speed() -> None:
    texts = list(dict.fromkeys(text for _, text in generated(PEOPLE * 3 // 2, 3)))[:PEOPLE]
    for name, run, items in (
        ("parse_person, distinct names", parse_person, texts),
        ("parse_person, the same again", parse_person, texts),
        (
            "parse_organisation",
            parse_organisation,
            [f"ООО «{text} {place}»" for place, text in enumerate(texts[:10_000])],
        ),
        ("skeletons, distinct words", skeletons, [f"{text.split()[0]}{text.split()[-1]}" for text in texts]),
    ):
        start = time.process_time()
        for item in items:
            run(item)
        print(f"{name}: {len(items) / (time.process_time() - start):,.0f} a second and core")


if __name__ == "__main__":
    main()

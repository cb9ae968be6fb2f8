"""Match probabilities by Splink: Fellegi-Sunter with term frequencies, its parameters estimated from the data itself.

Splink links two tables; the pairs asked for are looked up among those that it predicts. A pair that none of its
blocking rules brings up has the probability 0. Names come in plain Latin letters, words in alphabetical order.
"""

import json
import logging
import sys
import time

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.disable(logging.CRITICAL)


def table(rows):
    frame = pd.DataFrame(rows, columns=["unique_id", "name", "birth"])
    words = frame["name"].str.split()
    for place, column in ((0, "first"), (-1, "last")):
        frame[column] = words.str[place]
    frame["longest"] = words.map(lambda found: max(found, key=len) if found else "")
    frame["year"] = frame["birth"].str[:4].where(frame["birth"] != "")
    frame["birth"] = frame["birth"].where(frame["birth"].str.len() == 10)
    return frame


def main():
    task = json.load(sys.stdin)
    begun = time.process_time()
    left = table([(f"p{i}", p["name"], p["birth"]) for i, p in enumerate(task["payees"])])
    right = table([(f"l{i}", p["names"][0], (p["births"] or [""])[0]) for i, p in enumerate(task["parties"])])
    rules = [block_on("first"), block_on("last"), block_on("longest"), block_on("birth"),
             block_on("substr(first, 1, 3)", "substr(last, 1, 3)")]  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only", blocking_rules_to_generate_predictions=rules,
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.85]),
            cl.JaroWinklerAtThresholds("first", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("last", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("year"), cl.ExactMatch("birth"),
        ],
    )  # fmt: skip
    database = DuckDBAPI()
    linker = Linker(
        [database.register(left, table_name="payees"), database.register(right, table_name="parties")], settings
    )
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.3)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6)
    for rule in ("name", "longest"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(rule))
    told = linker.inference.predict(threshold_match_probability=0.0).as_pandas_dataframe()
    of = {}
    for a, b, p in zip(told["unique_id_l"], told["unique_id_r"], told["match_probability"], strict=True):
        of[(a, b) if a[0] == "p" else (b, a)] = float(p)
    scores = [of.get((f"p{a}", f"l{b}"), 0.0) for a, b in task["pairs"]]
    seconds = time.process_time() - begun
    json.dump({"scores": scores, "seconds": seconds, "predicted": len(told)}, sys.stdout)


main()

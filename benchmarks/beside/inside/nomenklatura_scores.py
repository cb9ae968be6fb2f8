"""Scores of pairs by nomenklatura's logic-v2 and logic-v1, and how long they took. Entities are made beforehand."""

import json
import sys
import time

from followthemoney import model
from nomenklatura.matching import get_algorithm

SCHEMAS = {"person": "Person", "organisation": "Organization"}


def entity(number, schema, names, births):
    made = model.make_entity(SCHEMAS[schema])
    made.id = str(number)
    for name in names:
        made.add("name", name)
    for birth in births:
        made.add("birthDate", birth, quiet=True)
    return made


def main():
    task = json.load(sys.stdin)
    payees = [entity(f"p{i}", p["schema"], [p["name"]], [p["birth"]] if p["birth"] else []) for i, p in
              enumerate(task["payees"])]  # fmt: skip
    parties = [entity(f"l{i}", p["schema"], p["names"], p["births"]) for i, p in enumerate(task["parties"])]
    found = {}
    for name in task["algorithms"]:
        algorithm = get_algorithm(name)
        config = algorithm.default_config()
        begun = time.process_time()
        scores = [algorithm.compare(payees[a], parties[b], config).score for a, b in task["pairs"]]
        found[name] = {"scores": scores, "seconds": time.process_time() - begun}
    json.dump(found, sys.stdout)


main()

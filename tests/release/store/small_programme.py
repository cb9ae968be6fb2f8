"""A programme of two dimensions, in two quarters."""

SPEC = {
    "id": "Q1", "k": 5, "rule": "round5", "counts": "cumulative",
    "dimensions": {"region": ["A", "B"], "theme": ["legal", "shelter"]},
    "tables": {"by_region.csv": ["region"], "region_theme.csv": ["region", "theme"]},
}  # fmt: skip
FIRST = {("A", "legal"): 3, ("A", "shelter"): 21, ("B", "legal"): 26, ("B", "shelter"): 38}
SECOND = {**FIRST, ("A", "legal"): 9, ("B", "legal"): 40}


def rows(counts):
    return [{"region": r, "theme": t} for (r, t), n in counts.items() for _ in range(n)]


def csv_of(counts):
    return "\n".join(["name,region,theme", *(f"Olga Ivanova,{r['region']},{r['theme']}" for r in rows(counts)), ""])

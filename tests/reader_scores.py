"""How well the reader reads: precision and recall against the gold files. `just eval-reader`."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from anju.reader import read
from anju.reader.json_form import plain

GOLD = Path(__file__).resolve().parent / "gold" / "plans"
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
KINDS = ("measures", "units", "deadlines", "targets", "amounts")
Facts = dict[str, Counter[tuple[Any, ...]]]


def gold_files() -> list[Path]:
    """The gold files, in order."""
    return sorted(GOLD.glob("*.json"))


def facts_of_gold(gold: dict[str, Any]) -> Facts:
    """What a person found, as comparable facts."""
    found: Facts = {kind: Counter() for kind in KINDS}
    for measure in gold["measures"]:
        found["measures"][(measure["key"], measure["kind"], measure["start"])] += 1
        for kind in KINDS[1:]:
            for fact in measure[kind]:
                found[kind][(measure["key"], *(_fixed(part) for part in fact))] += 1
    return found


def facts_of_plan(text: str) -> Facts:
    """What the reader finds, as the same facts."""
    found: Facts = {kind: Counter() for kind in KINDS}
    for measure in plain(read(text))["measures"]:
        key = measure["key"]
        found["measures"][(key, measure["kind"], measure["start"])] += 1
        for unit in measure["units"]:
            found["units"][(key, unit["name"], unit["role"], unit["start"])] += 1
        for one in measure["deadlines"]:
            parts = (one["start"], one["date"], one["kind"], one["every"], one["flag"])
            found["deadlines"][(key, *parts)] += 1
        for one in measure["targets"]:
            parts = (one["start"], one["operator"], _fixed(one["value"]), one["unit"], one["by"])
            found["targets"][(key, *parts)] += 1
        for one in measure["amounts"]:
            found["amounts"][(key, one["start"], one["value"], one["unit"])] += 1
    return found


def _fixed(part: Any) -> Any:
    """Lists from JSON as tuples, so that facts can be counted."""
    return tuple(part) if isinstance(part, list) else part


def scores(found: Facts, wanted: Facts) -> dict[str, tuple[float, float]]:
    """Precision and recall of each kind; 1.0 where there is nothing."""
    result = {}
    for kind in KINDS:
        right = sum((found[kind] & wanted[kind]).values())
        precision = right / sum(found[kind].values()) if found[kind] else 1.0
        recall = right / sum(wanted[kind].values()) if wanted[kind] else 1.0
        result[kind] = (precision, recall)
    return result


def main() -> int:
    """Print a table; 2 when the documents are not there."""
    if not SEEDS.is_dir():
        print(f"The plan documents are not here: {SEEDS}", file=sys.stderr)
        return 2
    print(f"{'document':<20}" + "".join(f"{kind:>20}" for kind in KINDS))
    for path in gold_files():
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (SEEDS / gold["file"]).read_text(encoding="utf-8")
        found, wanted = facts_of_plan(text), facts_of_gold(gold)
        cells = []
        for kind, (precision, recall) in scores(found, wanted).items():
            cells.append(f"{precision:.3f} {recall:.3f} ({sum(wanted[kind].values())})")
        print(f"{path.stem:<20}" + "".join(f"{cell:>20}" for cell in cells))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How well the reader reads: precision and recall against the gold files. `just eval-reader`."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from anju.reader import read
from anju.reader.files import text_of
from anju.reader.json_form import plain

FOLDER = Path(__file__).resolve().parent / "gold"
GOLD = FOLDER / "plans"
WRITTEN = FOLDER / "written"
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
KINDS = ("measures", "units", "deadlines", "targets", "amounts")
HEAD = ("title", "number", "issuer", "dated")
Facts = dict[str, Counter[tuple[Any, ...]]]


def gold_files() -> list[Path]:
    """The gold files of the five plan documents, in order."""
    return sorted(GOLD.glob("*.json"))


def written_files() -> list[Path]:
    """The gold files of the documents written for this, each beside its document."""
    return sorted(WRITTEN.glob("*/*.json"))


def facts_of_gold(gold: dict[str, Any]) -> Facts:
    """What a person found, as comparable facts."""
    found: Facts = {kind: Counter() for kind in KINDS}
    for measure in gold["measures"]:
        place = (measure["start"],) if "start" in measure else ()
        found["measures"][(measure["key"], measure["kind"], *place)] += 1
        for kind in KINDS[1:]:
            for fact in measure[kind]:
                words = 1 if kind == "targets" and not place else 0  # of the indicator
                found[kind][(measure["key"], *(_fixed(part) for part in fact[words:]))] += 1
    return found


def facts_of_plan(text: str, *, places: bool = True) -> Facts:
    """What the reader finds, as the same facts; with the places in the text or without."""
    found: Facts = {kind: Counter() for kind in KINDS}

    def add(kind: str, key: str, start: int, *parts: Any) -> None:
        found[kind][(key, *((start,) if places else ()), *parts)] += 1

    for measure in plain(read(text))["measures"]:
        key = measure["key"]
        at = (measure["start"],) if places else ()
        found["measures"][(key, measure["kind"], *at)] += 1
        for unit in measure["units"]:
            at = (unit["start"],) if places else ()
            found["units"][(key, unit["name"], unit["role"], *at)] += 1
        for one in measure["deadlines"]:
            parts = (one["date"], one["kind"], one["every"], one["flag"])
            add("deadlines", key, one["start"], *parts)
        for one in measure["targets"]:
            parts = (one["operator"], _fixed(one["value"]), one["unit"], one["by"])
            add("targets", key, one["start"], *parts)
        for one in measure["amounts"]:
            add("amounts", key, one["start"], one["value"], one["unit"])
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


def facts_of_group(paths: list[Path]) -> tuple[Facts, Facts]:
    """What was found in all documents of a group, and what there is."""
    together = tuple({kind: Counter[tuple[Any, ...]]() for kind in KINDS} for _ in range(2))
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = text_of(path.with_suffix(".txt"))
        both = (facts_of_plan(text, places=False), facts_of_gold(gold))
        for whole, part in zip(together, both, strict=True):
            for kind in KINDS:
                for fact, times in part[kind].items():
                    whole[kind][(path.stem, *fact)] += times
    found, wanted = together
    return found, wanted


def groups() -> dict[str, list[Path]]:
    """The written documents by their group."""
    found: dict[str, list[Path]] = {}
    for path in written_files():
        found.setdefault(path.parent.name, []).append(path)
    return found


def _line(name: str, found: Facts, wanted: Facts) -> str:
    cells = []
    for kind, (precision, recall) in scores(found, wanted).items():
        cells.append(f"{precision:.3f} {recall:.3f} ({sum(wanted[kind].values())})")
    return f"{name:<26}" + "".join(f"{cell:>20}" for cell in cells)


def main() -> int:
    """Print a table of precision and recall (and how many there are to find)."""
    print(f"{'document':<26}" + "".join(f"{kind:>20}" for kind in KINDS))
    for path in gold_files() if SEEDS.is_dir() else ():
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (SEEDS / gold["file"]).read_text(encoding="utf-8")
        print(_line(path.stem, facts_of_plan(text), facts_of_gold(gold)))
    if not SEEDS.is_dir():
        print(f"The five plan documents are not here: {SEEDS}", file=sys.stderr)
    for group, paths in groups().items():
        for path in paths:
            print(_line(path.stem, *facts_of_group([path])))
        print(_line(f"{group}, {len(paths)} documents", *facts_of_group(paths)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

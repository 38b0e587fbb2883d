"""A monitoring run: a snapshot, a pack and a month in; an output folder out, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from anju.rules import catalogue, evaluating, integrity, outputs, records, results
from anju.rules.dialects import DUCKDB
from anju.rules.engines import Engine, open_engine
from anju.rules.errors import RunError
from anju.rules.evaluating import MonthRules
from anju.rules.months import Month
from anju.rules.packs import Pack
from anju.rules.results import Counts, Stamp
from anju.rules.snapshots import Snapshot, open_snapshot
from anju.rules.windows import AGES, Windows, windows

DEFAULT_MEMORY: Final = "2GB"

# Told of each step before it starts: its name, how many are done, how many there are. Whatever it
# raises ends the run and leaves nothing behind.
Progress = Callable[[str, int, int], None]

STEPS: Final = (
    "snapshot",
    "integrity",
    "facts",
    "rules",
    "facts.parquet",
    "findings.parquet",
    "levels.parquet",
    "rollup.parquet",
    "run.json",
)


@dataclass(frozen=True)
class RunReport:
    """What came out of a run."""

    out: Path
    pack: str
    pack_hash: str
    month: Month
    engine: str
    snapshot_hash: str
    households: int
    counts: Counts
    not_applicable: tuple[str, ...]
    left_out: Mapping[str, int]


def run(
    snapshot: Path,
    pack: Pack,
    month: Month,
    out: Path,
    engine: str = "duckdb",
    progress: Progress | None = None,
    *,
    threads: int | None = None,
    memory: str = DEFAULT_MEMORY,
) -> RunReport:
    """Judge every household of a snapshot by a pack's rules as of the month's last day.

    Writes `facts`, `findings`, `levels` and `rollup.parquet` and `run.json` to the folder `out`,
    which appears only when all is written; an earlier run there is replaced. `progress` is called
    before each of `STEPS` and may raise to cancel. `memory` bounds the engine, which then spills to
    disk beside `out`. Raises `RulesError` (Chinese and English) for what people can mend.
    """
    bound = windows(month, _ages(pack, month))
    tick = _Ticker(progress)
    tick("snapshot")
    found = open_snapshot(snapshot)
    with outputs.prepared(out) as part, ThreadPoolExecutor(max_workers=2) as background:
        # Loading the parser takes as long as a county's facts: both happen at once.
        rules = background.submit(evaluating.month_rules, pack, bound, pack.values(month))
        digest = background.submit(found.digest)
        with outputs.workspace(part) as workspace:
            opened = open_engine(engine, workspace=workspace, threads=threads, memory=memory)
            try:
                report = _judged(
                    opened, found, pack, bound, rules.result, digest.result, part, tick
                )
            finally:
                opened.close()
    return RunReport(out=out, month=month, pack=pack.id, pack_hash=pack.hash, **report)


def _judged(
    engine: Engine,
    snapshot: Snapshot,
    pack: Pack,
    bound: Windows,
    prepared_rules: Callable[[], MonthRules],
    digest: Callable[[], str],
    folder: Path,
    tick: Callable[[str], None],
) -> dict[str, Any]:
    tick("integrity")
    kept, left_out = integrity.settle(engine, snapshot)
    tick("facts")
    for step in catalogue.STEPS[:-1]:
        engine.stage(step, bound.bind(catalogue.query(step)))
    engine.build(results.FACTS, bound.bind(catalogue.query(catalogue.STEPS[-1])))
    engine.forget(catalogue.STEPS[:-1])
    tick("rules")
    rules = prepared_rules()
    texts = rules.texts(evaluating.compiler(engine.dialect, rules, bound))
    engine.build(results.VERDICTS, engine.verdicts(results.FACTS, texts))
    store = engine.finish([results.FACTS, results.VERDICTS])
    stamp = Stamp(pack.hash, digest(), bound.as_of)
    counts = results.write(
        store, folder, texts, evaluating.compiler(DUCKDB, rules, bound), stamp, tick
    )
    tick("run.json")
    content = records.record(
        pack=pack, windows=bound, rules=rules, stamp=stamp, counts=counts, kept=kept,
        left_out=left_out, engine=engine,
    )  # fmt: skip
    records.write(content, folder)
    return {
        "engine": engine.name,
        "snapshot_hash": stamp.snapshot_hash,
        "households": kept["households"],
        "counts": counts,
        "not_applicable": tuple(missing.rule.id for missing in rules.not_applicable),
        "left_out": left_out,
    }


def _ages(pack: Pack, month: Month) -> dict[str, int]:
    values = pack.values(month)
    ages: dict[str, int] = {}
    for name in AGES:
        if name not in pack.parameters:
            raise RunError(
                zh=f"政策包 {pack.id} 没有参数 {name}；请让它 extends national，或自己写明。",
                en=f"pack {pack.id} has no parameter {name}: let it extend national, or state it.",
            )
        ages[name] = int(values[name].value)
    return ages


class _Ticker:
    """Counts the steps for a progress callback."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._done = 0

    def __call__(self, step: str) -> None:
        if self._progress is not None:
            self._progress(step, self._done, len(STEPS))
        self._done += 1

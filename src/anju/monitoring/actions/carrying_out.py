"""One attempt of a run up to its files: snapshot from the registers, then the rule engine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from anju.monitoring.models import Run
from anju.monitoring.readings import snapshot_table
from anju.monitoring.snapshots import Written, write
from anju.queue.progress import Progress
from anju.rules import packs, running
from anju.rules.months import Month

RESULT: Final = "result"
_STEPS: Final = {
    "snapshot": "检查快照", "integrity": "核对数据", "facts": "计算事实", "rules": "逐条规则判断",
    "facts.parquet": "写出事实", "findings.parquet": "写出预警", "levels.parquet": "写出等级",
    "rollup.parquet": "汇总到村、乡镇、县", "run.json": "写出研判记录",
}  # fmt: skip


@dataclass(frozen=True)
class Result:
    """The files of a finished attempt and what the run keeps of them."""

    snapshot: Written
    out: Path
    pack_hash: str
    report: dict[str, Any]


def carry_out(run: Run, *, attempt: str, progress: Progress) -> Result:
    """Write the snapshot and judge it, under the attempt's own folder names."""
    month = Month.parse(run.month)
    pack = packs.load(run.pack)
    out = Path(settings.RUN_DIR) / attempt / RESULT
    out.parent.mkdir(parents=True, exist_ok=True)
    snapshot = write(
        month=month,
        known_on=run.known_on,
        into=Path(settings.SNAPSHOT_DIR),
        draft=attempt,
        progress=lambda table, done, total: progress.step(
            f"读取底册：{snapshot_table(table)}", done, total
        ),
    )
    running.run(
        snapshot.folder,
        pack,
        month,
        out,
        engine=run.engine,
        progress=lambda step, done, total: progress.step(
            f"研判：{_STEPS.get(step, step)}", done, total
        ),
    )
    return Result(
        snapshot=snapshot,
        out=out,
        pack_hash=pack.hash,
        report=json.loads((out / "run.json").read_text(encoding="utf-8")),
    )

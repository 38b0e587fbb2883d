"""One attempt of a run up to its files: snapshot from the registers, then the rule engine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from anju.monitoring import rulebook
from anju.monitoring.models import Run
from anju.monitoring.snapshots import Written, write
from anju.queue.progress import Progress
from anju.rules import packs, running
from anju.rules.months import Month

RESULT: Final = "result"
_TABLES: Final = {
    "households": "户", "persons": "家庭成员", "incomes": "收入", "employments": "务工就业",
    "statuses": "身份和帮扶", "events": "事件", "holdings": "财产线索",
}  # fmt: skip


@dataclass(frozen=True)
class Result:
    """The files of a finished attempt and what the run keeps of them."""

    snapshot: Written
    out: Path
    pack_hash: str
    report: dict[str, Any]
    rulebook: dict[str, Any]


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
            f"读取底册：{_TABLES[table]}", done, total
        ),
    )
    progress.step("按规则研判")
    running.run(
        snapshot.folder,
        pack,
        month,
        out,
        engine=run.engine,
        progress=lambda *_told: progress.step("按规则研判"),
    )
    return Result(
        snapshot=snapshot,
        out=out,
        pack_hash=pack.hash,
        report=json.loads((out / "run.json").read_text(encoding="utf-8")),
        rulebook=rulebook.written(pack, month),
    )

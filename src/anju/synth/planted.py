"""Where the scripted households stand, and the list of what must be found in them.

`planted.parquet`: the rule must hit in every month from `first_month` to `last_month` (it may hit in
others too). `near_misses.parquet`: the rule must not hit in any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from anju.synth.columns import Array
from anju.synth.drafts import Draft
from anju.synth.near_misses import NEAR_MISSES
from anju.synth.periods import Period
from anju.synth.troubles import NATIONAL, SHIQUAN, Script

IN_FORCE = {"shiquan-2023": 2023}
"""Plans for one year: their rules are planted for months of that year only."""
_A_RULE_EVERY = 2_000
"""Households of a county for one more planted household of every rule."""
_AT_MOST = 40


@dataclass(frozen=True)
class Slot:
    """A scripted household: position in the county, what it is written for, and its draft."""

    position: int
    pack: str
    rule: str
    hits: bool
    first_month: str
    last_month: str
    draft: Draft


def plant(period: Period, relocated: Array, seed: int) -> list[Slot]:
    """Chooses households and writes their drafts, in the order of their positions.

    At most half of a county is scripted: in a very small one the last scripts find no room.
    """
    size = len(relocated)
    turns = max(2, min(_AT_MOST, size // _A_RULE_EVERY))
    wanted = _wanted(turns)[: size // 2]
    places = _Places(relocated, np.random.default_rng((seed, 77)))
    slots = []
    for pack, script, hits, turn in wanted:
        made = script.write(period, turn)
        position = places.next(script.relocated) if made else None
        if made is None or position is None:
            continue
        draft, (first, last) = made
        months = [
            m
            for m in period.months[first : last + 1]
            if pack not in IN_FORCE or m.year == IN_FORCE[pack]
        ]
        if months:
            ends = str(months[0]), str(months[-1])
            slots.append(Slot(position, pack, script.rule, hits, *ends, draft))
    return sorted(slots, key=lambda slot: slot.position)


def _wanted(turns: int) -> list[tuple[str, Script, bool, int]]:
    """Scripts in rounds, so that every rule has its turn before any has a second."""
    kinds = [("national", s, True) for s in NATIONAL] + [("shiquan-2023", s, True) for s in SHIQUAN]
    misses = [("national", s, False) for s in NEAR_MISSES]
    rounds = []
    for turn in range(turns):
        rounds += [(*kind, turn) for kind in kinds]
        if turn % 3 == 0:
            rounds += [(*kind, turn) for kind in misses]
    return rounds


class _Places:
    """Hands out households in a scattered order, each once."""

    def __init__(self, relocated: Array, rng: np.random.Generator) -> None:
        order = rng.permutation(len(relocated))[:40_000]
        moved = relocated[order]
        self._queues = {True: order[moved].tolist(), False: order.tolist()}
        self._taken: set[int] = set()

    def next(self, relocated: bool) -> int | None:
        queue = self._queues[relocated]
        while queue:
            position = int(queue.pop())
            if position not in self._taken:
                self._taken.add(position)
                return position
        return None


def write(slots: list[Slot], codes: Array, folder: Path) -> None:
    """Writes both lists, sorted by household."""
    for name, hits in (("planted", True), ("near_misses", False)):
        chosen = [slot for slot in slots if slot.hits == hits]
        table = pa.table(
            {
                "household_id": pa.array([s.position + 1 for s in chosen], pa.int64()),
                "code": pa.array([str(codes[s.position]) for s in chosen], pa.string()),
                "pack": pa.array([s.pack for s in chosen], pa.string()),
                "rule": pa.array([s.rule for s in chosen], pa.string()),
                "first_month": pa.array([s.first_month for s in chosen], pa.string()),
                "last_month": pa.array([s.last_month for s in chosen], pa.string()),
            }
        )
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")

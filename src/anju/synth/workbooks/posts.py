"""公益性岗位花名册: who holds which public-welfare post, drawn beside the labour ledger.

Those who work on a post by the ledger stand in the list, a few of them missing, so that there is
something to link. What only this list says is drawn from a stream of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from anju.synth.columns import CHANNELS, NO_DATE, Array, Table, take, word
from anju.synth.periods import day
from anju.synth.workbooks import labels, layouts, text
from anju.synth.workbooks.filled import Columns, Filled, lasting
from anju.synth.workbooks.register import Register

_TOPIC = 4_106
_LISTED = 0.97
_KIND_SHARES = (0.38, 0.2, 0.14, 0.1, 0.08, 0.05, 0.05)
#: Last days of agreements, and how often: most lists do not say.
_UNTIL = (NO_DATE, day(2027, 12, 31), day(2026, 12, 31), day(2023, 12, 31))
_UNTIL_SHARES = (0.7, 0.2, 0.08, 0.02)
_REASONS = len(labels.POST_ENDS)


def sheets(register: Register) -> Iterator[Filled]:
    """The list as of the day before the first month, and what each month brought."""
    rng = np.random.default_rng((register.county.seed, register.county.size, _TOPIC))
    rows = _holders(register, rng)
    yield from lasting(register, layouts.POST_HOLDERS, rows, lambda rows: _columns(register, rows))


def _holders(register: Register, rng: np.random.Generator) -> Table:
    """Work on posts that goes on, or ended since the months began."""
    jobs = register.tables["employments"]
    on_posts = (jobs["channel"] == word(CHANNELS, "welfare_post")) & (
        (jobs["ended_on"] == NO_DATE) | (jobs["ended_on"] >= register.period.start)
    )
    on_posts &= rng.random(len(on_posts)) < _LISTED
    rows = take(jobs, on_posts)
    size = len(rows["person_id"])
    kind = rng.choice(len(_KIND_SHARES), size, p=_KIND_SHARES)
    village = register.places.home[register.persons["household_id"][rows["person_id"] - 1] - 1]
    post = village * len(_KIND_SHARES) + kind
    held = np.bincount(post, minlength=post.max(initial=0) + 1)
    # Mostly a place more than people over the months, seldom one less.
    spare = rng.choice(4, len(held), p=(0.08, 0.5, 0.32, 0.1)) - 1
    return {
        "person_id": rows["person_id"],
        "started_on": rows["started_on"],
        "ended_on": rows["ended_on"],
        "wage": rows["monthly_wage"],
        "kind": kind,
        "village": village,
        "places": np.maximum(held + spare, 1)[post],
        "until": np.array(_UNTIL)[rng.choice(len(_UNTIL), size, p=_UNTIL_SHARES)],
        "insured": rng.choice(3, size, p=(0.15, 0.75, 0.1)) - (rng.random(size) < 0.1) * 3,
        "part_time": (rng.random(size) < 0.6).astype(np.int64),
        "reason": rng.integers(0, _REASONS, size),
    }


def _columns(register: Register, rows: Table) -> Columns:
    kind, is_over = rows["kind"], rows["ended_on"] != NO_DATE
    town = text.pick(register.town_name, rows["village"])
    until = np.where(rows["until"] > rows["started_on"], rows["until"], NO_DATE)
    ids: Array = rows["person_id"]
    return {
        **register.village(rows["village"]),
        **register.person(ids),
        "联系电话": text.pick(register.phone, ids - 1),
        "岗位类型": text.words(labels.POST_KINDS, kind),
        "岗位名称": text.words(labels.POST_NAMES, kind),
        "设岗单位": text.joined(town, "人民政府"),
        **register.village(rows["village"], ("岗位所在乡镇", "岗位所在村")),
        "核定人数": text.integers(rows["places"]),
        "资金来源": text.words(labels.POST_FUNDS, kind),
        "聘用日期": text.dates(rows["started_on"], text.DASH),
        "协议终止日期": text.dates(until.astype(np.int32), text.DASH),
        "月补贴（元）": text.yuan(rows["wage"]),
        "参保情况": text.words(labels.INSURANCES, np.maximum(rows["insured"], -1)),
        "是否非全日制": text.words(labels.NO_YES, rows["part_time"]),
        "退岗日期": text.dates(rows["ended_on"], text.DASH),
        "退岗原因": text.words(labels.POST_ENDS, np.where(is_over, rows["reason"], -1)),
    }

"""公益性岗位花名册: who holds which public-welfare post, by the human resources bureau.

A row names the post by its unit, kind, name and place; a post nobody knows is set up by it. What the
list says of the post itself (places, funds, the paper it rests on) is put right there, from → to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from anju.employment.actions import post_rolls
from anju.employment.actions.post_rolls import KEY
from anju.employment.ledger import HOLDINGS
from anju.employment.models import PostTerms
from anju.employment.queries import post_rolls as known
from anju.intake import labels, places
from anju.intake import labels_of_posts as words
from anju.intake.columns import Column, Kind, ended, identity, name, started
from anju.intake.comparing import Comparison, settle
from anju.intake.context import Context
from anju.intake.feeds.witnesses import with_witnesses
from anju.intake.layout import Feed, SheetLayout
from anju.intake.matching import match_persons
from anju.intake.models import Outcome
from anju.intake.outcomes import Outcomes, Sieve
from anju.intake.showing import label_of, shown_value

#: What a list may say of the post itself, the same in each of its rows.
_OF_POST: Final = ("places", "fund", "paper")
#: What tells one post from another, in columns of a row.
_PLACED: Final = ("division_code", "unit", "kind", "post_name")
_VALUES: Final = tuple(each for each in HOLDINGS.columns if each != "started_on")
_WRITTEN: Final = (Outcome.CREATED.value, Outcome.UPDATED.value)


@dataclass(slots=True)
class _Posts:
    """Terms that differ, by post, and what differs of them as from → to."""

    changes: list[tuple[PostTerms, dict[str, Any]]] = field(default_factory=list)
    told: dict[int, dict[str, list[Any]]] = field(default_factory=dict)


def take(rows: pl.DataFrame, context: Context) -> Outcomes:
    """Posts first, then who holds them; the labour ledger follows."""
    sieve = Sieve(rows, Outcomes(context.layout))
    without_end = pl.col("end_reason").is_not_null() & pl.col("ended_on").is_null()
    sieve.catch(without_end, "post_reason_without_end", field="end_reason")
    to_come = pl.col("ended_on") > context.known_on
    sieve.catch(to_come, "post_end_to_come", field="ended_on", value="ended_on")
    match_persons(sieve, context, day="started_on")
    _add_posts(sieve, context)
    posts = _change_terms(sieve, context)
    sieve.rows = sieve.rows.with_columns(
        is_part_time=pl.col("is_part_time") == "yes",
        has_licence=pl.lit(None, pl.Boolean),
        has_official=pl.lit(None, pl.Boolean),
        note=pl.lit(None, pl.String),
        end_note=pl.lit(None, pl.String),
    )
    settle(sieve, context, Comparison(HOLDINGS, ("started_on",), _VALUES, {}))
    written = sieve.rows.filter(pl.col("_outcome").is_in(_WRITTEN))
    post_rolls.follow(known_on=context.known_on, source=context.source, holdings=written)
    _tell_terms(sieve, posts)
    return sieve.outcomes


def _add_posts(sieve: Sieve, context: Context) -> None:
    """`post_id`, of a post that is set up where nobody knew it; it is where its holder lives unless
    the row says where."""
    is_told = pl.any_horizontal(
        pl.col(each).is_not_null() for each in ("post_town", "post_village")
    )
    named = Sieve(sieve.rows.filter(is_told), sieve.outcomes)
    places.add_division(
        named, context, town="post_town", village="post_village", as_="division_code"
    )
    columns = [*sieve.rows.columns, "division_code"]
    at_home = sieve.rows.filter(~is_told).with_columns(division_code="village_code")
    rows = pl.concat([named.rows.select(columns), at_home.select(columns)]).sort("number")
    kinds = {code: label for label, code in reversed(words.KIND.items())}
    sieve.rows = rows.with_columns(
        post_name=pl.coalesce("post_name", pl.col("kind").replace_strict(kinds, default=None))
    )
    for each in _OF_POST:
        several = pl.col(each).drop_nulls().n_unique().over(_PLACED) > 1
        sieve.catch(several, "post_told_twice", field=each, value=each)
    _refuse_other_posts(sieve)
    _name_posts(sieve, context)


def _name_posts(sieve: Sieve, context: Context) -> None:
    told = sieve.rows.group_by(_PLACED, maintain_order=True).agg(
        *(pl.col(each).drop_nulls().first() for each in _OF_POST),
        standard=pl.when(pl.col("monthly_pay").drop_nulls().n_unique() == 1).then(
            pl.col("monthly_pay").drop_nulls().first()
        ),
    )
    told = told.rename({"post_name": "name"})
    ids = known.ids_by_key(told["division_code"].to_list())
    new = [row for row in told.to_dicts() if tuple(row[each] for each in KEY) not in ids]
    ids |= post_rolls.open_posts(known_on=context.known_on, source=context.source, rows=new)
    keys = sieve.rows.select(_PLACED).rows()
    sieve.rows = sieve.rows.with_columns(
        pl.Series("post_id", [ids[key] for key in keys], dtype=pl.Int64)
    )


def _change_terms(sieve: Sieve, context: Context) -> _Posts:
    """What the list says of posts that are known otherwise."""
    found = _Posts()
    terms = known.open_terms(sieve.rows["post_id"].unique().to_list())
    newer = {post: str(row.known_from) for post, row in terms.items()
             if row.known_from > context.known_on}  # fmt: skip
    said_of = sieve.rows.group_by("post_id", maintain_order=True).agg(
        pl.col(each).drop_nulls().first() for each in _OF_POST
    )
    for row in said_of.to_dicts():
        now = terms[row["post_id"]]
        differs = {
            each: value
            for each, value in row.items()
            if each in _OF_POST and value is not None and getattr(now, each) != value
        }
        if differs and row["post_id"] not in newer:
            found.told[row["post_id"]] = {
                label_of(context.layout, each): [
                    shown_value(context.layout, each, getattr(now, each) or None),
                    shown_value(context.layout, each, value),
                ]
                for each, value in differs.items()
            }
            found.changes.append((now, differs))
    post_rolls.change_terms(known_on=context.known_on, source=context.source, changes=found.changes)
    return found


def _refuse_other_posts(sieve: Sieve) -> None:
    """Somebody hired on the same day for another post: a person must look at it."""
    held = known.posts_begun(sieve.rows["person_id"].unique().to_list())
    now = pl.DataFrame(
        [(person, day, *post) for (person, day), post in held.items()],
        schema={
            "person_id": pl.Int64,
            "started_on": pl.Date,
            **{f"_{each}": pl.String for each in _PLACED},
        },
        orient="row",
    )
    sieve.rows = sieve.rows.join(now, on=["person_id", "started_on"], how="left").with_columns(
        _told=pl.concat_str("_unit", "_post_name", separator=" ")
    )
    other = pl.any_horizontal(pl.col(each) != pl.col(f"_{each}") for each in _PLACED)
    sieve.conflict(other, "post_differs", field="post_name", value="_told", register="_told")
    sieve.rows = sieve.rows.drop("_told", *(f"_{each}" for each in _PLACED))


def _tell_terms(sieve: Sieve, posts: _Posts) -> None:
    """Rows whose post is now known otherwise say so."""
    rows = sieve.rows.filter(pl.col("post_id").is_in(list(posts.told)))
    by_number: Mapping[int, dict[str, list[Any]]] = {
        number: posts.told[post] for number, post in rows.select("number", "post_id").iter_rows()
    }
    if not by_number:
        return
    sieve.outcomes.parts = [_with_terms(part, by_number) for part in sieve.outcomes.parts]


def _with_terms(part: pl.DataFrame, by_number: Mapping[int, dict[str, list[Any]]]) -> pl.DataFrame:
    outcomes, changes = [], []
    for number, outcome, told in part.select("number", "outcome", "changes").iter_rows():
        terms = by_number.get(number)
        is_settled = outcome in (Outcome.UNCHANGED.value, Outcome.UPDATED.value)
        if terms and is_settled:
            outcome = Outcome.UPDATED.value
            told = json.dumps({**json.loads(told or "{}"), **terms}, ensure_ascii=False)
        outcomes.append(outcome)
        changes.append(told)
    return part.with_columns(
        outcome=pl.Series(outcomes, dtype=pl.String), changes=pl.Series(changes, dtype=pl.String)
    )


POST_HOLDERS = Feed(
    "post_holders",
    "公益性岗位花名册",
    "人社",
    61,
    (
        SheetLayout(
            "post_holders",
            "公益性岗位",
            (
                name(),
                identity(),
                Column("kind", "岗位类型", Kind.CHOICE, also=("岗位类别", "岗位种类", "公益性岗位类型"),
                       needed=True, filled=True, choices=words.KIND),
                Column("post_name", "岗位名称", also=("公益性岗位名称", "工作岗位")),
                Column("unit", "设岗单位", also=("用人单位", "用工单位", "岗位开发单位"), needed=True,
                       filled=True, limit=80),
                Column("post_town", "岗位所在乡镇", also=("设岗乡镇",)),
                Column("post_village", "岗位所在村", also=("设岗村", "服务村")),
                Column("places", "核定人数", Kind.WHOLE, also=("核定岗位数", "设岗人数")),
                Column("fund", "资金来源", Kind.CHOICE, also=("补贴资金来源",), choices=words.FUND),
                Column("paper", "设岗依据", also=("设岗文号", "批准文号"), limit=120),
                started("聘用日期", "上岗日期", "聘用时间", "上岗时间", "协议起始日期"),
                Column("agreed_until", "协议终止日期", Kind.DATE,
                       also=("协议到期日期", "聘用截止日期", "协议截止日期"), future=True),
                Column("monthly_pay", "月补贴", Kind.MONEY,
                       also=("岗位补贴", "月补贴标准", "补贴标准", "月工资")),
                Column("insurance", "参保情况", Kind.CHOICE, also=("参保类型", "保险类型"),
                       choices=words.INSURANCE),
                Column("is_part_time", "是否非全日制", Kind.CHOICE, also=("非全日制",),
                       choices=labels.YES_NO),
                ended("退岗日期", "退岗时间", "解聘日期"),
                Column("end_reason", "退岗原因", Kind.CHOICE, also=("解聘原因",),
                       choices=words.END_REASON),
            ),
            take,
            (("started_on", "ended_on"),),
            writes_at_once=True,
        ),
    ),
)  # fmt: skip

FEEDS = (with_witnesses(POST_HOLDERS),)

"""户信息名单: households and their members, a row a member (the official list of 33 columns)."""

from __future__ import annotations

import polars as pl

from anju.intake import labels, people, places
from anju.intake.columns import Column, Kind, household, identity, name
from anju.intake.context import Context
from anju.intake.homes import HOME_STATE, add_present_homes, settle_homes
from anju.intake.layout import Feed, SheetLayout
from anju.intake.models import Outcome
from anju.intake.outcomes import Outcomes, Sieve, changes_json
from anju.intake.showing import label_of, shown_value
from anju.intake.yielding import yield_to_deciding

_SHARED = ("household_class", "monitored_kind", "included_on", "risk_removed_on", "listed_village")
_PERSONAL = ("relation", "joined_on", *people.STATE)


def person_columns(*, filled_code: bool = True) -> tuple[Column, ...]:
    """The columns about a member that the household list and the list of changes share."""
    return (
        Column(
            "person_code", "人编号", Kind.CODE, needed=filled_code, filled=filled_code, limit=24
        ),
        name(),
        Column("sex", "性别", Kind.CHOICE, choices=labels.SEX),
        Column("born_on", "出生日期", Kind.DATE, day=True),
        identity(filled=False),
        Column(
            "relation",
            "与户主关系",
            Kind.CHOICE,
            needed=True,
            filled=True,
            choices=labels.RELATION,
        ),
        Column("nation", "民族", limit=20),
        Column("education", "文化程度", Kind.CHOICE, choices=labels.EDUCATION),
        Column("schooling", "在校生状况", Kind.CHOICE, choices=labels.SCHOOLING),
        Column("health", "健康状况", limit=40),
        Column("labour", "劳动技能", Kind.CHOICE, also=("劳动能力",), choices=labels.LABOUR),
    )


def take(rows: pl.DataFrame, context: Context) -> Outcomes:
    """Open and change households, add and change their members."""
    sieve = Sieve(rows, Outcomes(context.layout))
    places.add_village(sieve, context, town="town", village="village", as_="listed_village")
    places.add_grid(sieve)
    people.catch_repeated_persons(sieve)
    _one_household(sieve)
    add_present_homes(sieve)
    people.identify(sieve, context)
    people.catch_members_elsewhere(sieve, pl.lit(context.known_on))
    sieve.rows = people.complete(sieve.rows, context.known_on)
    people.add_present_state(sieve, context)
    yield_to_deciding(sieve, context, people.DATED)
    people.catch_older(sieve, context)
    people.add_present_membership(sieve)
    settle_homes(sieve, context)
    sieve.rows = people.write_persons(sieve.rows, context)
    _continue_memberships(sieve)
    sieve.rows = people.write_memberships(sieve.rows, context)
    _tell(sieve, context)
    return sieve.outcomes


def _one_household(sieve: Sieve) -> None:
    """What a list says of a household in every row must be one thing; and it has one head."""
    is_head = pl.col("relation") == "head"
    first_head = pl.col("number").filter(is_head).min().over("household_code")
    leader = pl.coalesce(first_head, pl.col("number").min().over("household_code"))
    sieve.rows = sieve.rows.with_columns(_leader=leader)
    sieve.conflict(
        is_head & (pl.col("number") != first_head), "second_head", field="relation", value="name"
    )
    for shared in _SHARED:
        led = pl.col(shared).filter(pl.col("number") == pl.col("_leader")).first()
        field = "village" if shared == "listed_village" else shared
        differs = pl.col(shared) != led.over("household_code")
        sieve.conflict(differs, "household_disagrees", field=field)
    sieve.rows = sieve.rows.with_columns(_leads=pl.col("number") == pl.col("_leader"))


def _continue_memberships(sieve: Sieve) -> None:
    """A member who is listed again stays; one who left and joined later begins anew."""
    left = pl.col("left_on_now").is_not_null()
    again = left & (pl.col("joined_on") >= pl.col("left_on_now"))
    rows = sieve.rows.with_columns(
        membership_id=pl.when(~again).then(pl.col("membership_id")),
    )
    kept = pl.col("membership_id").is_not_null()
    sieve.rows = rows.with_columns(
        joined_on=pl.coalesce("joined_on", pl.when(kept).then(pl.col("joined_on_now"))),
        left_on=pl.when(kept).then(pl.col("left_on_now")),
        left_reason=pl.when(kept).then(pl.col("left_reason_now")),
    )


def _tell(sieve: Sieve, context: Context) -> None:
    """Created: a new person or member. Updated: anything else that changed, with from and to."""
    layout = context.layout
    home_changed = pl.col("_leads") & pl.col("_home_changed")
    rows = sieve.rows.with_columns(
        outcome=pl.when(pl.col("_new") | pl.col("_joined"))
        .then(pl.lit(Outcome.CREATED.value))
        .when(pl.col("_changed") | pl.col("_moved") | home_changed)
        .then(pl.lit(Outcome.UPDATED.value))
        .otherwise(pl.lit(Outcome.UNCHANGED.value))
    )
    updated = pl.col("outcome") == Outcome.UPDATED.value
    sieve.outcomes.add(rows.filter(~updated))
    changed = rows.filter(updated)
    fields = (*_PERSONAL, *HOME_STATE)
    # A change of the household is told once, in the row of its head.
    changed = changed.with_columns(
        pl.when(home_changed).then(pl.col(name)).otherwise(pl.col(f"{name}_now")).alias(name)
        for name in HOME_STATE
    )
    told = changes_json(
        changed,
        {field: label_of(layout, field) for field in fields},
        lambda field, value: _masked(field, shown_value(layout, field, value)),
    )
    sieve.outcomes.add(changed.with_columns(pl.Series("changes", told, dtype=pl.String)))


def _masked(field: str, value: object) -> object:
    """Telephone numbers are not repeated."""
    return "***" if field == "phone" and value is not None else value


HOUSEHOLDS = Feed(
    "households",
    "户信息名单",
    "农业农村",
    10,
    (
        SheetLayout(
            "households",
            "名单",
            (
                Column("town", "乡(镇)", also=("乡镇", "镇"), needed=True, filled=True),
                Column("village", "行政村", also=("村", "村(社区)"), needed=True, filled=True),
                Column("grid_code", "所属网格", Kind.CODE, also=("网格编码",), limit=20),
                household(),
                *person_columns(),
                Column("phone", "人联系电话", Kind.PHONE, also=("联系电话", "户联系电话")),
                Column("joined_on", "人员识别时间", Kind.DATE, keeps_day=True),
                Column(
                    "household_class",
                    "户类型",
                    Kind.CHOICE,
                    needed=True,
                    filled=True,
                    choices=labels.HOUSEHOLD_CLASS,
                ),
                Column(
                    "monitored_kind",
                    "易返贫致贫户(监测对象)类型",
                    Kind.CHOICE,
                    also=("监测对象类型", "监测对象类别"),
                    choices=labels.MONITORED_KIND,
                ),
                Column("included_on", "风险识别时间", Kind.DATE, keeps_day=True, by_month=True),
                Column("risk_removed_on", "风险消除时间", Kind.DATE, keeps_day=True, by_month=True),
            ),
            take,
            spans=(("included_on", "risk_removed_on"),),
        ),
    ),
    unlinked="the list registers its members: who is in it is told by number or person code, and a "
    "likeness of names would merge two members into one",
)

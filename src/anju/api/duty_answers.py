"""The shapes of answers about plans, tasks, indicators and problems."""

from datetime import date, datetime
from decimal import Decimal

from ninja import Field, Schema


class PlanOut(Schema):
    """A plan in force, or one that was."""

    id: int
    title: str
    short_title: str
    number: str
    issuer: str
    dated: date | None = None
    pack: str
    ended_on: date | None = None


class UnitOut(Schema):
    """A unit and what it is to a task."""

    name: str
    role: str = Field(description="lead、responsible、implementing、co-operating")


class TaskOut(Schema):
    """A task. Lights are computed for the day of the request."""

    number: str
    plan: int
    clause: str
    title: str
    kind: str
    parent: str | None = Field(None, description="上级任务编号；令牌看不到的不给")
    units: list[UnitOut]
    due_on: date | None = None
    every: str
    ends_on: date | None = None
    next_due_on: date | None = Field(None, description="最近到期日期；没有的为空")
    operator: str
    goal: Decimal | None = None
    goal_upper: Decimal | None = None
    goal_unit: str
    state: str
    closed_on: date | None = None
    light: str | None = Field(None, description="red、yellow、green、no_date、done；已终止的为空")


class ProgressOut(Schema):
    """What a unit reported for one due day. Numbers of persons in the words are masked."""

    period: str
    due_on: date | None = None
    unit: str
    words: str
    value: Decimal | None = None
    percent: int | None = None
    is_complete: bool
    state: str
    reported_on: date
    checked_on: date | None = None


class DueOut(Schema):
    """One day a task is due."""

    period: str
    due_on: date | None = None
    state: str
    reported_on: date | None = None
    settled_on: date | None = None


class TaskDetail(TaskOut):
    """A task with its days and what was reported."""

    requirement: str
    dues: list[DueOut]
    progress: list[ProgressOut]


class TargetOut(Schema):
    """What an indicator must reach by a day."""

    due_on: date
    value: Decimal
    upper: Decimal | None = None
    clause: str


class ValueOut(Schema):
    """A value that counts; empty where it could not be told."""

    as_of: date
    value: Decimal | None = None
    recorded_on: date


class IndicatorOut(Schema):
    """An indicator with its targets and last value."""

    id: int
    code: str
    name: str
    unit: str
    operator: str
    source: str = Field(description="computed 系统计算，reported 单位填报")
    plan: int | None = None
    reporting_unit: str | None = None
    every: str
    ended_on: date | None = None
    targets: list[TargetOut]
    latest: ValueOut | None = None


class IndicatorDetail(IndicatorOut):
    """An indicator with all its values, the latest first."""

    definition: str
    values: list[ValueOut]


class ProblemOut(Schema):
    """A problem to be put right. Words about health only where the token may see health."""

    number: str
    title: str
    words: str
    is_hidden: bool = Field(description="涉及健康，令牌不能读取内容")
    source: str
    seriousness: str
    division_code: str
    units: list[str]
    plan: int | None = None
    clause: str
    task: str | None = None
    indicator: str | None = None
    household_code: str | None = None
    found_on: date
    due_on: date
    round: int
    state: str
    closed_on: date | None = None
    light: str


class Tasks(Schema):
    """A page of tasks; `next` is given to `after` for the page that follows."""

    items: list[TaskOut]
    next: int | None = None
    change: int = Field(description="读取这一页之前的最后变动号，首页的用于 duty-changes?after=")


class Indicators(Schema):
    """A page of indicators."""

    items: list[IndicatorOut]
    next: int | None = None


class Problems(Schema):
    """A page of problems."""

    items: list[ProblemOut]
    next: int | None = None


class DutyChangeOut(Schema):
    """One change of plans, tasks, indicators or problems."""

    number: int
    at: datetime
    plans: list[int]
    tasks: list[str]
    indicators: list[str]
    problems: list[str]


class DutyChanges(Schema):
    """Changes in order. Ask again with `after=last`; at once when `more`."""

    items: list[DutyChangeOut]
    last: int
    more: bool

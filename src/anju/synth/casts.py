"""The families that scripts start from: untroubled, so that a trouble added is the only one."""

from __future__ import annotations

from anju.synth.columns import NO_DATE
from anju.synth.drafts import Draft, Job, Member, Status
from anju.synth.periods import Period


def _worker(period: Period, relation: str, sex: str, age: int) -> Member:
    channel = "migrant" if relation in ("head", "son") else "local"
    county = "330000" if channel == "migrant" else "529901"
    job = Job(period.history - 40 - 7 * age, channel=channel, county=county)
    return Member(relation, sex, age, labour="ordinary", jobs=[job])


def family(period: Period) -> Draft:
    """Two workers and a child at primary school."""
    return Draft(
        period,
        [
            _worker(period, "head", "M", 44),
            _worker(period, "spouse", "F", 42),
            Member("son", "M", 11, grade="小学", education=None),
        ],
    )


def with_student(period: Period) -> Draft:
    """Two workers and a daughter at college."""
    return Draft(
        period,
        [
            _worker(period, "head", "M", 48),
            _worker(period, "spouse", "F", 46),
            Member("daughter", "F", 20, grade="高职高专二年级", education=None),
        ],
    )


def with_grown_son(period: Period) -> Draft:
    """Three workers: a couple and their son of twenty-five."""
    return Draft(
        period,
        [
            _worker(period, "head", "M", 51),
            _worker(period, "spouse", "F", 50),
            _worker(period, "son", "M", 25),
        ],
    )


def with_grandfather(period: Period) -> Draft:
    """Two workers, a child, and the head's father of seventy-six."""
    draft = family(period)
    draft.members.append(Member("father", "M", 76, education="primary"))
    return draft


def elders(period: Period) -> Draft:
    """An old couple without labour, on the subsistence allowance."""
    draft = Draft(
        period,
        [
            Member("head", "M", 75, education="primary"),
            Member("spouse", "F", 72, education="illiterate"),
        ],
    )
    draft.statuses.append(Status("dibao", draft.in_month(-40, 1)))
    return draft


def monitored(draft: Draft, since: int = -16, measures: bool = True) -> Draft:
    """The draft as a monitored household since a month, with two developmental measures."""
    draft.monitored = "unstable" if draft.lifted_out else "marginal"
    draft.included = draft.in_month(since, 1)
    draft.removed = NO_DATE
    if measures:
        begin = draft.included + 9
        draft.statuses.append(Status("help_measure", begin, level="industry"))
        draft.statuses.append(Status("help_measure", begin + 4, level="employment"))
    return draft

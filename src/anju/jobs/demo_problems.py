"""Problems found in the demo county: one put right and waiting to be checked, one late."""

from datetime import timedelta
from typing import Any

_PROBLEMS = (
    (
        "县教育局",
        "两处安置点的学籍核对没有完成",
        "抽查发现两处安置点本学期学籍核对只做了一半，缺转入学生名单。",
    ),
    (
        "县住房和城乡建设局",
        "安置点电梯年检过期",
        "现场查看，一处安置点三部电梯年检已过期二十天，仍在使用。",
    ),
)
_RECTIFIED = "已补齐转入学生名单并逐人核对，今后每半年核对一次。"


def make(*, duties: Any, plan: Any) -> int:
    """Find them and report on the first; how many."""
    from anju.places.models import Division, Level
    from anju.supervision.actions import problems, rectifying
    from anju.supervision.models import ProblemSource, Seriousness

    today, county = duties.today, Division.objects.get(level=Level.COUNTY)
    for place, (office, title, words) in enumerate(_PROBLEMS):
        found_on = today - timedelta(days=25 - 5 * place)
        unit = duties.offices.by_name[office]
        made = problems.find(
            new=problems.NewProblem(
                source=ProblemSource.HIGHER if place else ProblemSource.SELF_CHECK,
                title=title,
                words=words,
                seriousness=Seriousness.COMMON,
                found_on=found_on,
                due_on=found_on + timedelta(days=15 if place else 30),
                division_code=county.code,
                units=[unit],
                plan=plan,
            ),
            **duties.county(found_on),
        )
        if not place:
            said = duties.of_unit(unit.pk, today - timedelta(days=2))
            rectifying.submit(problem=made, words=_RECTIFIED, **said)
    return len(_PROBLEMS)

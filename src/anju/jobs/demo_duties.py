"""The duties of the demo county: a plan confirmed and in force, tasks reported on, leaders assigned.

Everything goes through the actions of the pages, on the days before today; so a desk has something
done, something late, something that waits to be checked, and something still to come.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from anju.jobs import demo_offices, demo_problems, demo_seeds, demo_values
from anju.jobs.demo_offices import Offices

SHORT_TITLE = "三年行动方案"
#: So long before today the plan's first year has begun at least: some of it is due, some to come.
_BEGUN = timedelta(days=300)
_LONG_AGO = timedelta(days=45)
#: Since then the county has kept its duties here: earlier periods are not asked for.
_SINCE = timedelta(days=100)
_DONE = "已按要求完成，台账和佐证材料留存备查。"
_PART = "正在推进，已完成大部分工作，其余部分按计划实施。"
_BACK = "请补充各乡镇的完成数，写明没有完成的原因。"
_TOLD = (
    "到点走访搬迁户，了解务工和子女入学情况；商定由社区联系车间，解决三户家门口就业。",
    "查看排水管网和电梯，商定由住建部门两周内完成检修，社区每月回报一次。",
    "召开现场会，议定闲置门面招租办法，收益用于公共设施维护。",
)


def first_year(today: date) -> int:
    """The first of the three years of the demo county's plan."""
    return (today - _BEGUN).year


def make(*, plan: Any, folder: Path, pack: str, today: date, documents: Path) -> dict[str, int]:
    """Make offices, the plan (`plan` as `anju.synth.plans` makes it, its file in `folder`) and all that follows.

    `documents`: a folder of real plans to read as well; nothing where there is none.
    """
    from django.db import transaction

    from anju.accounts.models import User
    from anju.accounts.queries import viewer_of

    bureau = User.objects.get(username="county")
    with transaction.atomic():
        offices = demo_offices.make(on=today)
        duties = _Duties(bureau, offices, today)
        version = duties.adopt(plan, folder, pack)
        reported = duties.report()
        assigned = duties.assign(version.plan)
        values = demo_values.make(duties=duties)
        found = demo_problems.make(duties=duties, plan=version.plan)
        read = demo_seeds.make(folder=documents, bureau=viewer_of(bureau, on=today))
    return {
        "reports": reported,
        "assignments": assigned,
        "values": values,
        "problems": found,
        "documents": read,
    }


@dataclass
class _Duties:
    """The county's duties, told on the days they were acted on."""

    bureau: Any
    offices: Offices
    today: date
    _viewers: dict[int, Any] = field(default_factory=dict)

    def adopt(self, plan: Any, folder: Path, pack: str) -> Any:
        """Upload the plan, settle its offices, confirm each measure, put it into force."""
        from anju.audit.actor import SYSTEM
        from anju.duties.actions import confirming, dues, plans
        from anju.duties.actions.offices import settle
        from anju.duties.models import MeasureState
        from anju.duties.queries.plans import measures_of
        from anju.synth.plans import FILE_NAME
        from anju.synth.plans.offices import TOWNS

        day = max(plan.dated + timedelta(days=3), self.today - _SINCE)
        version = plans.upload(
            file_name=f"{SHORT_TITLE}.docx",
            content=(folder / FILE_NAME).read_bytes(),
            about=plans.About(short_title=SHORT_TITLE, pack=pack),
            **self.county(day),
        )
        units = {TOWNS: self.offices.towns}
        used = {name for each in plan.measures for name, _role in each.offices}
        units |= {name: [self.offices.by_name[name]] for name in sorted(used - {TOWNS})}
        settle(names=units, **self.county(day))
        rows = list(measures_of(version))
        confirming.confirm_many(
            version=version, measures=[row.pk for row in rows], **self.county(day)
        )
        for row in measures_of(version).filter(state=MeasureState.OPEN):
            confirming.confirm(measure=row, **self.county(day))
        version = plans.adopt(version=version, **self.county(day + timedelta(days=5)))
        dues.lay_ahead(by=SYSTEM, on=self.today)
        return version

    def report(self) -> int:
        """Most of what is due was reported and accepted; of the latest some waits, is late or came back."""
        from anju.duties.models import TaskDue
        from anju.duties.queries.answering import answering

        soon = self.today + timedelta(days=20)
        rows = TaskDue.objects.filter(due_on__lte=soon).select_related("task__plan")
        count, ends = 0, cycle(("late", "send back", "accept", "accept", "wait"))
        for due in list(rows.order_by("due_on", "pk")):
            end = "accept" if due.due_on < self.today - _LONG_AGO else next(ends)
            units = sorted(answering(due.task.units.select_related("unit")))
            if end == "late":
                units = [each for each in units if each != self._slow(units)]
            for unit in units:
                count += self._report(due, unit, end)
        return count

    def _slow(self, units: list[int]) -> int:
        """Who has not reported yet: the office whose sign-in shows it, where it is one of these."""
        shown: int = self.offices.by_name["县教育局"].pk
        return shown if shown in units else units[-1]

    def _report(self, due: Any, unit_id: int, end: str) -> int:
        from anju.duties.actions import progress

        day = min(due.due_on - timedelta(days=3), self.today - timedelta(days=1))
        is_whole = end != "wait" or due.due_on < self.today
        said = progress.Said(
            words=_DONE if is_whole else _PART,
            value=due.task.goal if is_whole else None,
            percent=None if is_whole else 80,
            is_complete=is_whole,
        )
        made = progress.submit(due=due, said=said, **self.of_unit(unit_id, day))
        checked = self.county(min(day + timedelta(days=2), self.today))
        if end in ("accept", "late"):
            progress.accept(progress=made, **checked)
        elif end == "send back":
            progress.send_back(progress=made, note=_BACK, **checked)
        return 1

    def assign(self, plan: Any) -> int:
        """Leaders at the first sites and a village; of what they owe some is told, some late."""
        from anju.accounts.models import User
        from anju.audit.actor import SYSTEM
        from anju.duties.actions import assignments, owing
        from anju.duties.actions.assignments import Terms, Who
        from anju.places.models import Division, Level, Site

        day, name = self.today - timedelta(days=200), self.offices.by_name
        sites = list(Site.objects.order_by("code")[:2])
        village = Division.objects.filter(level=Level.VILLAGE).order_by("-code")[0]
        leader = User.objects.get(username="leader")
        posts = (
            (sites[0], Who(leader, unit=name["县教育局"])),
            (sites[-1], Who(leader_post="副县长", unit=name["县乡村振兴局"])),
            (village, Who(unit=name["县农业农村局"])),
        )
        terms = Terms(plan, "二/(五)/20", visits_every="half_year", meetings_every="quarter")
        made = [
            assignments.assign(
                place=place, who=who, terms=terms, valid_from=day, **self.county(day)
            )
            for place, who in posts
        ]
        owing.owe(by=SYSTEM, on=self.today)
        for number, row in enumerate(made):
            self._tell(row, number)
        return len(made)

    def _tell(self, row: Any, number: int) -> None:
        """All that was due but, at the first place, the latest."""
        from anju.duties.actions import owing

        due = list(row.owed.filter(due_on__lt=self.today).order_by("due_on", "pk"))
        for place, owed in enumerate(due[: len(due) - (number == 0)]):
            held_on = owed.due_on - timedelta(days=10)
            owing.tell(
                owed=owed,
                held_on=held_on,
                words=_TOLD[(number + place) % len(_TOLD)],
                **self.of_unit(row.unit_id, held_on + timedelta(days=1)),
            )

    def county(self, day: date) -> dict[str, Any]:
        """The bureau that leads, on a day."""
        return self.acting(self.bureau, day)

    def of_unit(self, unit_id: int, day: date) -> dict[str, Any]:
        """Whoever reports for a unit, on a day."""
        return self.acting(self.offices.reporting[unit_id], day)

    def acting(self, user: Any, day: date) -> dict[str, Any]:
        """Somebody on a day, with what they may do today."""
        from anju.accounts.queries import viewer_of

        if user.pk not in self._viewers:
            self._viewers[user.pk] = viewer_of(user, on=self.today)
        viewer = self._viewers[user.pk]
        return {"by": viewer.actor(), "on": day, "viewer": viewer}

"""Real plan documents in the demo county's office, read from their own words where a folder of them is there.

Their time is over, so each is put into force and its tasks are ended with its term; the last one stays
half confirmed, for whoever wants to see how that is done.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

ENDED = "方案期满，未完成的工作转入新的行动方案。"
_WORKED_ON = timedelta(days=10)


def make(*, folder: Path, bureau: Any) -> int:
    """Read the documents of a folder as the bureau; how many. None where there is no folder."""
    files = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    versions = [_upload(path, bureau) for path in files]
    if not versions:
        return 0
    # The longest in force is the one that is still being worked on.
    versions.sort(key=lambda version: (_last_day(version), version.pk))
    for version in versions[:-1]:
        _confirm(version, bureau)
        _settle(bureau)
        _adopt_and_end(version, bureau)
    _confirm_half(versions[-1], bureau)
    return len(versions)


def _upload(path: Path, bureau: Any) -> Any:
    from anju.duties.actions import plans
    from anju.reader import read

    content = path.read_bytes()
    found = read(content.decode("utf-8"))
    day = found.dated or bureau.on
    return plans.upload(
        file_name=f"{found.title or path.stem}.txt",
        content=content,
        about=plans.About(pack=_pack_of(found.dated)),
        **_as(bureau, day + timedelta(days=3)),
    )


def _pack_of(dated: date | None) -> str:
    """The policy pack that was made from the document of that day; empty without one."""
    from anju.rules import packs

    for name in packs.names():
        pack = packs.load(name)
        own = {pack.documents[unit.doc].dated for unit in pack.units[:1]}
        if dated in own:
            return name
    return ""


def _confirm(version: Any, bureau: Any) -> None:
    """Confirm what is plain, put right what lacks a year, drop what names nobody."""
    from anju.duties.actions import changing, confirming
    from anju.duties.doubts import undated
    from anju.duties.models import MeasureState
    from anju.duties.queries.plans import measures_of

    on = _as(bureau, version.uploaded_on + _WORKED_ON)
    rows = list(measures_of(version))
    confirming.confirm_many(version=version, measures=[row.pk for row in rows], **on)
    for row in measures_of(version).filter(state=MeasureState.OPEN):
        if not row.offices.all():
            confirming.drop(measure=row, **on)
            continue
        lacking = {each.pk for each in undated(row.deadlines.all())}
        if not lacking:
            confirming.confirm(measure=row, **on)
            continue
        parts = {
            name: [part for part in getattr(row, name).all() if part.pk not in lacking]
            if name == "deadlines"
            else list(getattr(row, name).all())
            for name in changing.PARTS
        }
        for part in (part for rows in parts.values() for part in rows):
            part.pk = None
        wanted = changing.Wanted(title=row.title, kind=row.kind, **parts)
        changing.change(measure=row, wanted=wanted, confirms=True, **on)


def _confirm_half(version: Any, bureau: Any) -> None:
    from anju.duties.actions import confirming
    from anju.duties.queries.plans import measures_of

    rows = list(measures_of(version))
    confirming.confirm_many(
        version=version,
        measures=[row.pk for row in rows[: len(rows) // 2]],
        **_as(bureau, version.uploaded_on + _WORKED_ON),
    )


def _settle(bureau: Any) -> None:
    """Other counties' offices are those of this one that do the same work, or nobody here."""
    from anju.accounts.models import Unit
    from anju.duties.actions.offices import settle
    from anju.duties.queries.offices import names_in_use, units_of_group

    units = {unit.pk: unit for unit in Unit.objects.all()}
    names = {}
    for each in names_in_use():
        if each.settled is not None:
            continue
        hint = each.suggestion
        if hint is not None and hint.group is not None:
            names[each.name] = units_of_group(hint.group)
        else:
            names[each.name] = [units[pk] for pk in hint.units] if hint else []
    settle(names=names, **_as(bureau, bureau.on))


def _adopt_and_end(version: Any, bureau: Any) -> None:
    from anju.audit.actions import record
    from anju.duties.actions import own_indicators, plans
    from anju.duties.actions.from_plan import end_all
    from anju.duties.models import Indicator, Task, TaskState

    adopted_on = version.uploaded_on + _WORKED_ON
    plans.adopt(version=version, **_as(bureau, adopted_on))
    top = Task.objects.filter(plan=version.plan, parent__isnull=True, state=TaskState.OPEN)
    on = _as(bureau, min(_last_day(version), bureau.on))
    ended = end_all(top.order_by("pk"), on=on["on"], note=ENDED)
    record(
        by=on["by"],
        action="task.end",
        kind="plan",
        ids=[version.plan_id],
        reason=ENDED,
        detail={"ended": ended},
    )
    followed = Indicator.objects.filter(plan=version.plan, ended_on__isnull=True)
    for indicator in followed.order_by("pk"):
        own_indicators.end(indicator=indicator, reason=ENDED, **on)


def _last_day(version: Any) -> date:
    """The end of the plan's term: of the last year in its title, else of the year it is dated in."""
    import re

    years = [int(each) for each in re.findall(r"20\d\d", version.plan.title)]
    years += [version.plan.dated.year] if version.plan.dated else []
    return date(max(years, default=version.uploaded_on.year), 12, 31)


def _as(viewer: Any, day: date) -> dict[str, Any]:
    return {"by": viewer.actor(), "on": day, "viewer": viewer}

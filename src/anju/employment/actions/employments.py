"""Work of one person: when it begins and when it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.audit.refusal import Refusal
from anju.employment.models import Channel, Employment
from anju.registry.actions.superseding import supersede
from anju.registry.models import Person


class EmploymentRefused(Refusal):
    """A change that contradicts the labour ledger."""


@transaction.atomic
def start(
    *,
    by: Actor,
    on: date,
    person: Person,
    started_on: date,
    channel: Channel,
    county_code: str = "",
    employer: str = "",
    monthly_wage: int | None = None,
    source: str,
) -> Employment:
    """Work begins, wage in fen a month; refused when the same work is known already."""
    if monthly_wage is not None and monthly_wage < 0:
        raise EmploymentRefused("月工资填正数，请核对。")
    known = Employment.objects.filter(
        person=person, started_on=started_on, channel=channel, known_to__isnull=True
    )
    if known.exists():
        raise EmploymentRefused("这一段务工已经登记过了，不必重复登记。")
    employment = Employment.objects.create(
        person=person,
        started_on=started_on,
        channel=channel,
        county_code=county_code,
        employer=employer,
        monthly_wage=monthly_wage,
        known_from=on,
        source=source,
    )
    told = state(employment, ("started_on", "channel", "county_code", "monthly_wage"))
    record(
        by=by,
        action="employment.start",
        kind="person",
        ids=[person.code],
        detail={"changes": between(Employment, {}, told)},
    )
    return employment


@transaction.atomic
def end(*, by: Actor, on: date, employment: Employment, ended_on: date, source: str) -> Employment:
    """Work ends on a day (exclusive)."""
    if employment.started_on is not None and ended_on < employment.started_on:
        raise EmploymentRefused(
            f"结束日期 {ended_on} 早于开始日期 {employment.started_on}，请核对。"
        )
    code, before = employment.person.code, employment.ended_on
    ended = supersede(employment, on=on, source=source, changes={"ended_on": ended_on})
    record(
        by=by,
        action="employment.end",
        kind="person",
        ids=[code],
        detail={"changes": between(Employment, {"ended_on": before}, {"ended_on": ended_on})},
    )
    return ended


@transaction.atomic
def correct(
    *, by: Actor, on: date, employment: Employment, changes: Mapping[str, Any], source: str
) -> Employment:
    """Set an interval right; what was known before stays on record."""
    code, before = employment.person.code, state(employment, list(changes))
    corrected = supersede(employment, on=on, source=source, changes=changes)
    record(
        by=by,
        action="employment.correct",
        kind="person",
        ids=[code],
        detail={"changes": between(Employment, before, changes)},
    )
    return corrected


@transaction.atomic
def withdraw(*, by: Actor, on: date, employment: Employment, reason: str) -> None:
    """Take back what was never so; it stays on record as having been known until then."""
    if employment.known_to is not None:
        raise EmploymentRefused("这一段务工已被后来的情况取代，请刷新页面。")
    employment.known_to = max(on, employment.known_from)
    employment.save(update_fields=["known_to"])
    record(
        by=by,
        action="employment.withdraw",
        kind="person",
        ids=[employment.person.code],
        reason=reason[:200],
        detail={"row": employment.pk},
    )


def forget_employers(*, person_ids: Sequence[int]) -> int:
    """Take the employers' names of persons away, in the caller's transaction; how many rows."""
    return Employment.objects.filter(person__in=person_ids).update(employer="")

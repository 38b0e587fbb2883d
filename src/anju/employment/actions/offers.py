"""Openings put to people: offering one, what came of it, taking it back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.employment.actions import employments
from anju.employment.actions.refusing import reasoned
from anju.employment.matching import Barrier, Worker, barrier
from anju.employment.models import Channel, Offer, Reason, Result, Vacancy
from anju.employment.queries.vacancies import as_opening
from anju.employment.refusals import WorkRefused, WrongWork
from anju.registry.actions.superseding import supersede
from anju.registry.models import Household, Person

_TOLD = ("offered_on", "result", "reason", "answered_on", "started_on")


@transaction.atomic
def offer(
    *,
    by: Actor,
    on: date,
    household: Household,
    person: Person,
    worker: Worker,
    vacancy: Vacancy,
    source: str,
) -> Offer:
    """Note that an opening was put to a member on the day. `vacancy`: a row of `vacancies_for`;
    `worker`: what is known of the person; refused where they are not to be asked."""
    why = barrier(as_opening(vacancy), worker, on)
    if why is not None:
        raise WorkRefused(_barred(why))
    known = Offer.objects.filter(person=person, vacancy=vacancy, known_to__isnull=True)
    if known.exists():
        raise WorkRefused(_("这个岗位已经向此人推荐过了，请在原来那条登记结果。"))
    row = Offer.objects.create(
        household=household,
        person=person,
        vacancy=vacancy,
        offered_on=on,
        known_from=on,
        source=source,
    )
    _note(by, row, "offer.record", {"changes": between(Offer, {}, state(row, ("offered_on",)))})
    return row


@transaction.atomic
def answer(
    *,
    by: Actor,
    on: date,
    row: Offer,
    result: Result,
    answered_on: date,
    reason: str = "",
    started_on: date | None = None,
    monthly_wage: int | None = None,
    source: str,
) -> Offer:
    """What came of it. Taken: work begins in the labour ledger on `started_on`, wage in fen a month."""
    present = Offer.objects.select_for_update(of=("self",)).get(pk=row.pk)
    _check(present, on, result, answered_on, reason, started_on)
    if result is Result.TAKEN and started_on is not None:
        vacancy = present.vacancy
        employments.start(
            by=by,
            on=on,
            person=present.person,
            started_on=started_on,
            channel=_channel(vacancy),
            county_code=vacancy.division_code[:6],
            employer=vacancy.employer,
            monthly_wage=monthly_wage,
            source=source,
        )
    before = state(present, _TOLD)
    told = {
        "result": result,
        "reason": reason if result is Result.DECLINED else "",
        "answered_on": answered_on,
        "started_on": started_on if result is Result.TAKEN else None,
    }
    now = supersede(present, on=on, source=source, changes=told)
    _note(by, now, "offer.answer", {"changes": between(Offer, before, state(now, _TOLD))})
    return now


@transaction.atomic
def withdraw(*, by: Actor, on: date, row: Offer, reason: str) -> None:
    """Take back what was never so; it stays on record. Work that began by it is ended in the ledger."""
    if row.known_to is not None:
        raise WorkRefused(_("这一条已被后来的情况取代，请刷新页面。"))
    if row.result == Result.TAKEN:
        raise WorkRefused(_("已录用的推荐不能撤销；没有到岗的，请先在务工台账更正就业记录。"))
    said = reasoned(reason)
    row.known_to = max(on, row.known_from)
    row.save(update_fields=["known_to"])
    _note(by, row, "offer.withdraw", {"row": row.pk}, said)


def _check(
    row: Offer,
    on: date,
    result: Result,
    answered_on: date,
    reason: str,
    started_on: date | None,
) -> None:
    if row.known_to is not None:
        raise WorkRefused(_("这一条已被后来的情况取代，请刷新页面。"))
    if row.result == Result.TAKEN:
        raise WorkRefused(_("这次推荐已经录用；后来离岗的，请在务工台账登记结束。"))
    if result is Result.WAITING:
        raise WrongWork(_("请选择结果。"), "result")
    if answered_on < row.offered_on or answered_on > on:
        raise WrongWork(_("答复日期在推荐日期之后、今天之前，请核对。"), "answered_on")
    if result is Result.DECLINED and reason not in Reason.values:
        raise WrongWork(_("请选择不愿去的原因。"), "reason")
    if result is not Result.TAKEN:
        return
    if started_on is None or started_on < row.offered_on:
        raise WrongWork(_("请填到岗日期，不早于推荐日期。"), "started_on")
    if started_on > on:
        raise WrongWork(_("到岗日期还没有到，请到岗以后再登记。"), "started_on")


def _channel(vacancy: Vacancy) -> Channel:
    """Of which kind work there is, in the words of the ledger."""
    if vacancy.workshop_id is not None:
        return Channel.WORKSHOP
    is_here = vacancy.division_code[:6] == vacancy.county_code
    return Channel.LOCAL if is_here else Channel.MIGRANT


def _barred(why: Barrier) -> str:
    said = {
        Barrier.TOO_YOUNG: _("年龄不到岗位的要求，或未满 16 周岁，不能推荐。"),
        Barrier.TOO_OLD: _("年龄超过岗位的要求，不能推荐。"),
        Barrier.AT_SCHOOL: _("在校学生不推荐岗位。"),
        Barrier.NO_LABOUR: _("底册登记为没有劳动能力，不推荐岗位；有误的请先更正底册。"),
        Barrier.DOES_NOT_WANT: _("最近一次摸底没有就业意愿，不推荐岗位；有变化的请先登记意愿。"),
        Barrier.FULL: _("这个岗位已经招满，不能再推荐。"),
        Barrier.OVER: _("这个岗位已经截止，不能再推荐。"),
    }
    return said[why]


def _note(by: Actor, row: Offer, action: str, detail: dict[str, object], reason: str = "") -> None:
    record(
        by=by,
        action=action,
        kind="household",
        ids=[row.household.code],
        reason=reason,
        detail={**detail, "vacancy": row.vacancy_id},
        place=row.household.village_code,
    )

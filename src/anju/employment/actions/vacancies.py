"""Vacancies: entered by hand, put right, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import HIDDEN, between, state
from anju.employment import checking, phones
from anju.employment.actions.merged import changes
from anju.employment.actions.refusing import refuse
from anju.employment.models import Vacancy
from anju.employment.refusals import WrongWork

FIELDS: Final = (
    "employer", "workshop_id", "trade", "division_code", "address", "wanted", "filled", "wage_from",
    "wage_to", "age_from", "age_to", "needs_skill", "requirements", "keep", "contact", "opened_on",
    "closes_on",
)  # fmt: skip


@transaction.atomic
def add(
    *, by: Actor, on: date, county_code: str, values: Mapping[str, Any], phone: str, source: str
) -> Vacancy:
    """A vacancy nobody has told of yet; `values` are of `FIELDS`, `county_code` six digits."""
    vacancy = Vacancy(county_code=county_code, known_on=on, source=source)
    _put(vacancy, values)
    _check(vacancy, on)
    vacancy.save()
    _seal(vacancy, phone)
    _audit(by, "vacancy.add", vacancy, {}, bool(phone))
    return vacancy


@transaction.atomic
def correct(
    *,
    by: Actor,
    on: date,
    vacancy: Vacancy,
    seen: Mapping[str, Any],
    typed: Mapping[str, Any],
    phone: str,
    source: str,
) -> set[str]:
    """Put fields right; the names of those that changed. `seen`: the values they were typed over;
    `phone`: another number, empty where it stays."""
    present = Vacancy.objects.select_for_update(of=("self",)).get(pk=vacancy.pk)
    wanted = changes(present, FIELDS, seen, typed)
    if not wanted and not phone:
        return set()
    before = state(present, FIELDS)
    _put(present, wanted)
    _check(present, on)
    present.known_on, present.source = max(on, present.known_on), source
    present.save()
    _seal(present, phone)
    _audit(by, "vacancy.correct", present, before, bool(phone))
    return {*wanted, *(("phone",) if phone else ())}


def _put(vacancy: Vacancy, values: Mapping[str, Any]) -> None:
    """Set fields; a workshop's vacancy is at the workshop, under its name."""
    for name, value in values.items():
        setattr(vacancy, name, value)
    if vacancy.workshop is not None:
        vacancy.employer = vacancy.workshop.name
        vacancy.division_code = vacancy.workshop.division_code
    vacancy.employer, vacancy.trade = vacancy.employer.strip(), vacancy.trade.strip()


def _check(vacancy: Vacancy, on: date) -> None:
    if not vacancy.employer:
        raise WrongWork(_("请填用人单位，或选择帮扶车间。"), "employer")
    if not vacancy.division_code:
        raise WrongWork(_("请选择工作地。"), "division_code")
    refuse(checking.of_vacancy(state(vacancy, FIELDS), on))
    same = Vacancy.objects.filter(
        county_code=vacancy.county_code,
        employer=vacancy.employer,
        trade=vacancy.trade,
        division_code=vacancy.division_code,
        opened_on=vacancy.opened_on,
    )
    if same.exclude(pk=vacancy.pk).exists():
        raise WrongWork(_("这个单位同日发布的同一岗位已经登记过，请更正现有的一条。"), "trade")


def _seal(vacancy: Vacancy, phone: str) -> None:
    if phone:
        vacancy.phone_sealed = phones.sealed(vacancy, phone)
        vacancy.save(update_fields=["phone_sealed"])


def _audit(
    by: Actor, action: str, vacancy: Vacancy, before: Mapping[str, Any], has_phone: bool
) -> None:
    told = between(Vacancy, before, state(vacancy, FIELDS))
    if has_phone:
        told["phone_sealed"] = [None, HIDDEN]
    record(
        by=by,
        action=action,
        kind="vacancy",
        ids=[str(vacancy.pk)],
        detail={"changes": told},
        place=vacancy.division_code,
    )

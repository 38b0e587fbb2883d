"""Opening cases from leads, and what is set on a case beside its moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.rows import summary
from anju.casework import books, levels, queries
from anju.casework.actions import moves, opening
from anju.casework.actions.opening import NewCase
from anju.casework.models import Case, CaseKind, CaseState, Lead, LeadState
from anju.casework.queries import mandates, reopening
from anju.casework.refusals import CaseRefused
from anju.procedures.model import MonitoredClass
from anju.registry.models import Household

_AT_ONCE = 2_000


@transaction.atomic
def open_case(*, by: Actor, at: datetime, on: date, viewer: Viewer, lead: Lead) -> Case:
    """Open a case for the household of an open lead; all its open leads go along.

    Refused: a lead that ended, a household with a case under way (the lead is merged into it) or
    with one that may be taken up again, and whoever acts for no level there.
    """
    lead = queries.lead_for(viewer, lead.pk)
    household = lead.household
    if not levels.may_act(viewer, household):
        raise CaseRefused(_("您的岗位不能为这户立案。"))
    if lead.state != LeadState.OPEN:
        raise CaseRefused(_("这条线索已经办结，请刷新页面。"))
    again = reopening.reopenable(household, CaseKind.RELAPSE, on)
    if again is not None:
        raise CaseRefused(
            _("这户的风险消除不久，请在原案件 %(number)s 中“重新启动识别”，线索会一并转入。")
            % {"number": again.number}
        )
    leads = Lead.objects.filter(household=household, state=LeadState.OPEN)
    made = opening.create(by=by, at=at, on=on, kind=CaseKind.RELAPSE, wanted=_wanted(leads))
    if not made:
        raise CaseRefused(_("这户已有在办案件，请把线索并入那个案件。"))
    _end_leads(by, on, made)
    record(
        by=by,
        action="case.begin",
        kind="household",
        ids=[household.code],
        detail={"case": made[0].number},
        place=made[0].village_code,
    )
    return queries.case_for(viewer, made[0].number)


@transaction.atomic
def open_many(
    *, by: Actor, at: datetime, on: date, viewer: Viewer, leads: QuerySet[Lead]
) -> list[Case]:
    """Open a case for each household of these leads where the viewer acts; safe to repeat.

    Left out: households with a case under way, and those whose former case may be taken up again,
    which is done one by one. Returns the new cases.
    """
    homes = leads.filter(mandates.places(viewer), state=LeadState.OPEN).order_by()
    theirs = Household.objects.filter(pk__in=homes.values("household_id"))
    again = reopening.closed_not_long_ago(theirs, CaseKind.RELAPSE, on)
    open_ones = Lead.objects.filter(state=LeadState.OPEN, household__in=theirs)
    wanted = _wanted(open_ones.exclude(household_id__in=again.values("household_id")))
    cases = opening.create(by=by, at=at, on=on, kind=CaseKind.RELAPSE, wanted=wanted)
    _end_leads(by, on, cases)
    if cases:
        rows = summary([case.number] for case in cases)
        record(by=by, action="case.begin", kind="case", count=len(cases), detail={"rows": rows})
    return cases


@transaction.atomic
def set_kind(*, by: Actor, on: date, viewer: Viewer, case: Case, seen: int, kind: str) -> Case:
    """Say which kind of monitored household it is to become, while that is not decided.

    Refused: a kind that is closed for new households, or that contradicts the household's class.
    """
    case = moves.locked(viewer, case, seen)
    if not mandates.mandate_of(viewer, case).levels:
        raise CaseRefused(_("您的岗位不能确定这户的监测对象类别。"))
    if case.kind != CaseKind.RELAPSE or case.state != CaseState.CHECKING or not case.step:
        raise CaseRefused(_("案件不在识别中，类别不能再改。"))
    classes = {found.id: found for found in books.book_of(case, on).open_classes}
    chosen = classes.get(kind)
    if chosen is None:
        raise CaseRefused(
            _("请从现行类别中选择：%(names)s。") % {"names": _names(classes.values())}
        )
    if case.household.household_class not in chosen.household_classes:
        raise CaseRefused(
            _("这户登记为“%(class)s”，不能认定为“%(kind)s”。")
            % {"class": case.household.get_household_class_display(), "kind": chosen.name}
        )
    old, case.monitored_kind = case.monitored_kind, kind
    case.save(update_fields=["monitored_kind"])
    record(
        by=by,
        action="case.set_kind",
        kind="household",
        ids=[case.household.code],
        detail={"case": case.number, "changes": {"monitored_kind": [old, kind]}},
        place=case.village_code,
    )
    return case


def _wanted(leads: QuerySet[Lead]) -> list[NewCase]:
    """One new case for each household of these leads, with each risk and its first day."""
    homes: dict[int, NewCase] = {}
    rows = leads.order_by("household__village_code", "household_id", "id")
    values = rows.values_list("household_id", "household__village_code", "risk", "first_on")
    for household_id, village_code, risk, first_on in values.iterator():
        home = homes.setdefault(household_id, NewCase(household_id, village_code, {}))
        home.risks[risk] = min(first_on, home.risks.get(risk, first_on))
    return list(homes.values())


def _end_leads(by: Actor, on: date, cases: Sequence[Case]) -> None:
    """The open leads of these households are answered by their new cases."""
    theirs = Case.objects.filter(
        household=OuterRef("household"), kind=CaseKind.RELAPSE, closed_on__isnull=True
    )
    for start in range(0, len(cases), _AT_ONCE):
        homes = [case.household_id for case in cases[start : start + _AT_ONCE]]
        Lead.objects.filter(household_id__in=homes, state=LeadState.OPEN).update(
            state=LeadState.CASE,
            case_id=Subquery(theirs.values("pk")[:1]),
            ended_on=on,
            ended_by=by.username,
        )


def _names(classes: Iterable[MonitoredClass]) -> str:
    return "、".join(each.name for each in classes)

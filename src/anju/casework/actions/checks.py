"""What is written down on the way: signature, home check, comparison of data, village review.

Each is taken where the present step asks for it, from whoever acts at that step (home check and
signature also from whoever comes to the home); on the green channel also later. Nothing is changed
afterwards: what is done again is another row, and the last one counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.casework import books
from anju.casework.actions import moves
from anju.casework.models import Authorisation, Case, Comparison, HomeCheck, Review
from anju.casework.queries import mandates
from anju.casework.refusals import CaseRefused
from anju.procedures.model import Level

GUARANTEES: Final = ("education", "medical", "housing", "water")
"""What a home check answers one by one: schooling, medical insurance, the home, drinking water."""
_AT_HOME: Final[frozenset[Level]] = frozenset({"grid"})
_NOBODY: Final[frozenset[Level]] = frozenset()


@transaction.atomic
def authorise(
    *, by: Actor, on: date, viewer: Viewer, case: Case, signed_on: date, signed_by: str
) -> Authorisation:
    """The household signed that its data may be compared; before that nothing is compared."""
    case = _asking(viewer, case, "authorisation", _AT_HOME)
    _refuse_later(signed_on, on)
    _refuse_empty({_("签字人"): signed_by})
    made = Authorisation.objects.create(
        case=case,
        case_version=case.version,
        signed_on=signed_on,
        signed_by=signed_by.strip(),
        recorded_by=by.username,
    )
    _note(by, "case.authorise", case, row=made.pk)
    return made


@transaction.atomic
def withdraw_authorisation(*, by: Actor, on: date, viewer: Viewer, case: Case) -> int:
    """The household took its signature back: how many were valid. What was compared stays on record."""
    case = moves.held(viewer, case)
    _refuse_others(viewer, case, _AT_HOME | {"village"})
    valid = Authorisation.objects.filter(case=case, withdrawn_on__isnull=True)
    count = valid.update(withdrawn_on=on)
    if not count:
        raise CaseRefused(_("没有有效的授权，不必撤回。"))
    _note(by, "case.withdraw_authorisation", case, rows=count)
    return count


@transaction.atomic
def check_home(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    case: Case,
    checked_on: date,
    met: str,
    income_per_capita: int,
    rigid_spending: int,
    guarantees: Mapping[str, bool],
    own_means: str,
    has_risk: bool,
    values: Mapping[str, Any] | None = None,
    known: Mapping[str, Any] | None = None,
    note: str = "",
) -> HomeCheck:
    """Somebody was at the home: the four criteria together, money in fen a year.

    Refused: a criterion left open, a day to come. `values` and `known` are further answers and
    what the registers said while they were asked.
    """
    case = _asking(viewer, case, "home_check", _AT_HOME)
    _refuse_later(checked_on, on)
    _refuse_empty({_("接待核查的家庭成员"): met, _("自主应对能力"): own_means})
    if rigid_spending < 0:
        raise CaseRefused(_("支出填正数，请核对。"))
    if set(guarantees) != set(GUARANTEES):
        raise CaseRefused(_("“三保障”和饮水安全请逐项填写。"))
    made = HomeCheck.objects.create(
        case=case,
        case_version=case.version,
        procedure=case.procedure,
        checked_on=checked_on,
        checked_by=by.username,
        met=met.strip(),
        income_per_capita=income_per_capita,
        rigid_spending=rigid_spending,
        guarantees=dict(guarantees),
        own_means=own_means.strip(),
        values=dict(values or {}),
        known=dict(known or {}),
        has_risk=has_risk,
        note=note.strip(),
    )
    _note(by, "case.check_home", case, row=made.pk)
    return made


@transaction.atomic
def compare(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    case: Case,
    compared_on: date,
    hints: Sequence[Mapping[str, Any]],
) -> Comparison:
    """Data were compared; each hint of means is a mapping with `what` and, once asked, a `note`.

    Refused before the household signed, unless its case goes by the green channel.
    """
    case = _asking(viewer, case, "comparison", _NOBODY)
    _refuse_later(compared_on, on)
    signed = Authorisation.objects.filter(
        case=case, withdrawn_on__isnull=True, signed_on__lte=compared_on
    )
    if not case.is_green_channel and not signed.exists():
        raise CaseRefused(_("农户签署承诺授权书之后才能比对数据，请先登记授权。"))
    made = Comparison.objects.create(
        case=case,
        case_version=case.version,
        compared_on=compared_on,
        compared_by=by.username,
        hints=[dict(hint) for hint in hints],
    )
    _note(by, "case.compare", case, row=made.pk, hints=len(made.hints))
    return made


@transaction.atomic
def explain(
    *, by: Actor, on: date, viewer: Viewer, case: Case, hints: Sequence[Mapping[str, Any]]
) -> Comparison:
    """Say of each hint of the last comparison what was found when it was asked about.

    The same hints in the same order, each with its `note` and whether it matters; kept as a
    comparison of its own, with the day of the first.
    """
    case = _asking(viewer, case, "hints_explained", _AT_HOME)
    last = case.comparisons.order_by("compared_on", "id").last()
    if last is None or [each.get("what") for each in last.hints] != [
        each.get("what") for each in hints
    ]:
        raise CaseRefused(_("比对提示已有变化，请刷新页面后再填写说明。"))
    made = Comparison.objects.create(
        case=case,
        case_version=last.case_version,
        compared_on=last.compared_on,
        compared_by=by.username,
        hints=[dict(hint) for hint in hints],
    )
    _note(by, "case.explain", case, row=made.pk, hints=len(made.hints))
    return made


@transaction.atomic
def review(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    case: Case,
    held_on: date,
    entitled: int,
    present: int,
    in_favour: int,
    against: int,
    minutes: str,
    place: str = "",
    chair: str = "",
) -> Review:
    """The village met about the household: who was there, how they voted, what was said."""
    case = _asking(viewer, case, "review", _NOBODY)
    _refuse_later(held_on, on)
    _refuse_empty({_("评议记录"): minutes})
    if min(entitled, present, in_favour, against) < 0 or not present:
        raise CaseRefused(_("请填写应到、实到人数和票数。"))
    if present > entitled or in_favour + against > present:
        raise CaseRefused(_("实到人数不能多于应到人数，票数之和不能多于实到人数，请核对。"))
    made = Review.objects.create(
        case=case,
        case_version=case.version,
        procedure=case.procedure,
        held_on=held_on,
        place=place.strip(),
        chair=chair.strip(),
        entitled=entitled,
        present=present,
        in_favour=in_favour,
        against=against,
        minutes=minutes.strip(),
        recorded_by=by.username,
    )
    _note(by, "case.review", case, row=made.pk)
    return made


def _asking(viewer: Viewer, case: Case, requirement: str, also: frozenset[Level]) -> Case:
    """The case as it is now; refuses where its step does not ask for this, or asks somebody else."""
    held = moves.held(viewer, case)
    procedure = books.procedure_of(held)
    steps = [procedure.step(held.step)] if held.step else []
    if held.is_green_channel and held.closed_on is None:
        steps = list(procedure.steps)
    asking = [
        action
        for step in steps
        for action in step.actions
        if requirement in (*action.needs, *action.later)
    ]
    if not asking:
        raise CaseRefused(_("当前环节不需要登记这一项，请刷新页面。"))
    _refuse_others(viewer, held, also.union(*(action.by for action in asking)))
    return held


def _refuse_others(viewer: Viewer, case: Case, levels: frozenset[Level]) -> None:
    if not levels & mandates.mandate_of(viewer, case).levels:
        raise CaseRefused(_("您的岗位不办理这户的这一环节。"))


def _refuse_later(day: date, on: date) -> None:
    if day > on:
        raise CaseRefused(_("%(day)s 还没有到，请核对日期。") % {"day": day})


def _refuse_empty(texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        if not text.strip():
            raise CaseRefused(_("请填写“%(name)s”。") % {"name": name})


def _note(by: Actor, action: str, case: Case, **detail: int) -> None:
    record(
        by=by,
        action=action,
        kind="household",
        ids=[case.household.code],
        detail={"case": case.number, **detail},
        place=case.village_code,
    )

"""One project: what it is, how far it is, its money, its labour pay, what it still owes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.places import queries as places
from anju.projects import owing
from anju.projects.facts import ORDER
from anju.projects.models import (
    FundSource,
    Payment,
    PaymentKind,
    Project,
    ProjectProgress,
    ProjectStep,
    Step,
)
from anju.projects.owing import Money
from anju.projects.queries import history, project_for
from anju.projects.queries.history import Correction
from anju.web import words
from anju.web.access import requires
from anju.web.lists.declaration import Text
from anju.web.projects import wording


@dataclass(frozen=True)
class StepShown:
    """A step, and the row that tells when it was reached."""

    name: Text
    row: ProjectStep | None


@dataclass(frozen=True)
class CorrectionShown:
    """A correction in words."""

    on: date
    what: str
    before: str
    after: str
    source: str


@requires(Permission.VIEW_HOUSEHOLDS)
@require_GET
def page(request: HttpRequest, project_id: int) -> HttpResponse:
    """The page of a project."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    project = project_or_404(viewer, project_id)
    money = Money(history.funds(project), history.payments(project))
    seen: list[ProjectProgress] = history.progress(project)
    names = places.names([project.division_code])
    due = owing.labour_due(project, money)
    owed = owing.owed(project, money, viewer.on, has_progress=bool(seen))
    context = {
        "project": project,
        "place_name": wording.place(project.division_code, names),
        "steps": _steps(project),
        "progress": seen,
        "funds": [(FundSource(name).label, amount) for name, amount in _ordered(money.funds)],
        "money": money,
        "paid_share": wording.share(money.paid, money.approved),
        "payments": money.payments,
        "labour_due": due,
        "labour_share": wording.share(money.labour, money.approved),
        "workers": _workers(money.payments),
        "owed": [wording.owed(each) for each in owed],
        "corrections": [_shown(each) for each in history.corrections(project)],
        "may_edit": wording.may_edit(viewer, project),
    }
    return render(request, "web/projects/page.html", context)


def project_or_404(viewer: Viewer, project_id: int) -> Project:
    """A project that the viewer may see."""
    try:
        return project_for(viewer, project_id)
    except Project.DoesNotExist:
        raise Http404 from None


def _ordered(funds: dict[str, int]) -> list[tuple[str, int]]:
    return [(fund, funds[fund]) for fund in FundSource if fund in funds]


def _steps(project: Project) -> list[StepShown]:
    """Every step in order with its day; that it was dropped only where it was."""
    rows = history.steps(project)
    shown = [StepShown(step.label, rows.get(step)) for step in ORDER]
    if Step.DROPPED in rows:
        shown.append(StepShown(Step.DROPPED.label, rows[Step.DROPPED]))
    return shown


def _workers(payments: Sequence[Payment]) -> tuple[int, int] | None:
    """Person-times that were paid, and of them relocated people's; None where nobody counted."""
    counted = [each for each in payments if each.workers is not None]
    if not counted:
        return None
    return (
        sum(each.workers or 0 for each in counted),
        sum(each.relocated_workers or 0 for each in counted),
    )


def _shown(each: Correction) -> CorrectionShown:
    what, say = _WHAT[each.model](each.name)
    return CorrectionShown(each.on, what, say(each.before), say(each.after), each.source)


def _of_record(name: str) -> tuple[str, Any]:
    field = Project._meta.get_field("site" if name == "site_id" else name)
    choices = dict(field.flatchoices)  # type: ignore[union-attr]

    def say(value: Any) -> str:
        if isinstance(value, bool):
            return _("是") if value else _("否")
        return _plain(choices.get(value, value))

    return str(field.verbose_name), say  # type: ignore[union-attr]


def _of_payment(voucher: str) -> tuple[str, Any]:
    def say(row: Payment | None) -> str:
        if row is None:
            return _("已撤销")
        kind = PaymentKind(row.kind).label
        return f"{row.paid_on} {kind} {words.yuan(row.amount)}"

    return _("支付 %(voucher)s") % {"voucher": voucher}, say


def _plain(value: Any) -> str:
    return str(words.NONE) if value in (None, "") else str(value)


def _taken_back(value: Any) -> str:
    return _("已撤销") if value is None else str(value)


_WHAT: dict[str, Any] = {
    "record": _of_record,
    "projectstep": lambda step: (
        _("%(step)s日期") % {"step": Step(step).label}, _taken_back,
    ),
    "funding": lambda fund: (
        FundSource(fund).label,
        lambda amount: _taken_back(None if amount is None else words.yuan(amount)),
    ),
    "projectprogress": lambda day: (
        _("%(day)s 形象进度") % {"day": day},
        lambda percent: _taken_back(None if percent is None else f"{percent}%"),
    ),
    "payment": _of_payment,
}  # fmt: skip

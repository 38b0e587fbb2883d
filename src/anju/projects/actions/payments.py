"""Payments typed by hand: a new one, one put right, one taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.projects.actions import library
from anju.projects.models import Payment, Project, ProjectStep, Step
from anju.projects.payment_checks import problem_of
from anju.projects.refusals import ProjectRefused

REASON_LENGTH = 4
_VALUES: Final = (
    "voucher", "paid_on", "kind", "amount", "payee", "workers", "relocated_workers",
)  # fmt: skip
_REASONS: Final = {
    "amount_zero": gettext_lazy("支付金额填大于 0 的数，退款请更正原来的一笔。"),
    "paid_before_entry": gettext_lazy("支付日期早于项目入库日期，请核对两个日期。"),
    "workers_of_no_labour": gettext_lazy("只有劳务报酬才填领取人数，请清除人数，或改支付类别。"),
    "relocated_above_workers": gettext_lazy("搬迁群众人数不能多于领取劳务报酬人数，请核对两个数。"),
}


@transaction.atomic
def pay(
    *,
    by: Actor,
    on: date,
    project: Project,
    values: Mapping[str, Any],
    source: str,
    old: Payment | None = None,
) -> None:
    """Write a payment, new or in the place of `old`. Refused: a voucher that is there already, a day
    that is still to come, what cannot be so, and a payment somebody else changed meanwhile."""
    Project.objects.select_for_update().get(pk=project.pk)
    _refuse(project, values, on)
    if old is not None and not Payment.objects.filter(pk=old.pk, known_to__isnull=True).exists():
        raise ProjectRefused(_("这一笔已被后来的情况取代，请刷新页面，改现在的一笔。"))
    same = Payment.objects.filter(
        project=project, voucher=values["voucher"], kind=values["kind"], known_to__isnull=True
    )
    if same.exclude(pk=old.pk if old else None).exists():
        raise ProjectRefused(_("这个凭证号的同类支付已登记，请更正那一笔，或核对凭证号。"))
    before = state(old, _VALUES) if old is not None else {}
    if old is not None and (before["voucher"], before["kind"]) != (
        values["voucher"],
        values["kind"],
    ):
        Payment.objects.filter(pk=old.pk).update(known_to=max(on, old.known_from))
        old = None
    new = Payment(project=project, **values)
    library.write_payments(known_on=on, source=source, entries=[(new, old)])
    _record(by, "project.payment", project, between(Payment, before, values))


@transaction.atomic
def withdraw(*, by: Actor, on: date, payment: Payment, reason: str) -> None:
    """Take back a payment that was never made; it stays on record as having been known until then."""
    reason = reason.strip()
    if payment.known_to is not None:
        raise ProjectRefused(_("这一笔已被后来的情况取代，请刷新页面。"))
    if len(reason) < REASON_LENGTH:
        raise ProjectRefused(
            _("请写明撤销理由，至少 %(length)s 个字，例如“重复登记”。") % {"length": REASON_LENGTH}
        )
    payment.known_to = max(on, payment.known_from)
    payment.save(update_fields=["known_to"])
    _record(by, "project.payment_withdraw", payment.project, {}, reason[:200])


def _refuse(project: Project, values: Mapping[str, Any], on: date) -> None:
    if values["paid_on"] > on:
        raise ProjectRefused(
            _("支付日期 %(day)s 还没有到，请核对日期。") % {"day": values["paid_on"]}
        )
    entered = ProjectStep.objects.filter(
        project=project, step=Step.ENTERED, known_to__isnull=True
    ).values_list("reached_on", flat=True)
    problem = problem_of(values, entered.first())
    if problem is not None:
        raise ProjectRefused(str(_REASONS[problem]))


def _record(
    by: Actor, action: str, project: Project, changes: Mapping[str, Any], reason: str = ""
) -> None:
    record(
        by=by,
        action=action,
        kind="project",
        ids=[project.pk],
        reason=reason,
        detail={"changes": dict(changes)},
        place=project.division_code,
    )

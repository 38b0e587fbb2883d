"""Villages: which class they are in from which day, and that they reached its standard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.duties.models import Plan
from anju.language import in_language
from anju.supervision import books
from anju.supervision.book_model import ClassOfVillages
from anju.supervision.models import VillageAttainment, VillageClass
from anju.supervision.queries import may_inspect
from anju.supervision.refusals import SupervisionRefused


@transaction.atomic
def classify(
    *,
    by: Actor,
    viewer: Viewer,
    plan: Plan,
    division_code: str,
    code: str,
    basis: str,
    valid_from: date,
) -> VillageClass:
    """Put a village into a class from a day on; the class before ends that day.

    Refused: no such class, no basis, a day not after that of the class before.
    """
    _refuse(viewer, plan, division_code, code)
    if not basis.strip():
        raise SupervisionRefused(_("请填写分类依据，例如文件名称和文号。"))
    rows = VillageClass.objects.select_for_update()
    before = rows.filter(plan=plan, division_code=division_code, valid_to__isnull=True).first()
    if before is not None:
        if before.code == code:
            raise SupervisionRefused(_("这个村已经是这一类。"))
        if valid_from <= before.valid_from:
            told = {"day": before.valid_from}
            raise SupervisionRefused(_("起始日期应晚于现有分类的起始日期 %(day)s。") % told)
        before.valid_to = valid_from
        before.save(update_fields=["valid_to"])
    row = VillageClass.objects.create(
        plan=plan,
        division_code=division_code,
        code=code,
        basis=basis.strip(),
        valid_from=valid_from,
        recorded_by=by.username,
    )
    _note(by, "village_class.set", row.division_code, plan, code)
    return row


@transaction.atomic
def attain(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    plan: Plan,
    division_code: str,
    code: str,
    met: Sequence[str],
    reached_on: date,
    words: str,
) -> VillageAttainment:
    """Write down that a village meets every standard of a class.

    Refused: a standard that is not met, nothing said of the check, a day to come, written before.
    """
    wanted = _refuse(viewer, plan, division_code, code)
    missing = [each for each in wanted.standards if each.id not in met]
    if missing:
        told = "、".join(in_language(each.zh, each.en) for each in missing)
        raise SupervisionRefused(_("还有标准没有达到：%(told)s。") % {"told": told})
    if not words.strip():
        raise SupervisionRefused(_("请写明由谁核验、怎样核验。"))
    if reached_on > on:
        raise SupervisionRefused(_("达标日期不能晚于今天。"))
    if VillageAttainment.objects.filter(plan=plan, division_code=division_code, code=code).exists():
        raise SupervisionRefused(_("这个村已经认定达标。"))
    row = VillageAttainment.objects.create(
        plan=plan,
        division_code=division_code,
        code=code,
        met=[each.id for each in wanted.standards],
        reached_on=reached_on,
        words=words.strip(),
        recorded_by=by.username,
    )
    _note(by, "village_class.attain", division_code, plan, code)
    return row


def _refuse(viewer: Viewer, plan: Plan, division_code: str, code: str) -> ClassOfVillages:
    if not may_inspect(viewer, division_code):
        raise SupervisionRefused(_("您的岗位不能认定这个村。"))
    found = books.book_of_plan(plan).village_class(code)
    if found is None:
        raise SupervisionRefused(_("方案的政策包没有这个村庄类别。"))
    return found


def _note(by: Actor, action: str, division_code: str, plan: Plan, code: str) -> None:
    record(
        by=by,
        action=action,
        kind="village_class",
        ids=[division_code],
        detail={"plan": plan.pk, "class": code},
        place=division_code,
    )

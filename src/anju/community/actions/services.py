"""Writing down which services a site or village has: entered, put right, ended, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actions import record as audit
from anju.audit.actor import Actor
from anju.audit.changes import between, state
from anju.community import book
from anju.community.models import ServicePoint
from anju.community.queries import may_keep, service_for
from anju.community.refusals import CommunityRefused
from anju.places.models import Site
from anju.privacy.masking import holds_a_number
from anju.registry.actions.superseding import supersede

FIELDS: Final = ("is_there", "name", "address", "hours", "keeper", "staff", "since", "until")
_WORDS: Final = {"name": 80, "address": 120, "hours": 80, "keeper": 80}


@transaction.atomic
def record(
    *,
    by: Actor,
    on: date,
    viewer: Viewer,
    kind: str,
    village_code: str,
    site: Site | None,
    values: Mapping[str, Any],
) -> ServicePoint:
    """What a place has, or was found not to have. Refused: the same standing there already."""
    if book.own_book().service(kind) is None:
        raise CommunityRefused(_("请选择服务类别。"))
    village = site.village_code if site else village_code
    _refuse_others(viewer, village)
    wanted = _checked(values, on)
    there = ServicePoint.objects.filter(
        kind=kind, village_code=village, site=site, known_to__isnull=True, until__isnull=True
    )
    if there.filter(is_there=True, name=wanted["name"]).exists():
        raise CommunityRefused(_("这里已经登记了同名的这项服务，请改那一条。"))
    if not wanted["is_there"] and there.filter(is_there=True).exists():
        raise CommunityRefused(_("这里登记着这项服务，请先填它的停用日期。"))
    for found in there.filter(is_there=False):
        supersede(found, on=on, source=by.username, changes={"until": _end_of(found, wanted)})
    row = ServicePoint.objects.create(
        kind=kind, village_code=village, site=site, known_from=on, source=by.username, **wanted
    )
    _audit(by, "record", row, {}, state(row, FIELDS))
    return row


@transaction.atomic
def correct(
    *, by: Actor, on: date, viewer: Viewer, row: ServicePoint, values: Mapping[str, Any]
) -> ServicePoint:
    """It was noted wrongly, or has changed or ended; what was known before stays on record."""
    found = _held(viewer, row)
    before = state(found, FIELDS)
    wanted = _checked({**before, **values}, on)
    now = supersede(found, on=on, source=by.username, changes=wanted)
    _audit(by, "correct", now, before, state(now, FIELDS))
    return now


@transaction.atomic
def withdraw(*, by: Actor, on: date, viewer: Viewer, row: ServicePoint, reason: str) -> None:
    """Take back what was never so; it stays on record as having been known until then."""
    found = _held(viewer, row)
    said = reason.strip()[:200]
    if len(said) < 4:
        raise CommunityRefused(_("请写明原因，至少 4 个字。"))
    found.known_to = max(on, found.known_from)
    found.save(update_fields=["known_to"])
    audit(
        by=by,
        action="service_point.withdraw",
        kind="service_point",
        ids=[found.pk],
        reason=said,
        place=found.village_code,
    )


def _held(viewer: Viewer, row: ServicePoint) -> ServicePoint:
    found = ServicePoint.objects.select_for_update().get(pk=service_for(viewer, row.pk).pk)
    _refuse_others(viewer, found.village_code)
    return found


def _refuse_others(viewer: Viewer, village_code: str) -> None:
    if not may_keep(viewer, village_code):
        raise CommunityRefused(_("您的岗位不能登记这个地点的服务。"))


def _end_of(found: ServicePoint, wanted: Mapping[str, Any]) -> date:
    """What was found not to be there is so until the day on which it came."""
    since: date = wanted["since"]
    return max(since, found.since)


def _checked(values: Mapping[str, Any], on: date) -> dict[str, Any]:
    wanted = {name: values.get(name) for name in FIELDS}
    for name, most in _WORDS.items():
        words = str(wanted[name] or "").strip()
        if holds_a_number(words):
            raise CommunityRefused(_("不要写证件号码、电话和银行账号。"))
        wanted[name] = words[:most]
    if wanted["since"] is None:
        raise CommunityRefused(_("请填写启用日期；没有这项服务的填核实日期。"))
    if wanted["since"] > on or (wanted["until"] is not None and wanted["until"] > on):
        raise CommunityRefused(_("日期不能晚于今天。"))
    if wanted["until"] is not None and wanted["until"] < wanted["since"]:
        raise CommunityRefused(_("停用日期不能早于启用日期。"))
    if wanted["staff"] is not None and not 0 <= wanted["staff"] <= 999:
        raise CommunityRefused(_("工作人员人数填 0 到 999 的整数。"))
    if not wanted["is_there"]:
        wanted |= {"staff": None, "hours": "", "keeper": "", "name": ""}
    return wanted


def _audit(
    by: Actor, action: str, row: ServicePoint, before: dict[str, Any], after: dict[str, Any]
) -> None:
    audit(
        by=by,
        action=f"service_point.{action}",
        kind="service_point",
        ids=[row.pk],
        detail={"kind": row.kind, "changes": between(ServicePoint, before, after)},
        place=row.village_code,
    )

"""Words and addresses of projects on screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.places import queries as places
from anju.projects.models import Project
from anju.projects.owing import Owed, Owing
from anju.web import words

_OWED: Mapping[Owing, Any] = {
    Owing.START: _("计划 %(day)s 开工，还没有开工"),
    Owing.FINISH: _("计划 %(day)s 完工，已逾期"),
    Owing.ACCEPTANCE: _("%(day)s 已完工，还没有验收"),
    Owing.HAND_OVER: _("%(day)s 已验收，还没有移交"),
    Owing.FUNDS: _("已开工，没有登记批复资金"),
    Owing.OVERPAID: _("支付超出批复资金 %(amount)s 元，请核对支付台账和批复文件"),
    Owing.LABOUR_PAY: _("劳务报酬还差 %(amount)s 元"),
    Owing.HEADCOUNT: _("%(count)s 笔劳务报酬没有登记领取人数"),
    Owing.PROGRESS: _("已开工，没有登记形象进度"),
}


def owed(each: Owed) -> str:
    """One thing owed, in words."""
    said = {
        "day": each.since,
        "amount": None if each.amount is None else words.yuan(each.amount),
        "count": each.count,
    }
    return str(_OWED[each.what]) % said


def address(project: Project) -> str:
    """The page of a project."""
    return reverse("web:project", args=[project.pk])


def may_edit(viewer: Viewer, project: Project) -> bool:
    """Whether the viewer may correct the project."""
    return viewer.scope_for(Permission.EDIT_REGISTERS).covers(project.division_code)


def place(code: str, names: places.Names) -> str:
    """The village with its town, the town, or the county."""
    return names.village(code) or code


def share(part: int, whole: int) -> str:
    """A part as a percentage with one decimal; empty where there is no whole."""
    if not whole:
        return ""
    tenths = (part * 2_000 + whole) // (whole * 2)
    return f"{tenths // 10}.{tenths % 10}%"


def source(viewer: Viewer) -> str:
    """Where a value came from that was typed on a page."""
    return gettext("%(name)s（%(username)s）页面填写") % {
        "name": viewer.name[:60],
        "username": viewer.username[:40],
    }

"""What every page needs: who is signed in and the areas they may open."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from anju.accounts.permissions import Permission as P


@dataclass(frozen=True)
class Place:
    """One entry of the side navigation."""

    label: str | Promise
    icon: str
    name: str
    permission: P | tuple[P, ...] | None = None  # of several, any one

    def is_for(self, permissions: frozenset[P]) -> bool:
        """Whether who may do this may open it."""
        if self.permission is None:
            return True
        wanted = self.permission if isinstance(self.permission, tuple) else (self.permission,)
        return not permissions.isdisjoint(wanted)


@dataclass(frozen=True)
class Shown:
    """An entry the viewer may open."""

    label: str | Promise
    icon: str
    address: str
    is_current: bool


AREAS: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    (
        "",
        (
            Place(_("工作台"), "layout-dashboard", "web:desk"),
            Place(
                _("驾驶舱"),
                "chart-bar",
                "web:cockpit",
                (P.VIEW_FINDINGS, P.VIEW_CASES, P.VIEW_DUTIES),
            ),
            Place(_("我的视图"), "list-check", "web:saved-views"),
        ),
    ),
    (
        _("底册"),
        (
            Place(_("农户"), "users", "web:households", P.VIEW_HOUSEHOLDS),
            Place(_("安置点"), "building-community", "web:sites", P.VIEW_HOUSEHOLDS),
            Place(
                pgettext_lazy("navigation", "项目"),
                "clipboard-list",
                "web:projects",
                P.VIEW_HOUSEHOLDS,
            ),
            Place(_("资产"), "home", "web:assets", P.VIEW_HOUSEHOLDS),
            Place(_("在业人员"), "users", "web:labour-work", P.VIEW_HOUSEHOLDS),
            Place(_("劳动力意愿"), "users", "web:labour", P.VIEW_HOUSEHOLDS),
            Place(_("就业培训"), "list-check", "web:trainings", P.VIEW_HOUSEHOLDS),
            Place(
                pgettext_lazy("navigation", "公益性岗位"),
                "users",
                "web:welfare-posts",
                P.VIEW_HOUSEHOLDS,
            ),
            Place(
                pgettext_lazy("navigation", "就业帮扶车间"),
                "building-community",
                "web:workshops",
                P.VIEW_HOUSEHOLDS,
            ),
            Place(_("岗位需求"), "clipboard-list", "web:vacancies", P.VIEW_HOUSEHOLDS),
        ),
    ),
    (
        _("监测"),
        (
            Place(_("研判"), "calendar", "web:runs", P.VIEW_FINDINGS),
            Place(_("预警"), "alert-triangle", "web:findings", P.VIEW_FINDINGS),
            Place(_("比较"), "git-compare", "web:compare", P.VIEW_FINDINGS),
            Place(pgettext_lazy("navigation", "政策"), "info-circle", "web:policies"),
        ),
    ),
    (
        _("帮扶"),
        (
            Place(_("线索"), "flag", "web:leads", P.VIEW_CASES),
            Place(_("案件"), "clipboard-list", "web:cases", P.VIEW_CASES),
            Place(pgettext_lazy("navigation", "回访"), "calendar", "web:follow-ups", P.VIEW_CASES),
            Place(_("动态清零"), "list-check", "web:clearing", P.VIEW_CASES),
            Place(_("求职人员"), "users", "web:seekers", P.VIEW_HOUSEHOLDS),
            Place(
                pgettext_lazy("navigation", "补贴"),
                "clipboard-list",
                "web:benefits",
                P.VIEW_BENEFITS,
            ),
            Place(_("待培训"), "flag", "web:training-owed", P.VIEW_HOUSEHOLDS),
            Place(_("办理统计"), "chart-bar", "web:figures", P.VIEW_CASES),
            Place(_("公示"), "eye", "web:notices", P.VIEW_CASES),
            Place(_("自主申报"), "inbox", "web:self-reports", P.REPORT_LEADS),
            Place(_("文书模板"), "file-text", "web:papers", P.MANAGE_PAPERS),
            Place(_("工作日历"), "calendar", "web:holidays", P.MANAGE_CALENDAR),
        ),
    ),
    (
        _("社区"),
        (
            Place(_("诉求"), "inbox", "web:requests", P.HANDLE_REQUESTS),
            Place(_("服务"), "list-check", "web:services", P.VIEW_HOUSEHOLDS),
            Place(_("维修基金"), "home", "web:funds", P.VIEW_HOUSEHOLDS),
        ),
    ),
    (
        _("责任"),
        (
            Place(pgettext_lazy("navigation", "方案"), "file-text", "web:plans", P.VIEW_DUTIES),
            Place(_("任务"), "list-check", "web:tasks", P.VIEW_DUTIES),
            Place(_("包点"), "map-pin", "web:assignments", P.VIEW_DUTIES),
            Place(_("指标"), "chart-bar", "web:indicators", P.VIEW_DUTIES),
            Place(_("督查"), "search", "web:supervisions", P.VIEW_DUTIES),
            Place(
                pgettext_lazy("navigation", "问题"), "alert-triangle", "web:problems", P.VIEW_DUTIES
            ),
            Place(_("验收"), "check", "web:acceptances", P.VIEW_DUTIES),
            Place(_("报告"), "file-spreadsheet", "web:reports", P.VIEW_DUTIES),
        ),
    ),
    (
        _("数据"),
        (
            Place(_("导入"), "database-import", "web:imports", P.IMPORT_FILES),
            Place(_("质检"), "list-search", "web:quality", P.VIEW_HOUSEHOLDS),
            Place(_("一次填报"), "list-check", "web:enter-once", P.VIEW_HOUSEHOLDS),
            Place(pgettext_lazy("navigation", "报送"), "upload", "web:outgoing", P.EXPORT_LISTS),
            Place(
                pgettext_lazy("navigation", "导出"),
                "download",
                "web:exports",
                (P.EXPORT_LISTS, P.APPROVE_EXPORTS),
            ),
            Place(_("撤并"), "map-pin", "web:recodings", P.MANAGE_PLACES),
        ),
    ),
    (
        _("人员"),
        (
            Place(_("用户"), "users", "web:users", P.MANAGE_USERS),
            Place(_("单位"), "building-community", "web:units", P.MANAGE_USERS),
            Place(_("登录锁定"), "lock", "web:locks", P.MANAGE_USERS),
            Place(_("接口令牌"), "plug-connected", "web:tokens", P.MANAGE_USERS),
        ),
    ),
    (_("审计"), (Place(_("审计记录"), "list-search", "web:audit", P.VIEW_AUDIT),)),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Names shared by all templates."""
    viewer = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "areas": SimpleLazyObject(lambda: _areas(request.path, viewer)),
    }


def _areas(path: str, viewer: Any) -> str:
    """Areas and their pages, without what the viewer may not open."""
    if viewer is None:
        return ""
    current = tuple(address for address in _addresses() if _is_current(path, address))
    return _markup(viewer.permissions, current, get_language(), static("dist/icons.svg"))


@cache
def _addresses() -> tuple[str, ...]:
    return tuple(reverse(place.name) for _title, places in AREAS for place in places)


@lru_cache(maxsize=512)
def _markup(
    permissions: frozenset[P], current: tuple[str, ...], language: str, icons: str
) -> SafeString:
    """The same for all who may do the same: a tenth of a page's time, were it made for each."""
    areas = []
    for title, places in AREAS:
        shown = [
            Shown(place.label, place.icon, address, address in current)
            for place in places
            if place.is_for(permissions)
            for address in [reverse(place.name)]
        ]
        if shown:
            areas.append((title, shown))
    return render_to_string("web/_areas.html", {"areas": areas})


def _is_current(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)

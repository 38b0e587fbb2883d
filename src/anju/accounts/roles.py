"""Roles as data: what each allows, and how big a place it is held in.

The three administrators (系统、安全、审计) are kept apart, as GB/T 22239 asks: none of them sees
households, and nobody holds two of these posts at once.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from anju.accounts.permissions import Permission as P


class Reach(StrEnum):
    """How big a place a post of this role covers."""

    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its id in the database, its name, where it is held, what it allows."""

    id: str
    name_zh: str
    reach: Reach
    permissions: frozenset[P]
    is_administrator: bool = False

    @property
    def name(self) -> str:
        """What it is called on screen, in the language in use."""
        return gettext(self.name_zh)


_READ = frozenset({P.VIEW_HOUSEHOLDS, P.VIEW_FINDINGS})
_DUTIES = frozenset({P.VIEW_DUTIES, P.REPORT_PROGRESS, P.WRITE_REPORTS})
_PAYING = frozenset({P.VIEW_BENEFITS, P.APPROVE_BENEFITS, P.PAY_BENEFITS})
_AT_HOMES = frozenset({P.VIEW_CASES, P.REPORT_LEADS, P.CHECK_HOMES})
_REQUESTS = frozenset({P.VIEW_REQUESTS, P.HANDLE_REQUESTS})

LEAD_BUREAU = Role(
    "lead_bureau",
    _("县级牵头部门"),
    Reach.COUNTY,
    _READ
    | _DUTIES
    | _PAYING
    | _REQUESTS
    | {
        P.KEEP_COMMUNITY,
        P.MANAGE_PLANS,
        P.CHECK_PROGRESS,
        P.INSPECT,
        P.ISSUE_REPORTS,
        P.RUN_MONITORING,
        P.IMPORT_FILES,
        P.EXPORT_LISTS,
        P.APPROVE_EXPORTS,
        P.REVEAL_IDENTITY,
        P.VIEW_HEALTH,
        P.EDIT_REGISTERS,
        P.VIEW_JOBS,
        P.VIEW_CASES,
        P.REPORT_LEADS,
        P.ACT_IN_COUNTY,
        P.MANAGE_CALENDAR,
        P.MANAGE_PAPERS,
    },
)
COUNTY_LEADER = Role(
    "county_leader",
    _("县领导"),
    Reach.COUNTY,
    _READ
    | _REQUESTS
    | {P.APPROVE_EXPORTS, P.VIEW_BENEFITS, P.VIEW_CASES, P.VIEW_DUTIES, P.ISSUE_REPORTS},
)
DEPARTMENT = Role(
    "department",
    _("行业部门"),
    Reach.COUNTY,
    _READ | _DUTIES | _PAYING | {P.IMPORT_FILES, P.REPORT_LEADS, P.HANDLE_REQUESTS},
)
TOWN = Role(
    "town",
    _("乡镇"),
    Reach.TOWN,
    _READ
    | _DUTIES
    | _REQUESTS
    | {
        P.KEEP_COMMUNITY,
        P.EXPORT_LISTS,
        P.APPROVE_EXPORTS,
        P.REVEAL_IDENTITY,
        P.VIEW_HEALTH,
        P.EDIT_REGISTERS,
        P.VIEW_CASES,
        P.REPORT_LEADS,
        P.ACT_IN_TOWN,
        P.VIEW_BENEFITS,
        P.CHECK_BENEFITS,
    },
)
VILLAGE = Role(
    "village",
    _("村（社区）"),
    Reach.VILLAGE,
    _READ
    | _AT_HOMES
    | _REQUESTS
    | {
        P.KEEP_COMMUNITY,
        P.VIEW_HEALTH,
        P.EDIT_REGISTERS,
        P.ACT_IN_VILLAGE,
        P.VIEW_BENEFITS,
        P.CLAIM_BENEFITS,
        P.VIEW_DUTIES,
        P.REPORT_PROGRESS,
    },
)
GRID_WORKER = Role("grid_worker", _("网格员"), Reach.GRID, _READ | _AT_HOMES | _REQUESTS)
RESIDENT_HELPER = Role(
    "resident_helper", _("驻村帮扶人员"), Reach.VILLAGE, _READ | _AT_HOMES | _REQUESTS
)
DATA_STEWARD = Role(
    "data_steward",
    _("数据管理员"),
    Reach.COUNTY,
    frozenset(
        {
            P.VIEW_HOUSEHOLDS,
            P.IMPORT_FILES,
            P.EXPORT_LISTS,
            P.EDIT_REGISTERS,
            P.VIEW_JOBS,
            P.MANAGE_PLACES,
        }
    ),
)
AUDITOR = Role(
    "auditor", _("审计管理员"), Reach.COUNTY, frozenset({P.VIEW_AUDIT}), is_administrator=True
)
SYSTEM_ADMINISTRATOR = Role(
    "system_administrator",
    _("系统管理员"),
    Reach.COUNTY,
    frozenset({P.VIEW_JOBS, P.MANAGE_PLACES}),
    is_administrator=True,
)
SECURITY_ADMINISTRATOR = Role(
    "security_administrator",
    _("安全管理员"),
    Reach.COUNTY,
    frozenset({P.MANAGE_USERS}),
    is_administrator=True,
)

ROLES: dict[str, Role] = {
    role.id: role
    for role in (
        LEAD_BUREAU,
        COUNTY_LEADER,
        DEPARTMENT,
        TOWN,
        VILLAGE,
        GRID_WORKER,
        RESIDENT_HELPER,
        DATA_STEWARD,
        AUDITOR,
        SYSTEM_ADMINISTRATOR,
        SECURITY_ADMINISTRATOR,
    )
}

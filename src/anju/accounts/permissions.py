"""Everything a role may allow. A page or action asks for one of these, never for a role."""

from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class Permission(StrEnum):
    """One thing a person may do. The value is stable: audit entries and tests name it."""

    VIEW_HOUSEHOLDS = "view_households"
    VIEW_FINDINGS = "view_findings"
    RUN_MONITORING = "run_monitoring"
    IMPORT_FILES = "import_files"
    EXPORT_LISTS = "export_lists"
    APPROVE_EXPORTS = "approve_exports"
    REVEAL_IDENTITY = "reveal_identity"
    VIEW_HEALTH = "view_health"
    EDIT_REGISTERS = "edit_registers"
    VIEW_CASES = "view_cases"
    REPORT_LEADS = "report_leads"
    CHECK_HOMES = "check_homes"
    ACT_IN_VILLAGE = "act_in_village"
    ACT_IN_TOWN = "act_in_town"
    ACT_IN_COUNTY = "act_in_county"
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_PAPERS = "manage_papers"
    VIEW_BENEFITS = "view_benefits"
    CLAIM_BENEFITS = "claim_benefits"
    CHECK_BENEFITS = "check_benefits"
    APPROVE_BENEFITS = "approve_benefits"
    PAY_BENEFITS = "pay_benefits"
    VIEW_REQUESTS = "view_requests"
    HANDLE_REQUESTS = "handle_requests"
    KEEP_COMMUNITY = "keep_community"
    VIEW_DUTIES = "view_duties"
    MANAGE_PLANS = "manage_plans"
    REPORT_PROGRESS = "report_progress"
    CHECK_PROGRESS = "check_progress"
    INSPECT = "inspect"
    WRITE_REPORTS = "write_reports"
    ISSUE_REPORTS = "issue_reports"
    VIEW_JOBS = "view_jobs"
    MANAGE_USERS = "manage_users"
    MANAGE_PLACES = "manage_places"
    VIEW_AUDIT = "view_audit"

    @property
    def label(self) -> str:
        """What it is called on screen, in the language in use."""
        return gettext(_NAMES[self])


_NAMES = {
    Permission.VIEW_HOUSEHOLDS: _("查看农户底册"),
    Permission.VIEW_FINDINGS: _("查看预警线索"),
    Permission.RUN_MONITORING: _("发起监测研判"),
    Permission.IMPORT_FILES: _("导入数据"),
    Permission.EXPORT_LISTS: _("导出名单"),
    Permission.APPROVE_EXPORTS: _("审批大批量导出"),
    Permission.REVEAL_IDENTITY: _("查看完整证件号码"),
    Permission.VIEW_HEALTH: _("查看健康状况"),
    Permission.EDIT_REGISTERS: _("更正底册"),
    Permission.VIEW_CASES: _("查看线索与案件"),
    Permission.REPORT_LEADS: _("上报线索"),
    Permission.CHECK_HOMES: _("入户核查"),
    Permission.ACT_IN_VILLAGE: _("办理村级环节"),
    Permission.ACT_IN_TOWN: _("办理乡镇环节"),
    Permission.ACT_IN_COUNTY: _("办理县级环节"),
    Permission.MANAGE_CALENDAR: _("管理工作日历"),
    Permission.MANAGE_PAPERS: _("管理文书模板"),
    Permission.VIEW_BENEFITS: _("查看补贴申领与发放"),
    Permission.CLAIM_BENEFITS: _("编报、公示补贴花名册"),
    Permission.CHECK_BENEFITS: _("审核补贴花名册"),
    Permission.APPROVE_BENEFITS: _("设立补贴项目、审定补贴"),
    Permission.PAY_BENEFITS: _("编制发放批次、登记发放结果"),
    Permission.VIEW_REQUESTS: _("查看辖区群众诉求"),
    Permission.HANDLE_REQUESTS: _("登记和办理群众诉求"),
    Permission.KEEP_COMMUNITY: _("登记社区服务和维修基金"),
    Permission.VIEW_DUTIES: _("查看责任清单与指标"),
    Permission.MANAGE_PLANS: _("确认方案、设置任务与指标"),
    Permission.REPORT_PROGRESS: _("填报任务进展与指标"),
    Permission.CHECK_PROGRESS: _("审核任务进展与指标"),
    Permission.INSPECT: _("组织督查、认定整改"),
    Permission.WRITE_REPORTS: _("编写调度报告"),
    Permission.ISSUE_REPORTS: _("签发调度报告"),
    Permission.VIEW_JOBS: _("查看后台作业"),
    Permission.MANAGE_USERS: _("管理用户与岗位"),
    Permission.MANAGE_PLACES: _("管理行政区划"),
    Permission.VIEW_AUDIT: _("查看审计记录"),
}

#: Whoever may do one of these signs in with a second factor (setting `ANJU_SECOND_FACTOR`).
SENSITIVE = frozenset(
    {
        Permission.REVEAL_IDENTITY,
        Permission.EXPORT_LISTS,
        Permission.APPROVE_EXPORTS,
        Permission.VIEW_JOBS,
        Permission.MANAGE_USERS,
        Permission.VIEW_AUDIT,
    }
)

#: What a token of another system may be given: reading, never changing or revealing.
FOR_SYSTEMS = frozenset(
    {
        Permission.VIEW_HOUSEHOLDS,
        Permission.VIEW_FINDINGS,
        Permission.VIEW_HEALTH,
        Permission.VIEW_BENEFITS,
        Permission.VIEW_REQUESTS,
        Permission.VIEW_DUTIES,
    }
)

#: The mark of addresses that are opened by a token and not by signing in.
BY_TOKEN = "by token"  # noqa: S105 - a mark, not a password

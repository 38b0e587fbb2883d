"""Everything a role may allow. A page or action asks for one of these, never for a role."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing a person may do. The value is stable: audit entries and tests name it."""

    VIEW_HOUSEHOLDS = "view_households"
    VIEW_FINDINGS = "view_findings"
    RUN_MONITORING = "run_monitoring"
    IMPORT_FILES = "import_files"
    EXPORT_LISTS = "export_lists"
    REVEAL_IDENTITY = "reveal_identity"
    VIEW_HEALTH = "view_health"
    VIEW_JOBS = "view_jobs"
    MANAGE_USERS = "manage_users"
    VIEW_AUDIT = "view_audit"

    @property
    def name_zh(self) -> str:
        """What it is called on screen."""
        return _NAMES[self]


_NAMES = {
    Permission.VIEW_HOUSEHOLDS: "查看农户底册",
    Permission.VIEW_FINDINGS: "查看预警线索",
    Permission.RUN_MONITORING: "发起监测研判",
    Permission.IMPORT_FILES: "导入数据",
    Permission.EXPORT_LISTS: "导出名单",
    Permission.REVEAL_IDENTITY: "查看完整证件号码",
    Permission.VIEW_HEALTH: "查看健康状况",
    Permission.VIEW_JOBS: "查看后台作业",
    Permission.MANAGE_USERS: "管理用户与岗位",
    Permission.VIEW_AUDIT: "查看审计记录",
}

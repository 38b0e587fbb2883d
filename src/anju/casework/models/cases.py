"""案件: one household from the first home check to the risk removed, and every move on the way."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import User
from anju.registry.models import Household
from anju.registry.models.household import MonitoredKind


class CaseState(models.TextChoices):
    """What the household is to the office because of this case."""

    CHECKING = "checking", _("识别中")
    INCLUDED = "included", _("已纳入监测")
    NOT_INCLUDED = "not_included", _("不纳入")
    REMOVED = "removed", _("风险已消除")
    CLEARED = "cleared", _("已清零")
    WITHDRAWN = "withdrawn", _("已撤回")


class CaseKind(models.TextChoices):
    """What the case is for; each kind has its procedures in the policy pack."""

    RELAPSE = "relapse", _("防返贫监测")
    ZERO_EMPLOYMENT = "zero_employment", _("零就业清零")
    OUT_OF_SCHOOL = "out_of_school", _("控辍保学清零")


class RemovalKind(models.TextChoices):
    """风险消除方式."""

    HELPED = "helped", _("帮扶消除")
    NATURAL = "natural", _("自然消除")


class Case(models.Model):
    """Where a case stands now. Each move changes the row and adds a `Move`, in one transaction.

    `procedure` and `step` name what the policy pack says; `step` is empty while nobody has to act
    (the household is included and being helped, or the case is over). `version` counts the moves:
    whoever acts says which they saw, so that two people cannot act on the same standing.
    """

    number = models.CharField("案件编号", max_length=24, unique=True)
    household = models.ForeignKey(
        Household, verbose_name="户", on_delete=models.PROTECT, related_name="+"
    )
    village_code = models.CharField("村（社区）代码", max_length=12)
    kind = models.CharField("案件类别", max_length=20, choices=CaseKind, default=CaseKind.RELAPSE)
    monitored_kind = models.CharField(
        "监测对象类别", max_length=16, choices=MonitoredKind, null=True, blank=True
    )
    state = models.CharField("状态", max_length=12, choices=CaseState, default=CaseState.CHECKING)
    pack = models.CharField("政策包", max_length=60)
    procedure = models.CharField("程序", max_length=30)
    step = models.CharField("当前环节", max_length=30, blank=True)
    holder = models.CharField("办理层级", max_length=10, blank=True)
    step_since = models.DateField("进入当前环节日期", null=True, blank=True)
    step_due_on = models.DateField("当前环节期限", null=True, blank=True)
    due_on = models.DateField("全程期限", null=True, blank=True)
    version = models.PositiveIntegerField("变更次数", default=0)
    assigned_to = models.ForeignKey(
        User,
        verbose_name="承办人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_green_channel = models.BooleanField("绿色通道", default=False)
    papers_due_on = models.DateField("补齐手续期限", null=True, blank=True)
    opened_on = models.DateField("立案日期")
    decided_on = models.DateField("县级审定日期", null=True, blank=True)
    included_on = models.DateField("纳入日期", null=True, blank=True)
    removed_on = models.DateField("风险消除日期", null=True, blank=True)
    removal_kind = models.CharField(
        "风险消除方式", max_length=8, choices=RemovalKind, null=True, blank=True
    )
    closed_on = models.DateField("办结日期", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "kind"],
                condition=Q(closed_on__isnull=True),
                name="casework_case_open_once",
            ),
            models.CheckConstraint(
                condition=Q(step="", holder="") | (~Q(step="") & ~Q(holder="")),
                name="casework_case_step_has_holder",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(step=""),
                name="casework_case_closed_has_no_step",
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "id"], name="casework_case_place"),
            models.Index(
                fields=["holder", "step_due_on", "id"],
                condition=~Q(holder=""),
                name="casework_case_desk",
            ),
            models.Index(
                # With whom it is given to, so that counts of a desk read the index alone.
                fields=["holder", "village_code", "step_due_on", "id", "assigned_to"],
                condition=~Q(holder=""),
                name="casework_case_desk_counts",
            ),
            models.Index(
                fields=["step_due_on", "id"], condition=~Q(step=""), name="casework_case_due"
            ),
            models.Index(fields=["step", "village_code", "id"], name="casework_case_step"),
            models.Index(
                fields=["kind", "state", "village_code", "id"], name="casework_case_state"
            ),
            models.Index(
                fields=["assigned_to", "step_due_on"],
                condition=Q(assigned_to__isnull=False),
                name="casework_case_assigned",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseRisk(models.Model):
    """A risk of a case; solved risks stay."""

    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.CASCADE, related_name="risks"
    )
    risk = models.CharField("风险类别", max_length=30)
    found_on = models.DateField("发现日期")
    solved_on = models.DateField("解决日期", null=True, blank=True)

    class Meta:
        ordering = ["case_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "risk"],
                condition=Q(solved_on__isnull=True),
                name="casework_case_risk_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.risk}"


class Move(models.Model):
    """办理记录: one action at one step; never changed afterwards."""

    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.CASCADE, related_name="moves"
    )
    version = models.PositiveIntegerField("第几次变更")
    procedure = models.CharField("程序", max_length=30)
    from_step = models.CharField("原环节", max_length=30, blank=True)
    action = models.CharField("办理动作", max_length=30)
    to_step = models.CharField("到环节", max_length=30, blank=True)
    moved_on = models.DateField("办理日期")
    at = models.DateTimeField("登记时间")
    by = models.CharField("办理人（登录名）", max_length=150)
    on_behalf_of = models.CharField("代谁办理（登录名）", max_length=150, blank=True)
    step_due_on = models.DateField("离开环节的期限", null=True, blank=True)
    reason = models.CharField("理由（代码）", max_length=40, blank=True)
    note = models.TextField("说明", blank=True)

    class Meta:
        ordering = ["case_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="casework_move_once")
        ]
        indexes = [
            models.Index(
                fields=["procedure", "from_step", "moved_on"], name="casework_move_figures"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.version} {self.action}"

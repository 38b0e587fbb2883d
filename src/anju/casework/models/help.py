"""一户一策: help measures of a case, and the visits that follow them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.casework.models.cases import Case


class MeasureState(models.TextChoices):
    """Where a help measure stands."""

    PLANNED = "planned", _("已计划")
    RUNNING = "running", _("实施中")
    DONE = "done", _("已完成")
    CANCELLED = "cancelled", _("已取消")


class Measure(models.Model):
    """帮扶措施: what it answers, who provides it, from–to, amount, what it promises; money in fen.

    `ends_on` may lie after the risk is removed: a loan, a post or a school stage runs its course.
    """

    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.CASCADE, related_name="measures"
    )
    person_id = models.BigIntegerField("受益人内部编号", null=True, blank=True)
    kind = models.CharField("措施类别", max_length=30)
    risk = models.CharField("针对的风险", max_length=30)
    content = models.CharField("措施内容", max_length=200)
    provider = models.CharField("实施单位", max_length=80)
    state = models.CharField(
        "状态", max_length=10, choices=MeasureState, default=MeasureState.PLANNED
    )
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    amount = models.BigIntegerField("金额（分）", null=True, blank=True)
    promised = models.CharField("预期成效", max_length=200)
    promised_income = models.BigIntegerField("预期年增收（分）", null=True, blank=True)
    income_before = models.BigIntegerField("实施前人均纯收入（分）", null=True, blank=True)
    achieved = models.CharField("实际成效", max_length=200, blank=True)
    achieved_income = models.BigIntegerField("实际年增收（分）", null=True, blank=True)
    income_after = models.BigIntegerField("实施后人均纯收入（分）", null=True, blank=True)
    recorded_by = models.CharField("登记人（登录名）", max_length=150)

    class Meta:
        ordering = ["case_id", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="casework_measure_days_in_order",
            )
        ]
        indexes = [models.Index(fields=["kind", "state"], name="casework_measure_kind")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class FollowUp(models.Model):
    """跟踪回访: due by the rhythm of the pack; done when somebody wrote down what was found."""

    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.CASCADE, related_name="follow_ups"
    )
    village_code = models.CharField("村（社区）代码", max_length=12)
    due_on = models.DateField("应回访日期")
    done_on = models.DateField("回访日期", null=True, blank=True)
    done_by = models.CharField("回访人（登录名）", max_length=150, blank=True)
    found = models.TextField("回访情况", blank=True)
    is_steady = models.BooleanField("是否稳定向好", null=True, blank=True)

    class Meta:
        ordering = ["case_id", "due_on"]
        constraints = [
            models.UniqueConstraint(fields=["case", "due_on"], name="casework_follow_up_once")
        ]
        indexes = [
            models.Index(
                fields=["village_code", "due_on"],
                condition=Q(done_on__isnull=True),
                name="casework_follow_up_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on}"

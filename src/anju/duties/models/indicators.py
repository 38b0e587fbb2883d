"""指标: what is measured, what it must reach by when, and the values, computed or reported."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import Unit
from anju.duties.models.plans import MeasureTarget, Plan
from anju.duties.models.rhythms import Comparison, Rhythm


class IndicatorSource(models.TextChoices):
    """Whether the registers hold it, or a unit has to say it."""

    COMPUTED = "computed", _("系统计算")
    REPORTED = "reported", _("单位填报")


class Indicator(models.Model):
    """指标: one figure that is followed. `figure` names how it is computed from the registers."""

    code = models.CharField("指标编码", max_length=100, unique=True)
    name = models.CharField("指标名称", max_length=120)
    name_en = models.CharField("指标名称（英文）", max_length=200, blank=True)
    unit = models.CharField("计量单位", max_length=20, blank=True)
    operator = models.CharField("比较", max_length=8, choices=Comparison)
    plan = models.ForeignKey(
        Plan,
        verbose_name="方案",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
    )
    pack = models.CharField("政策包", max_length=60, blank=True)
    source = models.CharField("取数方式", max_length=10, choices=IndicatorSource)
    figure = models.CharField("计算口径（代码）", max_length=60, blank=True)
    definition = models.TextField("口径说明", blank=True)
    reporting_unit = models.ForeignKey(
        Unit,
        verbose_name="填报单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    every = models.CharField("频次", max_length=10, choices=Rhythm, default=Rhythm.MONTH)
    begun_on = models.DateField(
        "起始日期", null=True, blank=True, help_text="从这一天所在的一期起填报或计算"
    )
    ended_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source="computed") & ~Q(figure="") | Q(source="reported", figure=""),
                name="duties_indicator_computed_has_figure",
            )
        ]

    def __str__(self) -> str:
        return self.code


class IndicatorTarget(models.Model):
    """目标值: what must be reached by a day, with the clause that says so."""

    indicator = models.ForeignKey(
        Indicator, verbose_name="指标", on_delete=models.CASCADE, related_name="targets"
    )
    due_on = models.DateField("到期日期")
    value = models.DecimalField("目标值", max_digits=18, decimal_places=4)
    upper = models.DecimalField("目标上限", max_digits=18, decimal_places=4, null=True, blank=True)
    clause = models.CharField("条款", max_length=160, blank=True)
    promised = models.ForeignKey(
        MeasureTarget,
        verbose_name="措施目标",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["indicator_id", "due_on"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "due_on"], name="duties_goal_once"),
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gt=F("value")),
                name="duties_goal_upper_above",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.due_on}"


class ValueState(models.TextChoices):
    """Whether a value counts: computed ones do at once, reported ones when accepted."""

    SUBMITTED = "submitted", _("待审核")
    ACCEPTED = "accepted", _("已认定")
    RETURNED = "returned", _("已退回")


class IndicatorValue(models.Model):
    """指标值: the value at the end of a period, in the unit of its indicator.

    `value` is empty where it cannot be told; `note` says why. Computed values keep what they were
    made of (`made_of`: parts of the sum, the run they rest on), so that they can be explained.
    """

    indicator = models.ForeignKey(
        Indicator, verbose_name="指标", on_delete=models.CASCADE, related_name="values"
    )
    as_of = models.DateField("截至日期")
    value = models.DecimalField("数值", max_digits=18, decimal_places=4, null=True, blank=True)
    made_of = models.JSONField("计算依据", default=dict)
    note = models.TextField("说明", blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name="填报单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField("状态", max_length=10, choices=ValueState)
    recorded_on = models.DateField("登记日期")
    recorded_by = models.CharField("登记人（登录名）", max_length=150, blank=True)
    checked_on = models.DateField("审核日期", null=True, blank=True)
    checked_by = models.CharField("审核人（登录名）", max_length=150, blank=True)
    check_note = models.TextField("审核意见", blank=True)

    class Meta:
        ordering = ["indicator_id", "-as_of", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "as_of"],
                condition=~Q(state="returned"),
                name="duties_value_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.as_of}"


class ValueProof(models.Model):
    """填报佐证: a file attached to a reported value; its content lies sealed beside the database."""

    value = models.ForeignKey(
        IndicatorValue, verbose_name="指标值", on_delete=models.CASCADE, related_name="proofs"
    )
    file_name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.CharField("文件摘要（SHA-256）", max_length=64)

    class Meta:
        ordering = ["value_id", "id"]

    def __str__(self) -> str:
        return self.file_name

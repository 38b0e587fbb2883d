"""督查: one inspection of work, its sample, and what was found item by item.

Not to be mixed up with `anju.inspection`, which checks the quality of data (质检).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import Unit
from anju.duties.models import Plan, Task
from anju.registry.models import Household


class SupervisionKind(models.TextChoices):
    """Whether it looks at work for the first time, or at what was put right."""

    INSPECTION = "inspection", _("督查")
    LOOK_BACK = "look_back", _("回头看")


class SupervisionState(models.TextChoices):
    """Under way, units do not see whom it will visit; concluded, they see what concerns them."""

    OPEN = "open", _("进行中")
    CONCLUDED = "concluded", _("已办结")


class SampledFrom(models.TextChoices):
    """What a sample is drawn from."""

    HOUSEHOLDS = "households", _("农户")
    TASKS = "tasks", _("任务")


class Strata(models.TextChoices):
    """By what a sample is spread, so that no part is left out."""

    TOWN = "town", _("乡镇")
    VILLAGE = "village", _("村（社区）")
    SITE = "site", _("安置点")
    CLASS = "class", _("农户类别")
    UNIT = "unit", _("责任单位")


class Among(models.TextChoices):
    """Which may be drawn: households of a class, or in a look-back what was looked at before."""

    ALL = "all", _("全部农户")
    RELOCATED = "relocated", _("易地搬迁户")
    LIFTED_OUT = "lifted_out", _("脱贫户")
    MONITORED = "monitored", _("监测对象")
    UNMET = "unmet", _("上次有不符合的样本")
    SAME = "same", _("上次的全部样本")


class Supervision(models.Model):
    """督查. The questions asked are those of the day it was opened, whatever the pack says since.

    A sample is drawn once: `seed`, `strata`, `among`, `size` and `frame` (how many each stratum
    had) let anybody draw it again and get the same, as long as `frame_hash` is that of today.
    """

    number = models.CharField("督查编号", max_length=40, unique=True)
    kind = models.CharField("类别", max_length=12, choices=SupervisionKind)
    title = models.CharField("督查名称", max_length=120)
    plan = models.ForeignKey(
        Plan, verbose_name="方案", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    looks_back_at = models.ForeignKey(
        "self",
        verbose_name="回头看的督查",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="looked_back",
    )
    division_code = models.CharField("督查范围（行政区划代码）", max_length=12)
    led_by = models.ForeignKey(
        Unit, verbose_name="组织单位", on_delete=models.PROTECT, related_name="+"
    )
    team = models.CharField("督查组成员", max_length=200, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    purpose = models.TextField("督查内容", blank=True)
    checklist = models.CharField("检查表（代码）", max_length=40, blank=True)
    questions = models.JSONField("检查项", default=list)
    sample_of = models.CharField("抽样对象", max_length=10, choices=SampledFrom, blank=True)
    strata = models.CharField("分层依据", max_length=10, choices=Strata, blank=True)
    among = models.CharField("抽样范围", max_length=12, choices=Among, blank=True)
    size = models.PositiveIntegerField("样本数", null=True, blank=True)
    seed = models.CharField("随机种子", max_length=40, blank=True)
    frame = models.JSONField("各层总数", default=dict)
    frame_hash = models.CharField("抽样框摘要（SHA-256）", max_length=64, blank=True)
    drawn_on = models.DateField("抽样日期", null=True, blank=True)
    drawn_by = models.CharField("抽样人（登录名）", max_length=150, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=SupervisionState, default=SupervisionState.OPEN
    )
    concluded_on = models.DateField("办结日期", null=True, blank=True)
    conclusion = models.TextField("督查结论", blank=True)
    opened_by = models.CharField("登记人（登录名）", max_length=150)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="supervision_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state="open", concluded_on__isnull=True)
                | Q(state="concluded", concluded_on__isnull=False),
                name="supervision_concluded_has_day",
            ),
        ]
        indexes = [models.Index(fields=["division_code", "id"], name="supervision_place")]

    def __str__(self) -> str:
        return self.number


class SampleItem(models.Model):
    """样本: one household or one task that is looked at."""

    supervision = models.ForeignKey(
        Supervision, verbose_name="督查", on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveIntegerField("次序")
    stratum = models.CharField("所在层", max_length=80)
    household = models.ForeignKey(
        Household,
        verbose_name="户",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    task = models.ForeignKey(
        Task, verbose_name="任务", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField("检查日期", null=True, blank=True)
    checked_by = models.CharField("检查人（登录名）", max_length=150, blank=True)
    words = models.TextField("现场情况", blank=True)
    about_health = models.BooleanField("涉及健康状况", default=False)

    class Meta:
        ordering = ["supervision_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["supervision", "household"],
                condition=Q(household__isnull=False),
                name="supervision_item_household",
            ),
            models.UniqueConstraint(
                fields=["supervision", "task"],
                condition=Q(task__isnull=False),
                name="supervision_item_task",
            ),
            models.CheckConstraint(
                condition=Q(household__isnull=False, task__isnull=True)
                | Q(household__isnull=True, task__isnull=False),
                name="supervision_item_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervision_id} {self.position}"


class AnswerResult(models.TextChoices):
    """What was found of one question."""

    MET = "met", _("符合")
    UNMET = "unmet", _("不符合")
    NOT_APPLICABLE = "not_applicable", _("不适用")


class SampleAnswer(models.Model):
    """检查结果: one question of the checklist for one item of the sample."""

    item = models.ForeignKey(
        SampleItem, verbose_name="样本", on_delete=models.CASCADE, related_name="answers"
    )
    question = models.CharField("检查项（代码）", max_length=40)
    result = models.CharField("结果", max_length=16, choices=AnswerResult)

    class Meta:
        ordering = ["item_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "question"], name="supervision_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.question} {self.result}"

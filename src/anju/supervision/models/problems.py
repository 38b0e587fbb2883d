"""问题: what was found wrong, who puts it right by when, and how that was checked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import Unit
from anju.duties.models import Indicator, Plan, Task
from anju.registry.models import Household
from anju.supervision.models.supervisions import SampleItem, Supervision


class ProblemSource(models.TextChoices):
    """Where a problem comes from."""

    SUPERVISION = "supervision", _("督查发现")
    HIGHER = "higher", _("上级反馈")
    AUDIT = "audit", _("审计指出")
    PUBLIC = "public", _("群众反映")
    SELF_CHECK = "self_check", _("自查发现")


class Seriousness(models.TextChoices):
    """How much it weighs."""

    COMMON = "common", _("一般")
    SERIOUS = "serious", _("较重")
    GRAVE = "grave", _("严重")


class ProblemState(models.TextChoices):
    """Where putting it right stands. Lateness is computed from the due date."""

    WAITING = "waiting", _("待整改")
    SUBMITTED = "submitted", _("待复核")
    RETURNED = "returned", _("退回整改")
    CLOSED = "closed", _("已销号")


class FoundProblem(models.Model):
    """问题. `round` counts how often it was opened: a look-back may open it again.

    `about_health`: its words tell of somebody's health, and are shown accordingly.
    """

    number = models.CharField("问题编号", max_length=40, unique=True)
    source = models.CharField("来源", max_length=12, choices=ProblemSource)
    supervision = models.ForeignKey(
        Supervision,
        verbose_name="督查",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="problems",
    )
    item = models.ForeignKey(
        SampleItem,
        verbose_name="样本",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="problems",
    )
    plan = models.ForeignKey(
        Plan, verbose_name="方案", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    clause = models.CharField("条款", max_length=80, blank=True)
    task = models.ForeignKey(
        Task, verbose_name="任务", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    indicator = models.ForeignKey(
        Indicator,
        verbose_name="指标",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    household = models.ForeignKey(
        Household,
        verbose_name="户",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    division_code = models.CharField("所在地（行政区划代码）", max_length=12)
    title = models.CharField("问题", max_length=120)
    words = models.TextField("具体情况")
    about_health = models.BooleanField("涉及健康状况", default=False)
    seriousness = models.CharField("程度", max_length=8, choices=Seriousness)
    found_on = models.DateField("发现日期")
    due_on = models.DateField("整改期限")
    round = models.PositiveSmallIntegerField("第几轮整改", default=1)
    state = models.CharField(
        "状态", max_length=10, choices=ProblemState, default=ProblemState.WAITING
    )
    closed_on = models.DateField("销号日期", null=True, blank=True)
    recorded_by = models.CharField("登记人（登录名）", max_length=150)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | (~Q(state="closed") & Q(closed_on__isnull=True)),
                name="supervision_problem_closed_day",
            )
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="supervision_problem_due"),
            models.Index(fields=["plan", "found_on"], name="supervision_problem_plan"),
        ]

    def __str__(self) -> str:
        return self.number


class ProblemUnit(models.Model):
    """整改单位: each of them reports, and the problem is closed when all were accepted."""

    problem = models.ForeignKey(
        FoundProblem, verbose_name="问题", on_delete=models.CASCADE, related_name="units"
    )
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["problem_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["problem", "unit"], name="supervision_problem_unit")
        ]
        indexes = [models.Index(fields=["unit", "problem"], name="supervision_unit_desk")]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.unit_id}"


class ProblemRound(models.Model):
    """整改轮次: opened when it was found, and again by each look-back that finds it unsolved."""

    problem = models.ForeignKey(
        FoundProblem, verbose_name="问题", on_delete=models.CASCADE, related_name="rounds"
    )
    number = models.PositiveSmallIntegerField("第几轮")
    opened_on = models.DateField("开始日期")
    due_on = models.DateField("整改期限")
    closed_on = models.DateField("销号日期", null=True, blank=True)

    class Meta:
        ordering = ["problem_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["problem", "number"], name="supervision_round_once")
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.number}"


class RectificationState(models.TextChoices):
    """What the lead bureau said of a report."""

    SUBMITTED = "submitted", _("待复核")
    ACCEPTED = "accepted", _("复核通过")
    RETURNED = "returned", _("退回")


class Rectification(models.Model):
    """整改情况: what one unit did in one round; answered once, never changed afterwards."""

    problem = models.ForeignKey(
        FoundProblem, verbose_name="问题", on_delete=models.CASCADE, related_name="rectifications"
    )
    round = models.PositiveSmallIntegerField("第几轮整改")
    unit = models.ForeignKey(
        Unit, verbose_name="整改单位", on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField("整改情况")
    submitted_on = models.DateField("报送日期")
    submitted_by = models.CharField("报送人（登录名）", max_length=150)
    state = models.CharField(
        "状态", max_length=10, choices=RectificationState, default=RectificationState.SUBMITTED
    )
    checked_on = models.DateField("复核日期", null=True, blank=True)
    checked_by = models.CharField("复核人（登录名）", max_length=150, blank=True)
    check_note = models.TextField("复核意见", blank=True)

    class Meta:
        ordering = ["problem_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "round", "unit"],
                condition=~Q(state="returned"),
                name="supervision_rectified_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["submitted_on", "id"],
                condition=Q(state="submitted"),
                name="supervision_to_check",
            )
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.round} {self.unit_id}"


class RectificationProof(models.Model):
    """佐证: a file attached to what was put right; its content lies sealed beside the database."""

    rectification = models.ForeignKey(
        Rectification, verbose_name="整改情况", on_delete=models.CASCADE, related_name="proofs"
    )
    file_name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.CharField("文件摘要（SHA-256）", max_length=64)

    class Meta:
        ordering = ["rectification_id", "id"]

    def __str__(self) -> str:
        return self.file_name


class LookBack(models.Model):
    """回头看: whether a closed problem is still solved; if not, the next round begins."""

    problem = models.ForeignKey(
        FoundProblem, verbose_name="问题", on_delete=models.CASCADE, related_name="look_backs"
    )
    round = models.PositiveSmallIntegerField("第几轮整改")
    supervision = models.ForeignKey(
        Supervision,
        verbose_name="回头看督查",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_on = models.DateField("回头看日期")
    checked_by = models.CharField("检查人（登录名）", max_length=150)
    is_solved = models.BooleanField("已巩固")
    words = models.TextField("情况")

    class Meta:
        ordering = ["problem_id", "id"]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.checked_on}"

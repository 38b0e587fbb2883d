"""任务: what a unit has promised, the days it is due, what was reported for each and the proof."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import Unit
from anju.duties.models.plans import MeasureTarget, Plan, PlanMeasure
from anju.duties.models.rhythms import Comparison, Rhythm, UnitRole

#: In the place of a day that there is not: it sorts behind all days, which NULL does not everywhere.
NEVER = date.max


class TaskKind(models.TextChoices):
    """Where a task comes from."""

    MEASURE = "measure", _("方案措施")
    PROMISE = "promise", _("措施中的一项")
    DELEGATED = "delegated", _("交办任务")
    ADDED = "added", _("补充任务")


class TaskState(models.TextChoices):
    """Whether it is still to be done. Lights are computed from due dates, never kept."""

    OPEN = "open", _("进行中")
    DONE = "done", _("已完成")
    ENDED = "ended", _("已终止")


class Task(models.Model):
    """任务: one thing promised. `version` counts changes, so that two people cannot act at once.

    Of a measure that promises several things each is a part of its own: the whole (`is_whole`) has no
    days and reports, and is done when its parts are. A part handed down (`given_by` the unit that
    asked) helps its task, which is reported all the same. What recurs has a rhythm and
    ends with `ends_on`; each day it is due is a `TaskDue`. `next_due_on` points to the first of them
    that is not settled (of a task with parts for its promises: of the parts'), `next_reported_on` says
    since when a report of it waits to be checked; both follow the dues and are set with them, as is
    `units_named`, how many units it names.
    """

    number = models.CharField("任务编号", max_length=40, unique=True)
    plan = models.ForeignKey(
        Plan, verbose_name="方案", on_delete=models.PROTECT, related_name="tasks"
    )
    measure = models.ForeignKey(
        PlanMeasure,
        verbose_name="措施",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
    )
    target = models.ForeignKey(
        MeasureTarget,
        verbose_name="措施目标",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="上级任务",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    kind = models.CharField("来源", max_length=10, choices=TaskKind)
    is_whole = models.BooleanField("逐项填报", default=False)
    given_by = models.ForeignKey(
        Unit,
        verbose_name="交办单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    clause = models.CharField("条款", max_length=80, blank=True)
    title = models.CharField("任务名称", max_length=200)
    requirement = models.TextField("工作要求", blank=True)
    starts_on = models.DateField("开始日期")
    due_on = models.DateField("到期日期", null=True, blank=True)
    every = models.CharField("频次", max_length=10, choices=Rhythm, blank=True)
    ends_on = models.DateField("定期任务终止日期", null=True, blank=True)
    operator = models.CharField("比较", max_length=8, choices=Comparison, blank=True)
    goal = models.DecimalField("目标值", max_digits=18, decimal_places=4, null=True, blank=True)
    goal_upper = models.DecimalField(
        "目标上限", max_digits=18, decimal_places=4, null=True, blank=True
    )
    goal_unit = models.CharField("计量单位", max_length=20, blank=True)
    state = models.CharField("状态", max_length=8, choices=TaskState, default=TaskState.OPEN)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    closing_note = models.TextField("终止说明", blank=True)
    version = models.PositiveIntegerField("变更次数", default=0)
    next_due_on = models.DateField("最近到期日期", default=NEVER)
    next_reported_on = models.DateField("最近一期报送日期", null=True, blank=True)
    units_named = models.PositiveSmallIntegerField("单位数", default=0)

    class Meta:
        ordering = ["plan_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="duties_task_closed_has_day",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="duties_task_not_its_own_part",
            ),
            models.CheckConstraint(
                condition=Q(kind="delegated", given_by__isnull=False, parent__isnull=False)
                | (~Q(kind="delegated") & Q(given_by__isnull=True)),
                name="duties_task_delegated_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "id"], name="duties_task_plan"),
            models.Index(fields=["next_due_on", "id"], name="duties_task_next"),
            models.Index(fields=["state", "id"], name="duties_task_newest"),
            models.Index(fields=["state", "plan", "id"], name="duties_task_by_plan"),
            # Holds all that lights are counted from, and what lacks a date.
            models.Index(
                fields=[
                    "state",
                    "next_due_on",
                    "id",
                    "plan",
                    "kind",
                    "is_whole",
                    "next_reported_on",
                    "starts_on",
                ],
                name="duties_task_lights",
            ),
            models.Index(fields=["plan", "state", "next_due_on", "id"], name="duties_task_of_plan"),
            # Holds all that words are looked for in: names are read, rows are not.
            models.Index(
                fields=["state", "title", "clause", "number", "measure", "is_whole"],
                name="duties_task_words",
            ),
            # Few: open tasks that nobody answers for.
            models.Index(fields=["state", "units_named", "id"], name="duties_task_nobodys"),
        ]

    def __str__(self) -> str:
        return self.number


class TaskUnit(models.Model):
    """任务单位: who answers for a task, and how."""

    task = models.ForeignKey(
        Task, verbose_name="任务", on_delete=models.CASCADE, related_name="units"
    )
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    role = models.CharField("职责", max_length=12, choices=UnitRole)

    class Meta:
        ordering = ["task_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["task", "unit", "role"], name="duties_task_unit_once")
        ]
        indexes = [models.Index(fields=["unit", "role", "task"], name="duties_task_unit_desk")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.unit_id} {self.role}"


class DueState(models.TextChoices):
    """What became of one day a task was due."""

    WAITING = "waiting", _("待报送")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已认定")
    LAPSED = "lapsed", _("不再要求")


UNSETTLED = ~Q(state="accepted") & ~Q(state="lapsed")
"""Days a task is due that still wait for something. In the very words of the index: SQLite knows a list of
values with their places left open for another."""


class TaskDue(models.Model):
    """任务节点: one day by which a task, or this period's part of it, is due.

    A task without a date has one on `NEVER`, to be reported on; `day` is then None.
    """

    task = models.ForeignKey(
        Task, verbose_name="任务", on_delete=models.CASCADE, related_name="dues"
    )
    period = models.CharField(
        "期次",
        max_length=10,
        blank=True,
        help_text="如 2023-09、2023Q3、2023H1、2023；一次性的为空",
    )
    due_on = models.DateField("到期日期")
    state = models.CharField("状态", max_length=10, choices=DueState, default=DueState.WAITING)
    reported_on = models.DateField("报送日期", null=True, blank=True)
    settled_on = models.DateField("认定日期", null=True, blank=True)

    class Meta:
        ordering = ["task_id", "due_on"]
        constraints = [
            models.UniqueConstraint(fields=["task", "due_on"], name="duties_task_due_once")
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=UNSETTLED,
                name="duties_due_unsettled",
            ),
            # Few: what was sent back, to be reported again whenever it is due.
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state="returned"),
                name="duties_due_returned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.due_on}"

    @property
    def day(self) -> date | None:
        """The day it is due; None where nobody has set one."""
        return None if self.due_on == NEVER else self.due_on


class ProgressState(models.TextChoices):
    """What the lead bureau said of a report."""

    SUBMITTED = "submitted", _("待审核")
    ACCEPTED = "accepted", _("已认定")
    RETURNED = "returned", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤回")


class Progress(models.Model):
    """进展: what one unit reported for one due day; answered once, never changed afterwards."""

    due = models.ForeignKey(
        TaskDue, verbose_name="任务节点", on_delete=models.CASCADE, related_name="progress"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="填报单位", on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField("进展情况")
    percent = models.PositiveSmallIntegerField("完成比例（%）", null=True, blank=True)
    value = models.DecimalField("完成值", max_digits=18, decimal_places=4, null=True, blank=True)
    is_complete = models.BooleanField("本期已完成", default=False)
    reported_on = models.DateField("填报日期")
    reported_by = models.CharField("填报人（登录名）", max_length=150)
    state = models.CharField(
        "状态", max_length=10, choices=ProgressState, default=ProgressState.SUBMITTED
    )
    checked_on = models.DateField("审核日期", null=True, blank=True)
    checked_by = models.CharField("审核人（登录名）", max_length=150, blank=True)
    check_note = models.TextField("审核意见", blank=True)

    class Meta:
        ordering = ["due_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100),
                name="duties_progress_percent",
            ),
            models.UniqueConstraint(
                fields=["due", "unit"],
                condition=Q(state="submitted"),
                name="duties_progress_waits_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "reported_on", "id"], name="duties_progress_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.due_id} {self.unit_id}"


class Proof(models.Model):
    """佐证: a file attached to a report; its content lies sealed beside the database."""

    progress = models.ForeignKey(
        Progress, verbose_name="进展", on_delete=models.CASCADE, related_name="proofs"
    )
    file_name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.CharField("文件摘要（SHA-256）", max_length=64)

    class Meta:
        ordering = ["progress_id", "id"]

    def __str__(self) -> str:
        return self.file_name

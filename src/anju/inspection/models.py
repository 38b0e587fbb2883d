"""Inspections: one asks every quality check of the registers as known on a day. Checks of lists: one asks
the rows of a list as they are to go out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from anju.registry.models import Household


class InspectionState(models.TextChoices):
    """Where an inspection stands; only a `done` one is shown as a result."""

    WAITING = "waiting", _("等待")
    RUNNING = "running", _("进行中")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class Inspection(models.Model):
    """数据质检: when it was asked for, what it read, and how it ended."""

    as_of = models.DateField("质检日期")
    state = models.CharField(
        "状态", max_length=10, choices=InspectionState, default=InspectionState.WAITING
    )
    attempt = models.CharField("执行编号", max_length=40, blank=True)
    snapshot_hash = models.CharField("快照内容哈希", max_length=64, blank=True)
    report = models.JSONField("质检报告", default=dict, help_text="各项条数和未能检查的项目")
    problem = models.TextField("失败原因", blank=True)
    job_id = models.BigIntegerField("作业编号", null=True, blank=True)
    created_by = models.CharField("发起人（登录名）", max_length=150)
    created_at = models.DateTimeField("发起时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="inspection_latest")]

    def __str__(self) -> str:
        return f"{self.as_of} {self.state}"


class Problem(models.Model):
    """One household (and person) named by one check."""

    run = models.ForeignKey(
        Inspection, verbose_name="质检", on_delete=models.CASCADE, related_name="problems"
    )
    household = models.ForeignKey(
        Household,
        verbose_name="户",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    person_id = models.BigIntegerField("人员内部编号", null=True, blank=True)
    village_code = models.CharField("村（社区）代码", max_length=12)
    code = models.CharField("检查项编号", max_length=12)
    found = models.TextField("查到的内容", help_text="字段=值，以分号隔开")

    class Meta:
        ordering = ["run_id", "village_code", "household_id", "code"]
        indexes = [
            models.Index(fields=["household", "run"], name="inspection_problem_household"),
            models.Index(fields=["run", "village_code", "id"], name="inspection_problem_place"),
            models.Index(
                fields=["run", "code", "village_code", "id"], name="inspection_problem_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.household_id} {self.code}"


class ProblemTally(models.Model):
    """Problems of one check in one place (6-, 9- or 12-digit prefix) in an inspection."""

    run = models.ForeignKey(
        Inspection, verbose_name="质检", on_delete=models.CASCADE, related_name="tallies"
    )
    place = models.CharField("行政区划代码前缀", max_length=12)
    digits = models.PositiveSmallIntegerField("前缀位数", help_text="6、9 或 12")
    code = models.CharField("检查项编号", max_length=12)
    problems = models.PositiveIntegerField("问题条数")
    households = models.PositiveIntegerField("涉及户数")

    class Meta:
        ordering = ["run_id", "place", "code"]
        constraints = [
            models.UniqueConstraint(fields=["run", "place", "code"], name="inspection_tally_once")
        ]
        indexes = [models.Index(fields=["run", "digits", "place"], name="inspection_tally_place")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.place} {self.code}"


class ListCheck(models.Model):
    """报送前逐行检查: a list as it would go out of some places, and what was found in its rows.

    `key` stands for list, form, places and days: whoever asks for the same is shown the same. `seen_to`
    is the last entry of the audit trail before the registers were read: what changed later is not in it.
    """

    feed = models.CharField("名单", max_length=40)
    form_id = models.BigIntegerField("格式所取来表的编号", null=True, blank=True)
    place = models.CharField("所选区域", max_length=12, blank=True)
    ranges = models.JSONField("涉及的行政区划范围", default=list)
    since = models.DateField("变动日期从", null=True, blank=True)
    until = models.DateField("变动日期到（含）", null=True, blank=True)
    key = models.CharField("范围摘要", max_length=64)
    as_of = models.DateField("检查日期")
    seen_to = models.BigIntegerField("检查时的审计序号", default=0)
    state = models.CharField(
        "状态", max_length=10, choices=InspectionState, default=InspectionState.WAITING
    )
    attempt = models.CharField("执行编号", max_length=40, blank=True)
    report = models.JSONField("检查结果", default=dict, help_text="行数、栏目，各项和各村的条数")
    problem = models.TextField("失败原因", blank=True)
    job_id = models.BigIntegerField("作业编号", null=True, blank=True)
    created_by = models.CharField("发起人（登录名）", max_length=150)
    created_at = models.DateTimeField("发起时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["key", "-id"], name="inspection_list_latest")]

    def __str__(self) -> str:
        return f"{self.feed} {self.as_of} {self.state}"


class ListProblem(models.Model):
    """One row of a list named by one check; without a check, a row that cannot be read back."""

    run = models.ForeignKey(
        ListCheck, verbose_name="检查", on_delete=models.CASCADE, related_name="problems"
    )
    household_id = models.BigIntegerField("户内部编号", null=True, blank=True)
    person_id = models.BigIntegerField("人员内部编号", null=True, blank=True)
    village_code = models.CharField("村（社区）代码", max_length=12)
    sheet = models.CharField("工作表", max_length=31)
    line = models.PositiveIntegerField("行号")
    code = models.CharField("检查项编号", max_length=12, blank=True)
    found = models.TextField("查到的内容", help_text="字段=值，以分号隔开；读不回的行是原因")

    class Meta:
        ordering = ["run_id", "id"]
        indexes = [
            models.Index(fields=["run", "code", "id"], name="inspection_list_code"),
            models.Index(fields=["run", "village_code", "id"], name="inspection_list_place"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.sheet} {self.line} {self.code}"

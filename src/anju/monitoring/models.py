"""Monitoring: one run is one month, one policy pack, one snapshot; findings carry evidence."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anju.registry.models import Household


class RunState(models.TextChoices):
    """Where a run stands; only a `done` run is shown as a result."""

    WAITING = "waiting", _("等待")
    RUNNING = "running", _("进行中")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class WarningLevel(models.TextChoices):
    """预警等级, highest first."""

    RED = "red", _("红色")
    ORANGE = "orange", _("橙色")
    YELLOW = "yellow", _("黄色")
    HINT = "hint", _("提示")


class Snapshot(models.Model):
    """The registers as of a month and as known on a day, as Parquet files with one hash.

    Two months (or days of knowledge) between which nothing changed have the same files, so month
    and day belong to the run, not to the snapshot.
    """

    hash = models.CharField("内容哈希", max_length=64, unique=True)
    folder = models.CharField("文件夹", max_length=200)
    counts = models.JSONField("各表行数", default=dict)
    created_at = models.DateTimeField("生成时间")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.hash[:12]


class Run(models.Model):
    """监测研判: everything needed to explain and to repeat it."""

    month = models.CharField("监测月份", max_length=7)
    pack = models.CharField("政策包", max_length=60)
    pack_hash = models.CharField("政策包哈希", max_length=64, blank=True)
    known_on = models.DateField("数据截止日期")
    snapshot = models.ForeignKey(
        Snapshot,
        verbose_name="快照",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="runs",
    )
    state = models.CharField("状态", max_length=10, choices=RunState, default=RunState.WAITING)
    engine = models.CharField("计算引擎", max_length=20, default="duckdb")
    folder = models.CharField("结果文件夹", max_length=200, blank=True)
    report = models.JSONField("运行报告", default=dict, help_text="引擎的 run.json")
    counts = models.JSONField("各项数量", default=dict)
    problem = models.TextField("失败原因", blank=True)
    job_id = models.BigIntegerField("作业编号", null=True, blank=True)
    created_by = models.CharField("发起人（登录名）", max_length=150)
    created_at = models.DateTimeField("发起时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        ordering = ["-month", "-id"]
        indexes = [models.Index(fields=["state", "-month", "-id"], name="monitoring_run_latest")]

    def __str__(self) -> str:
        return f"{self.month} {self.pack}"


class Finding(models.Model):
    """One rule hit by (or unknown for) one household. Numbers in base units (fen, persons, days)."""

    run = models.ForeignKey(
        Run, verbose_name="监测研判", on_delete=models.CASCADE, related_name="findings"
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
    rule = models.CharField("规则", max_length=60)
    status = models.CharField("结果（命中或无法判断）", max_length=8)
    level = models.CharField("预警等级", max_length=8, choices=WarningLevel)
    risk = models.CharField("风险类别", max_length=30)
    observed = models.BigIntegerField("实际值（基本单位）", null=True, blank=True)
    threshold = models.BigIntegerField("标准值（基本单位）", null=True, blank=True)
    observed_text = models.CharField("实际值（文字）", max_length=60, blank=True)
    threshold_text = models.CharField("标准值（文字）", max_length=60, blank=True)

    class Meta:
        ordering = ["run_id", "village_code", "household_id", "rule"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "household", "rule"],
                condition=Q(person_id__isnull=True),
                name="monitoring_finding_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["hit", "unknown"]), name="monitoring_finding_status"
            ),
        ]
        indexes = [
            # With rule and status, or SQLite looks the same rule of another month up by rule: every
            # household of it. It counts equal columns where it has no statistics.
            models.Index(
                fields=["household", "run", "rule", "status"], name="monitoring_finding_household"
            ),
            models.Index(
                fields=["run", "status", "village_code", "id"], name="monitoring_finding_place"
            ),
            models.Index(
                fields=["run", "status", "rule", "village_code", "id"],
                name="monitoring_finding_rule",
            ),
            models.Index(
                fields=["run", "status", "level", "village_code", "id"],
                name="monitoring_finding_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.household_id} {self.rule}"


class HouseholdLevel(models.Model):
    """A household's level in a run: that of its highest hit."""

    run = models.ForeignKey(
        Run, verbose_name="监测研判", on_delete=models.CASCADE, related_name="levels"
    )
    household = models.ForeignKey(
        Household,
        verbose_name="户",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    village_code = models.CharField("村（社区）代码", max_length=12)
    level = models.CharField("预警等级", max_length=8, choices=WarningLevel)

    class Meta:
        ordering = ["run_id", "household_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "household"], name="monitoring_level_once_a_household"
            )
        ]
        indexes = [models.Index(fields=["run", "level", "village_code"], name="monitoring_level")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.household_id} {self.level}"


class Tally(models.Model):
    """Counts of one rule in one place (6-, 9- or 12-digit prefix) in a run."""

    run = models.ForeignKey(
        Run, verbose_name="监测研判", on_delete=models.CASCADE, related_name="tallies"
    )
    place = models.CharField("行政区划代码前缀", max_length=12)
    digits = models.PositiveSmallIntegerField("前缀位数", help_text="6、9 或 12")
    rule = models.CharField("规则", max_length=60)
    hits = models.PositiveIntegerField("命中户数")
    unknown = models.PositiveIntegerField("无法判断户数")
    households = models.PositiveIntegerField("监测户数")

    class Meta:
        ordering = ["run_id", "place", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["run", "place", "rule"], name="monitoring_tally_once")
        ]
        indexes = [models.Index(fields=["run", "digits", "place"], name="monitoring_tally_place")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.place} {self.rule}"


class LevelTally(models.Model):
    """Households of one level in one place (6-, 9- or 12-digit prefix) in a run."""

    run = models.ForeignKey(
        Run, verbose_name="监测研判", on_delete=models.CASCADE, related_name="level_tallies"
    )
    place = models.CharField("行政区划代码前缀", max_length=12)
    digits = models.PositiveSmallIntegerField("前缀位数", help_text="6、9 或 12")
    level = models.CharField("预警等级", max_length=8, choices=WarningLevel)
    households = models.PositiveIntegerField("户数")

    class Meta:
        ordering = ["run_id", "place", "level"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "place", "level"], name="monitoring_level_tally_once"
            )
        ]
        indexes = [
            models.Index(fields=["run", "digits", "place"], name="monitoring_level_tally_place")
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.place} {self.level}"

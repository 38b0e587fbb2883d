"""Where people live: the division tree, resettlement sites, their buildings, and grids."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Level of a division; the value is the number of significant digits of its code."""

    COUNTY = 6, _("县")
    TOWN = 9, _("乡镇")
    VILLAGE = 12, _("村（社区）")


class Division(models.Model):
    """行政区划. Code of 12 digits, filled with zeros (GB/T 2260, GB/T 10114)."""

    code = models.CharField("行政区划代码（12 位）", max_length=12, primary_key=True)
    level = models.PositiveSmallIntegerField("级别（代码有效位数）", choices=Level)
    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey(
        "self",
        verbose_name="上级行政区划",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ended_on = models.DateField("撤并日期（不含当日）", null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=Level.COUNTY) | Q(parent__isnull=False),
                name="places_below_county_has_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def prefix(self) -> str:
        """The significant digits: everything inside this place begins with them."""
        return self.code[: self.level]


class SiteKind(models.TextChoices):
    """How a resettlement site is laid out."""

    URBAN = "urban", _("城镇集中")
    RURAL = "rural", _("农村集中")
    SCATTERED = "scattered", _("分散")


class Site(models.Model):
    """安置点: where relocated households live."""

    code = models.CharField("安置点编码", max_length=20, unique=True)
    name = models.CharField("安置点名称", max_length=60)
    kind = models.CharField("安置方式", max_length=10, choices=SiteKind)
    village_code = models.CharField("所在村（社区）代码", max_length=12, db_index=True)
    opened_on = models.DateField("入住日期", null=True, blank=True)
    planned_households = models.PositiveIntegerField("规划安置户数", null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Building(models.Model):
    """楼栋 of a site."""

    site = models.ForeignKey(
        Site, verbose_name="安置点", on_delete=models.PROTECT, related_name="buildings"
    )
    number = models.CharField("楼号", max_length=20)

    class Meta:
        ordering = ["site_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="places_building_once_a_site")
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.number}"


class Grid(models.Model):
    """网格: the households one grid worker looks after, in a village or at a site."""

    code = models.CharField("网格编码", max_length=20, unique=True)
    name = models.CharField("网格名称", max_length=60)
    village_code = models.CharField("所在村（社区）代码", max_length=12, db_index=True)
    site = models.ForeignKey(
        Site,
        verbose_name="安置点",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="grids",
    )
    ended_on = models.DateField("撤并日期（不含当日）", null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class RecodingState(models.TextChoices):
    """Where a change of villages or grids stands."""

    CHECKED = "checked", _("已核对，待确认")
    WAITING = "waiting", _("等待执行")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class Recoding(models.Model):
    """撤并: villages or grids merged, split or renamed from a day on; carried out by a job."""

    effective_on = models.DateField("生效日期")
    basis = models.CharField("依据文件", max_length=120)
    changes = models.JSONField("对照表", default=list)
    counts = models.JSONField("涉及数量", default=dict)
    state = models.CharField(
        "状态", max_length=10, choices=RecodingState, default=RecodingState.CHECKED
    )
    problem = models.TextField("失败原因", blank=True)
    job_id = models.BigIntegerField("作业编号", null=True, blank=True)
    created_by = models.CharField("经办人（登录名）", max_length=150)
    created_at = models.DateTimeField("提交时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    followed_at = models.DateTimeField("相关事项随改时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.basis}"


class CodeChange(models.Model):
    """沿革: what a village or grid was called before. Findings and files of then keep the old code."""

    recoding = models.ForeignKey(
        Recoding, verbose_name="撤并", on_delete=models.PROTECT, related_name="history"
    )
    kind = models.CharField("类别（村或网格）", max_length=8)
    old_code = models.CharField("原代码", max_length=20, db_index=True)
    old_name = models.CharField("原名称", max_length=60)
    new_code = models.CharField("新代码", max_length=20, db_index=True)
    new_name = models.CharField("新名称", max_length=60)
    is_whole = models.BooleanField("整体并入", help_text="原村（网格）全部并入新的一个")
    effective_on = models.DateField("生效日期")

    class Meta:
        ordering = ["-effective_on", "old_code", "new_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["recoding", "old_code", "new_code"], name="places_code_change_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.new_code}"

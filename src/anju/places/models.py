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

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

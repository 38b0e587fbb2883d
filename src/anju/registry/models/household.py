"""Households: identity and current state in one row, what changed in dated records."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.places.models import Building, Grid, Site
from anju.registry.models.dated import Dated


class HouseholdClass(models.TextChoices):
    """户类型."""

    LIFTED_OUT = "lifted_out", _("脱贫户")
    ORDINARY = "ordinary", _("一般农户")


class MonitoredKind(models.TextChoices):
    """监测对象类别 (the three classes of the regime that ran to the end of 2025)."""

    UNSTABLE = "unstable", _("脱贫不稳定户")
    MARGINAL = "marginal", _("边缘易致贫户")
    SUDDEN_HARDSHIP = "sudden_hardship", _("突发严重困难户")


class Household(models.Model):
    """户. Identity, and the state as known now, which lists filter and sort by.

    The state columns repeat the open `HouseholdRecord`; only registry actions write either.
    """

    code = models.CharField("户编码", max_length=20, unique=True)
    head_name = models.CharField("户主姓名", max_length=60)
    head_initials = models.CharField("户主姓名拼音首字母", max_length=20, blank=True)
    size = models.PositiveSmallIntegerField("家庭人口数", default=0)
    village_code = models.CharField("现居村（社区）代码", max_length=12)
    site = models.ForeignKey(
        Site,
        verbose_name="安置点",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    grid = models.ForeignKey(
        Grid,
        verbose_name="网格",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    origin_village_code = models.CharField("迁出地村代码", max_length=12, blank=True)
    household_class = models.CharField("户类型", max_length=12, choices=HouseholdClass)
    relocated = models.BooleanField("是否易地搬迁户", default=False)
    self_moved = models.BooleanField("是否自主迁徙居民", default=False)
    monitored_kind = models.CharField(
        "监测对象类别", max_length=16, choices=MonitoredKind, null=True, blank=True
    )
    included_on = models.DateField("纳入监测日期", null=True, blank=True)
    risk_removed_on = models.DateField("风险消除日期", null=True, blank=True)

    class Meta:
        ordering = ["village_code", "code"]
        indexes = [
            models.Index(fields=["village_code", "code"], name="registry_hh_place"),
            models.Index(fields=["origin_village_code", "code"], name="registry_hh_origin"),
            models.Index(fields=["head_name", "id"], name="registry_hh_name"),
            models.Index(fields=["head_initials", "id"], name="registry_hh_initials"),
            models.Index(
                fields=["village_code", "code"],
                condition=Q(relocated=True),
                name="registry_hh_relocated",
            ),
            models.Index(
                fields=["village_code", "code"],
                condition=Q(monitored_kind__isnull=False),
                name="registry_hh_monitored",
            ),
            models.Index(
                fields=["site", "code"],
                condition=Q(site__isnull=False),
                name="registry_hh_site",
            ),
            models.Index(
                fields=["grid", "code"],
                condition=Q(grid__isnull=False),
                name="registry_hh_grid",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class HouseholdRecord(Dated):
    """What a household was from a day on: place, class, relocation, monitoring."""

    household = models.ForeignKey(
        Household, verbose_name="户", on_delete=models.PROTECT, related_name="records"
    )
    village_code = models.CharField("现居村（社区）代码", max_length=12)
    site = models.ForeignKey(
        Site,
        verbose_name="安置点",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    grid = models.ForeignKey(
        Grid,
        verbose_name="网格",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    household_class = models.CharField("户类型", max_length=12, choices=HouseholdClass)
    relocated = models.BooleanField("是否易地搬迁户", default=False)
    self_moved = models.BooleanField("是否自主迁徙居民", default=False)
    monitored_kind = models.CharField(
        "监测对象类别", max_length=16, choices=MonitoredKind, null=True, blank=True
    )
    included_on = models.DateField("纳入监测日期", null=True, blank=True)
    risk_removed_on = models.DateField("风险消除日期", null=True, blank=True)

    class Meta:
        ordering = ["household_id", "known_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(known_to__isnull=True) | Q(known_to__gte=F("known_from")),
                name="registry_hhrec_known_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.valid_from}"


class Housing(Dated):
    """住房: where at a site or in a village the household's home is, and its title."""

    household = models.ForeignKey(
        Household, verbose_name="户", on_delete=models.PROTECT, related_name="housing"
    )
    building = models.ForeignKey(
        Building,
        verbose_name="楼栋",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entrance = models.CharField("单元", max_length=10, blank=True)
    room = models.CharField("房号", max_length=20, blank=True)
    address = models.CharField("住址", max_length=120, blank=True)
    area_dm2 = models.PositiveIntegerField(
        "住房面积", null=True, blank=True, help_text="面积，平方分米"
    )
    has_title = models.BooleanField("是否已办产权证", null=True, blank=True)

    class Meta:
        ordering = ["household_id", "known_from", "id"]

    def __str__(self) -> str:
        return f"{self.household_id} {self.room}"

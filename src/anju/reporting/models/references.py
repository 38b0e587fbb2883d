"""地区参照数: what the statistics bureaux publish of farmers' income, to compare the registers with."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Area(models.TextChoices):
    """Of which area a figure is published, the widest first."""

    NATION = "nation", _("全国")
    PROVINCE = "province", _("全省（自治区）")
    CITY = "city", _("全市")
    COUNTY = "county", _("全县")


class RegionalIncome(models.Model):
    """农村居民人均可支配收入 of an area from the first of January to the end of a quarter, as published.

    `amount` in fen; `growth` in per cent against the same time of last year. Entered once, used by
    every indicator that compares with that area.
    """

    area = models.CharField("地区", max_length=8, choices=Area)
    quarter = models.PositiveIntegerField(
        "截至季度", help_text="20233 为 2023 年前三季度，20234 为 2023 年全年"
    )
    amount = models.BigIntegerField("人均可支配收入（分）", null=True, blank=True)
    growth = models.DecimalField(
        "比上年同期增长（%）", max_digits=6, decimal_places=2, null=True, blank=True
    )
    source = models.CharField("来源", max_length=160)
    published_on = models.DateField("发布日期")
    recorded_on = models.DateField("登记日期")
    recorded_by = models.CharField("登记人（登录名）", max_length=150)

    class Meta:
        ordering = ["-quarter", "area"]
        constraints = [
            models.UniqueConstraint(fields=["area", "quarter"], name="reporting_regional_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | Q(growth__isnull=False),
                name="reporting_regional_says_something",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=20001) & Q(quarter__lte=29994),
                name="reporting_regional_quarter_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.quarter}"

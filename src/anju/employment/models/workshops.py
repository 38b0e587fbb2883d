"""Workshops near homes: what they are, and how many posts and workers they tell of when asked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.places.models import Site
from anju.registry.models.dated import Known


class WorkshopKind(models.TextChoices):
    """类型: what plans call them."""

    WORKSHOP = "workshop", _("就业帮扶车间")
    FACTORY = "factory", _("新社区工厂")
    BASE = "base", _("就业帮扶基地")
    HOME = "home", _("家庭工坊")


class Rating(models.TextChoices):
    """评定结果: whether it was found good by the four marks of the plan."""

    FOUR_GOOD = "four_good", _("“四好”")
    NONE = "none", _("未评上")


class Workshop(models.Model):
    """A workshop (就业帮扶车间、新社区工厂…), known as a whole since `known_on` and from `source`.

    Who of the register works there the labour ledger knows; how many work there in all, and what
    posts there are, it tells itself (`WorkshopCount`).
    """

    county_code = models.CharField("所在县代码（6 位）", max_length=6)
    division_code = models.CharField("所在地区划代码", max_length=12)
    site = models.ForeignKey(
        Site,
        verbose_name="安置点",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类型", max_length=10, choices=WorkshopKind)
    operator = models.CharField("经营主体", max_length=80, blank=True)
    products = models.CharField("主要产品或业务", max_length=80, blank=True)
    opened_on = models.DateField("开办（认定）日期", null=True, blank=True)
    closed_on = models.DateField("停办日期（不含当日）", null=True, blank=True)
    rating = models.CharField("评定结果", max_length=10, choices=Rating, blank=True)
    rated_on = models.DateField("评定日期", null=True, blank=True)
    known_on = models.DateField("掌握日期")
    source = models.CharField("来源（名单或经办人）", max_length=120)

    class Meta:
        ordering = ["division_code", "name", "id"]
        indexes = [models.Index(fields=["division_code", "name"], name="employment_workshop_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["division_code", "name"], name="employment_workshop_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="employment_workshop_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_code} {self.pk}"


class WorkshopCount(Known):
    """What a workshop told on a day: posts, who works there, of them lifted-out and relocated people;
    the wage is the average in fen a month. Empty is not known."""

    workshop = models.ForeignKey(
        Workshop, verbose_name="车间", on_delete=models.PROTECT, related_name="counts"
    )
    told_on = models.DateField("统计日期")
    posts = models.PositiveIntegerField("岗位数", null=True, blank=True)
    workers = models.PositiveIntegerField("吸纳就业人数", null=True, blank=True)
    lifted_out = models.PositiveIntegerField("其中脱贫人口（含监测对象）", null=True, blank=True)
    relocated = models.PositiveIntegerField("其中搬迁群众", null=True, blank=True)
    average_wage = models.BigIntegerField("月平均工资（分）", null=True, blank=True)

    class Meta:
        ordering = ["workshop_id", "-told_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "told_on"],
                condition=Q(known_to__isnull=True),
                name="employment_count_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.told_on}"

"""村庄分类: which class of the plan a village belongs to, and when it reached a standard."""

from django.db import models
from django.db.models import F, Q

from anju.duties.models import Plan


class VillageClass(models.Model):
    """村庄分类: 示范类, 提升类 or 整治类 (as the pack names them), from a day until a day."""

    plan = models.ForeignKey(Plan, verbose_name="方案", on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField("村（社区）代码", max_length=12)
    code = models.CharField("类别（代码）", max_length=40)
    basis = models.CharField("分类依据", max_length=160)
    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("终止日期（不含当日）", null=True, blank=True)
    recorded_by = models.CharField("登记人（登录名）", max_length=150)

    class Meta:
        ordering = ["plan_id", "division_code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "division_code"],
                condition=Q(valid_to__isnull=True),
                name="supervision_village_one_class",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="supervision_village_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_code} {self.code}"


class VillageAttainment(models.Model):
    """达标认定: a village met every standard of its class, by whose check."""

    plan = models.ForeignKey(Plan, verbose_name="方案", on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField("村（社区）代码", max_length=12)
    code = models.CharField("标准（类别代码）", max_length=40)
    met = models.JSONField("符合的标准（代码）", default=list)
    reached_on = models.DateField("达标日期")
    words = models.TextField("认定情况")
    recorded_by = models.CharField("登记人（登录名）", max_length=150)

    class Meta:
        ordering = ["plan_id", "division_code", "reached_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "division_code", "code"], name="supervision_village_reached_once"
            )
        ]
        indexes = [models.Index(fields=["plan", "reached_on"], name="supervision_reached")]

    def __str__(self) -> str:
        return f"{self.division_code} {self.code}"

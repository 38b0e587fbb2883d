"""单位对照: which units an office name of a plan means, settled once for all plans."""

from django.db import models

from anju.accounts.models import Unit


class OfficeName(models.Model):
    """A name as plans write it. Without units it means nobody in particular (各有关单位)."""

    name = models.CharField("单位（方案写法）", max_length=80, unique=True)
    units = models.ManyToManyField(
        Unit, verbose_name="对应单位", through="OfficeUnit", related_name="+"
    )
    settled_on = models.DateField("对照日期")
    settled_by = models.CharField("对照人（登录名）", max_length=150)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OfficeUnit(models.Model):
    """One unit that a name means; 各镇 means every town."""

    office = models.ForeignKey(
        OfficeName, verbose_name="单位（方案写法）", on_delete=models.CASCADE, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["office_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "unit"], name="duties_office_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.unit_id}"

"""The last number given to a case, for each county and year."""

from django.db import models


class CaseNumber(models.Model):
    """Numbers are counted here and not in the cases: who opens one sees those of some places only."""

    prefix = models.CharField("编号前缀（县和年）", max_length=16, unique=True)
    last = models.PositiveIntegerField("最后一个序号", default=0)

    class Meta:
        ordering = ["prefix"]

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"

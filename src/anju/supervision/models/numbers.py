"""The last number given to a supervision, a problem or a notice, for each county and year."""

from django.db import models


class SupervisionNumber(models.Model):
    """Numbers are counted here: who writes one may not see those of other places."""

    prefix = models.CharField("编号前缀（类别、县和年）", max_length=24, unique=True)
    last = models.PositiveIntegerField("最后一个序号", default=0)

    class Meta:
        ordering = ["prefix"]

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"

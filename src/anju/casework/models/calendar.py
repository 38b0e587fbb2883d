"""The county's own calendar: what differs from the published holidays."""

from django.db import models


class Holiday(models.Model):
    """A day that is off although it would be worked, or the other way round (调休)."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("是否上班")
    name = models.CharField("说明", max_length=40)
    set_by = models.CharField("经办人（登录名）", max_length=150)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

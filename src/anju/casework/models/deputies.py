"""代办人: who stands in for somebody who is away."""

from django.db import models
from django.db.models import F, Q

from anju.accounts.models import User


class Deputy(models.Model):
    """From one day to another (both included) the deputy acts where the absent user could."""

    user = models.ForeignKey(
        User, verbose_name="外出人", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    deputy = models.ForeignKey(
        User, verbose_name="代办人", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", help_text="含当日")
    made_by = models.CharField("登记人（登录名）", max_length=150)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="casework_deputy_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(user=F("deputy")), name="casework_deputy_is_another"
            ),
        ]
        indexes = [
            models.Index(fields=["deputy", "ends_on"], name="casework_deputy_of"),
            models.Index(fields=["user", "ends_on"], name="casework_deputy_for"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_on}"

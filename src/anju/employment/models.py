"""The labour ledger: who worked where, from when to when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anju.registry.models import Person
from anju.registry.models.dated import Known


class Channel(models.TextChoices):
    """就业渠道."""

    MIGRANT = "migrant", _("外出务工")
    LOCAL = "local", _("县内务工")
    WORKSHOP = "workshop", _("就业帮扶车间")
    WELFARE_POST = "welfare_post", _("公益性岗位")
    SELF_EMPLOYED = "self_employed", _("自主创业")


class Employment(Known):
    """One interval of work; `ended_on` is exclusive and empty while it goes on. Wage in fen."""

    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.PROTECT, related_name="+"
    )
    started_on = models.DateField("开始日期", null=True, blank=True)
    ended_on = models.DateField("结束日期（不含当日）", null=True, blank=True)
    channel = models.CharField("就业渠道", max_length=16, choices=Channel)
    county_code = models.CharField("务工地县级代码", max_length=12, blank=True)
    employer = models.CharField("用工单位", max_length=120, blank=True)
    monthly_wage = models.BigIntegerField("月工资（分）", null=True, blank=True)

    class Meta:
        ordering = ["person_id", "started_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "started_on", "channel"],
                condition=Q(known_to__isnull=True),
                name="employment_interval_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.started_on}"

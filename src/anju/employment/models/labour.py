"""Who worked where, and what workers said they want."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anju.employment.models.members import OfMember
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


class Residence(models.TextChoices):
    """常住情况."""

    HERE = "here", _("常住县内")
    AWAY = "away", _("外出")


class Answer(models.TextChoices):
    """有或没有某种意愿."""

    YES = "yes", _("有")
    NO = "no", _("无")


class LabourProfile(OfMember):
    """What a worker said on a day: where they live, what work and training they want, for what wage
    (fen a month); and what services of "131" they were given since they were asked before.

    It holds until the worker is asked again, a year at most.
    """

    told_on = models.DateField("摸底日期")
    residence = models.CharField("常住情况", max_length=4, choices=Residence, null=True, blank=True)
    wants_work = models.CharField("就业意愿", max_length=3, choices=Answer, null=True, blank=True)
    wants_training = models.CharField(
        "培训意愿", max_length=3, choices=Answer, null=True, blank=True
    )
    wished_trade = models.CharField("意向工种", max_length=60, blank=True)
    wished_wage = models.BigIntegerField("期望月工资（分）", null=True, blank=True)
    skill = models.CharField("技能特长", max_length=60, blank=True)
    talks = models.PositiveIntegerField("政策宣讲（次）", null=True, blank=True)
    openings = models.PositiveIntegerField("推荐岗位（个）", null=True, blank=True)
    offers = models.PositiveIntegerField("提供培训机会（次）", null=True, blank=True)

    class Meta:
        ordering = ["person_id", "told_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "told_on"],
                condition=Q(known_to__isnull=True),
                name="employment_profile_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "told_on"], name="employment_profile_person"),
            models.Index(fields=["told_on"], name="employment_profile_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.told_on}"

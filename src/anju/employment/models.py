"""The labour ledger: who worked where, what they were trained in, what they want."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.registry.models import Household, Person
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


class Category(models.TextChoices):
    """培训类别."""

    GUIDANCE = "guidance", _("引导性培训")
    SKILLS = "skills", _("职业技能培训")
    STARTUP = "startup", _("创业培训")
    ON_THE_JOB = "on_the_job", _("以工代训")
    FARMING = "farming", _("农村实用技术培训")


#: Training for a trade or a business: what plans count. Talks that show the way to work, and what
#: farmers are shown for their own fields, are kept and not counted.
VOCATIONAL = (Category.SKILLS, Category.STARTUP, Category.ON_THE_JOB)


class Certificate(models.TextChoices):
    """取得的证书."""

    NONE = "none", _("无证书")
    COMPLETION = "completion", _("培训合格证书")
    SPECIAL = "special", _("专项职业能力证书")
    SKILL_LEVEL = "skill_level", _("职业技能等级证书")
    QUALIFICATION = "qualification", _("职业资格证书")


class Level(models.TextChoices):
    """职业资格或技能等级."""

    FIVE = "5", _("五级（初级工）")
    FOUR = "4", _("四级（中级工）")
    THREE = "3", _("三级（高级工）")
    TWO = "2", _("二级（技师）")
    ONE = "1", _("一级（高级技师）")


class Residence(models.TextChoices):
    """常住情况."""

    HERE = "here", _("常住县内")
    AWAY = "away", _("外出")


class Answer(models.TextChoices):
    """有或没有某种意愿."""

    YES = "yes", _("有")
    NO = "no", _("无")


class OfMember(Known):
    """A fact of a person, which stands with the household they belonged to on its day."""

    household = models.ForeignKey(
        Household, verbose_name="户", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


class Training(OfMember):
    """One course a person took part in; `ended_on` is its last day. Subsidy in fen."""

    category = models.CharField("培训类别", max_length=12, choices=Category)
    trade = models.CharField("工种或培训内容", max_length=60)
    organiser = models.CharField("培训机构", max_length=120, blank=True)
    started_on = models.DateField("开班日期")
    ended_on = models.DateField("结业日期（含当日）", null=True, blank=True)
    certificate = models.CharField(
        "取得证书", max_length=16, choices=Certificate, null=True, blank=True
    )
    level = models.CharField("证书等级", max_length=1, choices=Level, blank=True)
    subsidy = models.BigIntegerField("培训补贴（分）", null=True, blank=True)

    class Meta:
        ordering = ["person_id", "started_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "started_on", "trade"],
                condition=Q(known_to__isnull=True),
                name="employment_training_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="employment_training_order",
            ),
        ]
        indexes = [models.Index(fields=["person", "started_on"], name="employment_training_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.started_on}"


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

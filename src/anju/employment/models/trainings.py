"""What people were trained in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.employment.models.members import OfMember


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

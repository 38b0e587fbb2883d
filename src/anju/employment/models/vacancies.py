"""Vacancies that employers tell of, and to whom of the register each was offered."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.employment.models.members import OfMember
from anju.employment.models.workshops import Workshop


class Keep(models.TextChoices):
    """食宿: what an employer offers beside the wage."""

    NONE = "none", _("不包食宿")
    BOARD = "board", _("包吃")
    LODGING = "lodging", _("包住")
    BOTH = "both", _("包吃包住")


class Vacancy(models.Model):
    """岗位需求. A public notice, known as a whole since `known_on`; what it said before stands in the
    audit trail. `closes_on` is its last day. Wages in fen a month.

    `division_code` is where the work is: a village, town or county of the tree, or a county elsewhere.
    """

    county_code = models.CharField("登记县代码（6 位）", max_length=6)
    employer = models.CharField("用人单位", max_length=120)
    workshop = models.ForeignKey(
        Workshop,
        verbose_name="帮扶车间",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vacancies",
    )
    trade = models.CharField("岗位（工种）", max_length=60)
    division_code = models.CharField("工作地区划代码", max_length=12)
    address = models.CharField("工作地点", max_length=120, blank=True)
    wanted = models.PositiveIntegerField("招聘人数")
    filled = models.PositiveIntegerField("单位报的已招人数", null=True, blank=True)
    wage_from = models.BigIntegerField("月工资从（分）", null=True, blank=True)
    wage_to = models.BigIntegerField("月工资到（分）", null=True, blank=True)
    age_from = models.PositiveSmallIntegerField("年龄从", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("年龄到（含）", null=True, blank=True)
    needs_skill = models.BooleanField("是否要求技能", null=True, blank=True)
    requirements = models.CharField("其他要求", max_length=200, blank=True)
    keep = models.CharField("食宿", max_length=8, choices=Keep, blank=True)
    contact = models.CharField("联系人", max_length=40, blank=True)
    phone_sealed = models.BinaryField("联系电话（SM4 密文）", null=True, blank=True)
    opened_on = models.DateField("发布日期")
    closes_on = models.DateField("截止日期（含当日）", null=True, blank=True)
    known_on = models.DateField("掌握日期")
    source = models.CharField("来源（名单或经办人）", max_length=120)

    class Meta:
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["opened_on"], name="employment_vacancy_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "employer", "trade", "division_code", "opened_on"],
                name="employment_vacancy_once",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opened_on")),
                name="employment_vacancy_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opened_on} {self.pk}"


class Result(models.TextChoices):
    """What came of an offer."""

    WAITING = "waiting", _("等待答复")
    TAKEN = "taken", _("已录用")
    DECLINED = "declined", _("本人不愿去")
    REFUSED = "refused", _("单位未录用")
    SILENT = "silent", _("联系不上或没有答复")


class Reason(models.TextChoices):
    """Why somebody does not want an opening. Nothing of health is asked or kept here."""

    WAGE = "wage", _("工资低于期望")
    DISTANCE = "distance", _("离家太远")
    FAMILY = "family", _("要照料家里")
    TRADE = "trade", _("工种不合适")
    HOURS = "hours", _("时间不合适")
    OTHER_WORK = "other_work", _("已找到别的工作")
    OTHER = "other", _("其他")


class Offer(OfMember):
    """推荐岗位: one opening put to one person on a day, and what came of it.

    Work that was taken begins on `started_on`; all else of it the labour ledger tells.
    """

    vacancy = models.ForeignKey(
        Vacancy, verbose_name="岗位需求", on_delete=models.PROTECT, related_name="offers"
    )
    offered_on = models.DateField("推荐日期")
    result = models.CharField("结果", max_length=10, choices=Result, default=Result.WAITING)
    reason = models.CharField("不愿去的原因", max_length=12, choices=Reason, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    started_on = models.DateField("到岗日期", null=True, blank=True)

    class Meta:
        ordering = ["-offered_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "vacancy"],
                condition=Q(known_to__isnull=True),
                name="employment_offer_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("offered_on")),
                name="employment_offer_order",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "offered_on"], name="employment_offer_person"),
            models.Index(fields=["offered_on"], name="employment_offer_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.offered_on}"

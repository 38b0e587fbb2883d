"""Public-welfare posts: what is set up for what need, who holds it, what was paid for which month."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.employment.models.members import OfMember
from anju.places.models import Site
from anju.registry.models.dated import Dated


class PostKind(models.TextChoices):
    """岗位类型: what the post is needed for."""

    CLEANING = "cleaning", _("保洁")
    FOREST = "forest", _("护林")
    ROAD = "road", _("护路")
    WATER = "water", _("护水护河")
    FACILITY = "facility", _("设施管护")
    SOLAR = "solar", _("光伏管护")
    CARE = "care", _("照料护理")
    ORDER = "order", _("治安协管")
    SERVICE = "service", _("公共服务")
    OTHER = "other", _("其他")


class PostFund(models.TextChoices):
    """资金来源: from where holders are paid."""

    EMPLOYMENT = "employment", _("就业补助资金")
    BRIDGING = "bridging", _("衔接资金")
    FORESTRY = "forestry", _("林业资金")
    COLLECTIVE = "collective", _("村集体收益")
    BUDGET = "budget", _("本级财政")
    OTHER = "other", _("其他")


class Insurance(models.TextChoices):
    """参保情况: what covers who holds a post."""

    NONE = "none", _("未参保")
    ACCIDENT = "accident", _("意外伤害保险")
    WORK_INJURY = "work_injury", _("工伤保险")
    SOCIAL = "social", _("社会保险")


class EndReason(models.TextChoices):
    """退岗原因: a closed list; what fits none of them is written beside 其他."""

    ENDED = "ended", _("协议到期")
    NOT_PERFORMING = "not_performing", _("不履行岗位职责")
    OTHER_WORK = "other_work", _("另有就业或创业")
    SCHOOL = "school", _("升学")
    ARMY = "army", _("参军")
    MOVED = "moved", _("迁出或长期外出")
    AGE = "age", _("达到年龄上限")
    INCAPABLE = "incapable", _("不再具备劳动能力")
    NOT_ELIGIBLE = "not_eligible", _("不符合聘用条件")
    CRIME = "crime", _("违法犯罪")
    NO_NEED = "no_need", _("岗位撤销")
    OWN_WISH = "own_wish", _("本人不愿继续")
    DIED = "died", _("死亡")
    OTHER = "other", _("其他")


class WelfarePost(models.Model):
    """A public-welfare post, for one or several people, known as a whole since `known_on`.

    `ended_on` is the first day on which it is needed no more. How many places it has, what it pays
    and from where, changes with time: `PostTerms`.
    """

    kind = models.CharField("岗位类型", max_length=12, choices=PostKind)
    name = models.CharField("岗位名称", max_length=60)
    division_code = models.CharField("所在地区划代码", max_length=12)
    site = models.ForeignKey(
        Site,
        verbose_name="安置点",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    unit = models.CharField("设岗单位", max_length=80)
    started_on = models.DateField("设岗日期", null=True, blank=True)
    ended_on = models.DateField("撤岗日期（不含当日）", null=True, blank=True)
    known_on = models.DateField("掌握日期")
    source = models.CharField("来源（名单或经办人）", max_length=120)

    class Meta:
        ordering = ["division_code", "unit", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["division_code", "unit", "kind", "name"], name="employment_post_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_code} {self.pk}"


class PostTerms(Dated):
    """How many places a post has, what it pays a month (fen) and from where, by which paper."""

    post = models.ForeignKey(
        WelfarePost, verbose_name="岗位", on_delete=models.PROTECT, related_name="terms"
    )
    places = models.PositiveIntegerField("核定人数", null=True, blank=True)
    monthly_pay = models.BigIntegerField("月补贴标准（分）", null=True, blank=True)
    fund = models.CharField("资金来源", max_length=12, choices=PostFund, blank=True)
    paper = models.CharField("设岗依据文号", max_length=120, blank=True)

    class Meta:
        ordering = ["post_id", "known_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(known_to__isnull=True) & Q(valid_to__isnull=True),
                name="employment_post_terms_now",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.valid_from}"


class PostHolding(OfMember):
    """Somebody holds a post from `started_on` until `ended_on` (exclusive). `agreed_until` is the last
    day of the agreement; pay is fen a month.

    The labour ledger has a row of the same person and day: it is written with the holding, so nobody
    begins two posts on one day. What no register knows is asked of the person before hiring: whether they have a business licence,
    and whether the household has a village official (`note` says how it was found out).
    """

    post = models.ForeignKey(
        WelfarePost, verbose_name="岗位", on_delete=models.PROTECT, related_name="holdings"
    )
    started_on = models.DateField("聘用日期")
    agreed_until = models.DateField("协议终止日期（含当日）", null=True, blank=True)
    monthly_pay = models.BigIntegerField("月补贴（分）", null=True, blank=True)
    insurance = models.CharField(
        "参保情况", max_length=12, choices=Insurance, null=True, blank=True
    )
    is_part_time = models.BooleanField("是否非全日制", null=True, blank=True)
    has_licence = models.BooleanField("本人是否办有营业执照", null=True, blank=True)
    has_official = models.BooleanField("家庭成员是否有村干部", null=True, blank=True)
    note = models.CharField("核实说明", max_length=200, blank=True)
    ended_on = models.DateField("退岗日期（不含当日）", null=True, blank=True)
    end_reason = models.CharField(
        "退岗原因", max_length=16, choices=EndReason, null=True, blank=True
    )
    end_note = models.CharField("退岗说明", max_length=200, blank=True)

    class Meta:
        ordering = ["person_id", "started_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "started_on"],
                condition=Q(known_to__isnull=True),
                name="employment_post_holding_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="employment_post_holding_order",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "started_on"], name="employment_post_holding_who"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.started_on}"


class PostPay(OfMember):
    """What somebody was due and paid for one month on a post (`YYYY-MM`), in fen.

    `days` only where the office pays by days: a number that it reports, nothing is recorded of when
    or where somebody was. It stands with person and post, so that it stays when the holding of that
    time is put right.
    """

    post = models.ForeignKey(
        WelfarePost, verbose_name="岗位", on_delete=models.PROTECT, related_name="+"
    )
    month = models.CharField("月份", max_length=7)
    due = models.BigIntegerField("应发（分）", null=True, blank=True)
    amount = models.BigIntegerField("实发（分）", null=True, blank=True)
    paid_on = models.DateField("发放日期", null=True, blank=True)
    days = models.PositiveSmallIntegerField("计发天数", null=True, blank=True)

    class Meta:
        ordering = ["person_id", "month", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "post", "month"],
                condition=Q(known_to__isnull=True),
                name="employment_post_pay_once",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, amount__isnull=True)
                | Q(paid_on__isnull=False, amount__isnull=False),
                name="employment_post_pay_whole",
            ),
        ]
        indexes = [models.Index(fields=["month", "person"], name="employment_post_pay_month")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month}"

"""补贴项目: what is paid for a period, by whose decision, with the figures it was opened with."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import Unit


class Every(models.TextChoices):
    """What time a scheme is for."""

    YEAR = "year", _("年度")
    QUARTER = "quarter", _("季度")
    MONTH = "month", _("月度")


class Recipient(models.TextChoices):
    """Who is paid."""

    HOUSEHOLD = "household", _("户")
    PERSON = "person", _("个人")
    ORGANISATION = "organisation", _("单位（村集体、合作社、企业等）")


class Rounding(models.TextChoices):
    """To what an amount is rounded; never above its cap."""

    FEN = "fen", _("四舍五入到分")
    YUAN = "yuan", _("四舍五入到元")
    YUAN_DOWN = "yuan_down", _("舍去元以下")


class SchemeState(models.TextChoices):
    """Whether claims may still be made and decided."""

    OPEN = "open", _("办理中")
    CLOSED = "closed", _("已结束")


class Scheme(models.Model):
    """补贴项目.

    `terms` are the figures as the policy pack (or the county's own document) had them when the scheme
    was opened, in the form of `anju.benefits.terms`: whatever becomes of the pack, a claim of this
    scheme gives the same amount again. `benefit` and `pack` are empty for one of the county's own.
    """

    county_code = models.CharField("县级代码（6 位）", max_length=6)
    number = models.CharField("项目编号", max_length=20)
    title = models.CharField("项目名称", max_length=80)
    benefit = models.CharField("政策包中的补贴", max_length=60, blank=True)
    pack = models.CharField("政策包", max_length=60, blank=True)
    pack_hash = models.CharField("政策包摘要", max_length=64, blank=True)
    terms = models.JSONField("补贴标准（设立时）", default=dict)
    every = models.CharField("周期", max_length=8, choices=Every, default=Every.YEAR)
    period = models.CharField("所属期", max_length=8)
    starts_on = models.DateField("所属期起")
    ends_on = models.DateField("所属期止")
    recipient = models.CharField("发放对象", max_length=12, choices=Recipient)
    unit = models.ForeignKey(
        Unit,
        verbose_name="责任单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    payer = models.ForeignKey(
        Unit,
        verbose_name="发放单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="空：由责任单位发放",
    )
    opens_on = models.DateField("申领起始日期")
    closes_on = models.DateField("申领截止日期")
    pay_by = models.DateField("应发放到位日期", null=True, blank=True)
    publicity_days = models.PositiveSmallIntegerField("公示天数")
    rounding = models.CharField("取整", max_length=10, choices=Rounding, default=Rounding.FEN)
    document_title = models.CharField("依据文件", max_length=120, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    document_date = models.DateField("文件日期", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=SchemeState, default=SchemeState.OPEN)
    version = models.PositiveIntegerField("版本", default=1)
    last_claim = models.PositiveIntegerField("已编申领号", default=0)
    opened_by = models.CharField("设立人（登录名）", max_length=150)
    opened_on = models.DateField("设立日期")
    closed_on = models.DateField("结束日期", null=True, blank=True)
    close_reason = models.CharField("结束说明", max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "number"], name="benefits_scheme_number_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="benefits_scheme_period"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="benefits_scheme_days"
            ),
        ]
        indexes = [
            models.Index(fields=["benefit", "starts_on"], name="benefits_scheme_benefit"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether anything may still be done with its claims before approval."""
        return self.state == SchemeState.OPEN

    @property
    def paying_unit_id(self) -> int | None:
        """Which unit pays."""
        return self.payer_id or self.unit_id

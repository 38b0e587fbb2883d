"""线索: what a rule, a person or an office raised about one household and one risk."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import User
from anju.monitoring.models import WarningLevel
from anju.registry.models import Household


class LeadState(models.TextChoices):
    """Every lead ends as one of the last four."""

    OPEN = "open", _("待核实")
    CASE = "case", _("已立案")
    MERGED = "merged", _("已并入")
    NO_RISK = "no_risk", _("核实无风险")
    EXPIRED = "expired", _("已过期")


class Channel(models.TextChoices):
    """Who raised it."""

    FINDING = "finding", _("监测预警")
    DEPARTMENT = "department", _("部门推送")
    GRID = "grid", _("网格员走访")
    HELPER = "helper", _("驻村帮扶")
    HOUSEHOLD = "household", _("农户自主申报")
    HOTLINE = "hotline", _("热线")
    PETITION = "petition", _("信访")


class Lead(models.Model):
    """One household and one risk: whoever raises it again while it is open adds a source."""

    household = models.ForeignKey(
        Household, verbose_name="户", on_delete=models.PROTECT, related_name="+"
    )
    village_code = models.CharField("村（社区）代码", max_length=12)
    risk = models.CharField("风险类别", max_length=30)
    level = models.CharField("预警等级", max_length=8, choices=WarningLevel)
    state = models.CharField("状态", max_length=8, choices=LeadState, default=LeadState.OPEN)
    first_on = models.DateField("首次发现日期")
    last_on = models.DateField("最近一次日期")
    due_on = models.DateField("核实期限", help_text="从首次发现到县级审定的期限，含当日")
    expires_on = models.DateField("逾期未核实即过期的日期", help_text="含当日仍有效")
    assigned_to = models.ForeignKey(
        User,
        verbose_name="核实人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    case = models.ForeignKey(
        "casework.Case",
        verbose_name="立案",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leads",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name="并入的线索",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    reason = models.CharField("办结理由（代码）", max_length=40, blank=True)
    note = models.TextField("办结说明", blank=True)
    ended_on = models.DateField("办结日期", null=True, blank=True)
    ended_by = models.CharField("办结人（登录名）", max_length=150, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "risk"],
                condition=Q(state="open"),
                name="casework_lead_open_once",
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="casework_lead_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_on__isnull=True)
                | (~Q(state="open") & Q(ended_on__isnull=False)),
                name="casework_lead_ended_or_open",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "village_code", "id"], name="casework_lead_place"),
            models.Index(fields=["state", "expires_on", "id"], name="casework_lead_expiry"),
            models.Index(fields=["state", "due_on", "id"], name="casework_lead_due"),
            models.Index(
                fields=["state", "village_code", "due_on", "id"], name="casework_lead_place_due"
            ),
            models.Index(fields=["state", "risk", "village_code", "id"], name="casework_lead_risk"),
            models.Index(
                fields=["assigned_to", "state", "due_on"],
                condition=Q(assigned_to__isnull=False),
                name="casework_lead_assigned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.risk}"


class LeadSource(models.Model):
    """来源: one time that a lead was raised. A finding counts once a run."""

    lead = models.ForeignKey(
        Lead, verbose_name="线索", on_delete=models.CASCADE, related_name="sources"
    )
    channel = models.CharField("渠道", max_length=12, choices=Channel)
    raised_on = models.DateField("日期")
    run_id = models.BigIntegerField("监测研判编号", null=True, blank=True)
    rule = models.CharField("规则", max_length=60, blank=True)
    person_id = models.BigIntegerField("人员内部编号", null=True, blank=True)
    told = models.TextField("反映的情况", blank=True)
    reference = models.CharField("来件编号", max_length=60, blank=True)
    raised_by = models.CharField("经办人（登录名）", max_length=150, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "run_id", "rule"],
                condition=Q(run_id__isnull=False),
                name="casework_lead_source_once_a_run",
            )
        ]
        indexes = [models.Index(fields=["run_id", "rule"], name="casework_lead_source_rule")]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.channel} {self.raised_on}"


class SelfReport(models.Model):
    """自主申报 by the open page of a village: a person of the village finds whose household it is."""

    village_code = models.CharField("村（社区）代码", max_length=12)
    reference = models.CharField("回执编号", max_length=12, unique=True)
    name = models.CharField("申报人姓名", max_length=60)
    phone_sealed = models.BinaryField("联系电话（SM4 密文）", null=True, blank=True)
    risk = models.CharField("风险类别", max_length=30)
    told = models.TextField("反映的困难")
    received_at = models.DateTimeField("收到时间")
    lead = models.ForeignKey(
        Lead,
        verbose_name="转为线索",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="self_reports",
    )
    refused_reason = models.CharField("不受理理由", max_length=200, blank=True)
    handled_on = models.DateField("处理日期", null=True, blank=True)
    handled_by = models.CharField("处理人（登录名）", max_length=150, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["village_code", "id"],
                condition=Q(handled_on__isnull=True),
                name="casework_self_report_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.reference

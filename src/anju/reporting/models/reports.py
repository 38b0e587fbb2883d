"""调度报告: what a unit, or the county, says of a time; its figures come by themselves."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import Unit
from anju.supervision.models import Handling, Replaceable, Urgency


class ReportKind(models.TextChoices):
    """How long a time a report is of."""

    MONTHLY = "monthly", _("月报")
    QUARTERLY = "quarterly", _("季报")
    YEARLY = "yearly", _("年报")
    SPECIAL = "special", _("专题报告")


class ReportState(models.TextChoices):
    """Where a report stands."""

    DRAFT = "draft", _("编写中")
    SUBMITTED = "submitted", _("待签发")
    RETURNED = "returned", _("已退回")
    ISSUED = "issued", _("已签发")


OPEN = (ReportState.DRAFT, ReportState.RETURNED)
"""Its words may still be changed, and its figures are those of the day."""


class Report(Replaceable):
    """报告. `words` is what the unit wrote, by part; `parts` its figures and their sentences, kept as
    they were when it was submitted. `version` counts changes, so that two people cannot act at once.

    What is issued never changes: it is corrected or withdrawn by the next `edition`, which `replaces` it.
    """

    unit = models.ForeignKey(
        Unit, verbose_name="编写单位", on_delete=models.PROTECT, related_name="+"
    )
    is_whole = models.BooleanField("全县报告", default=False)
    kind = models.CharField("种类", max_length=10, choices=ReportKind)
    period = models.CharField(
        "期次", max_length=24, help_text="如 2023-09、2023Q3、2023；专题报告为起止日期"
    )
    first_day = models.DateField("起始日期")
    last_day = models.DateField("截止日期")
    subject = models.CharField("专题", max_length=60, blank=True)
    due_on = models.DateField("报送期限")
    title = models.CharField("标题", max_length=120)
    recipient = models.CharField("主送机关", max_length=200, blank=True)
    copies = models.CharField("抄送机关", max_length=300, blank=True)
    urgency = models.CharField("紧急程度", max_length=8, choices=Urgency, blank=True)
    handling = models.CharField("知悉范围", max_length=8, choices=Handling, blank=True)
    numbered = models.PositiveSmallIntegerField("编份号的份数", default=0, help_text="0为不编份号")
    attachments = models.JSONField("附件", default=list)
    words = models.JSONField("各部分文字", default=dict)
    parts = models.JSONField("各部分数字（提交时留存）", default=list)
    frozen_on = models.DateField("数字留存日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=ReportState, default=ReportState.DRAFT)
    submitted_on = models.DateField("提交日期", null=True, blank=True)
    submitted_by = models.CharField("提交人（登录名）", max_length=150, blank=True)
    check_note = models.TextField("退回意见", blank=True)
    checked_by = models.CharField("签发或退回人（登录名）", max_length=150, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    number = models.CharField("发文字号", max_length=40, blank=True)
    head = models.CharField("发文机关标志", max_length=40, blank=True)
    signer = models.CharField("署名", max_length=60, blank=True)
    leader = models.CharField("签发人", max_length=20, blank=True)
    printed_by = models.CharField("印发机关", max_length=60, blank=True)
    replaces = models.OneToOneField(
        "self",
        verbose_name="替代的报告",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replacement",
    )
    edition = models.PositiveSmallIntegerField(
        "第几份", default=0, help_text="同一期的第一份为0，每更正或撤回一次加1"
    )
    created_on = models.DateField("开始编写日期")
    changed_by = models.CharField("最后修改人（登录名）", max_length=150, blank=True)
    version = models.PositiveIntegerField("变更次数", default=0)

    class Meta:
        ordering = ["-last_day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "period", "subject", "is_whole", "edition"],
                name="reporting_report_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "period", "subject", "edition"],
                condition=Q(is_whole=True),
                name="reporting_whole_once",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="reporting_number_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="reporting_period_has_days"
            ),
            models.CheckConstraint(
                condition=Q(state="issued", issued_on__isnull=False) & ~Q(number="")
                | ~Q(state="issued") & Q(issued_on__isnull=True, number=""),
                name="reporting_issued_has_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "issued"], frozen_on__isnull=False)
                | ~Q(state__in=["submitted", "issued"]),
                name="reporting_submitted_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, replacing="", edition=0)
                | Q(replaces__isnull=False, edition__gt=0) & ~Q(replacing=""),
                name="reporting_replaces_in_turn",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-last_day", "-id"], name="reporting_report_unit"),
            models.Index(fields=["-last_day", "-id"], name="reporting_report_last"),
            models.Index(
                fields=["due_on", "id"],
                condition=~Q(state="issued"),
                name="reporting_report_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.period}"

"""公示: what the village reads, without number, phone, account or illness; and objections to it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.casework.models.cases import Case


class Notice(models.Model):
    """One publication in one village; it comes down by itself after `ends_on`."""

    class Kind(models.TextChoices):
        """What is made known."""

        INCLUSION = "inclusion", _("拟纳入监测对象公示")
        REMOVAL = "removal", _("拟消除风险公示")

    village_code = models.CharField("村（社区）代码", max_length=12)
    kind = models.CharField("公示类别", max_length=10, choices=Kind)
    posted_on = models.DateField("公示开始日期")
    ends_on = models.DateField("公示截止日期", help_text="含当日")
    contact = models.CharField("受理单位和电话", max_length=80)
    posted_by = models.CharField("发布人（登录名）", max_length=150)
    taken_down_on = models.DateField("提前撤下日期", null=True, blank=True)
    taken_down_reason = models.CharField("撤下理由", max_length=200, blank=True)

    class Meta:
        ordering = ["-posted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("posted_on")), name="casework_notice_days_in_order"
            )
        ]
        indexes = [models.Index(fields=["village_code", "ends_on"], name="casework_notice_place")]

    def __str__(self) -> str:
        return f"{self.village_code} {self.posted_on}"


class NoticeEntry(models.Model):
    """One household on a notice: the masked name as it was published."""

    notice = models.ForeignKey(
        Notice, verbose_name="公示", on_delete=models.CASCADE, related_name="entries"
    )
    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.PROTECT, related_name="notices"
    )
    masked_name = models.CharField("公示姓名", max_length=60)
    members = models.PositiveSmallIntegerField("人数")
    proposed = models.CharField("拟定类别", max_length=40)
    case_version = models.PositiveIntegerField("公示时案件的变更次数", null=True, blank=True)

    class Meta:
        ordering = ["notice_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "case"], name="casework_notice_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.case_id}"


class Objection(models.Model):
    """异议: said on paper, by phone or on the notice board; answered before the case goes on.

    Without an entry it is about the whole notice, and holds up every household on it.
    """

    class Channel(models.TextChoices):
        """How it came."""

        BOARD = "board", _("公开页")
        PAPER = "paper", _("书面")
        SPOKEN = "spoken", _("当面或电话")

    notice = models.ForeignKey(
        Notice, verbose_name="公示", on_delete=models.CASCADE, related_name="objections"
    )
    entry = models.ForeignKey(
        NoticeEntry,
        verbose_name="涉及的户",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="objections",
    )
    reference = models.CharField("回执编号", max_length=12, unique=True)
    channel = models.CharField("渠道", max_length=8, choices=Channel, default=Channel.BOARD)
    received_at = models.DateTimeField("收到时间")
    name = models.CharField("反映人", max_length=60, blank=True)
    phone_sealed = models.BinaryField("联系电话（SM4 密文）", null=True, blank=True)
    told = models.TextField("反映的情况")
    recorded_by = models.CharField("登记人（登录名）", max_length=150, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.CharField("答复人（登录名）", max_length=150, blank=True)
    answer = models.TextField("核实和答复", blank=True)
    is_upheld = models.BooleanField("是否成立", null=True, blank=True)

    class Meta:
        ordering = ["notice_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, is_upheld__isnull=True)
                | Q(answered_on__isnull=False, is_upheld__isnull=False),
                name="casework_objection_answered_or_not",
            )
        ]
        indexes = [
            models.Index(
                fields=["notice"],
                condition=Q(answered_on__isnull=True),
                name="casework_objection_open",
            )
        ]

    def __str__(self) -> str:
        return self.reference

"""通报、约谈、督办: what was said to units about a problem or about how a plan is carried out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anju.accounts.models import Unit
from anju.duties.models import Plan
from anju.supervision.models.problems import FoundProblem
from anju.supervision.models.replacing import Replaceable
from anju.supervision.models.supervisions import Supervision


class NoticeKind(models.TextChoices):
    """How sharply it is said."""

    ORDER = "order", _("督办")
    SUMMONS = "summons", _("约谈")
    CRITICISM = "criticism", _("通报批评")


class Urgency(models.TextChoices):
    """紧急程度 of a document; empty for none."""

    URGENT = "urgent", _("加急")
    MOST_URGENT = "most", _("特急")


class Handling(models.TextChoices):
    """Who may have it. State secrets have no place here: docs/decisions/0024-no-state-secrets.md."""

    COMMON = "", _("不标注")
    INTERNAL = "internal", _("内部")


class SupervisionNotice(Replaceable):
    """督查通知. Of units, never of persons. Signed off, it is a document with a number and a head.

    `version` counts changes until then, so that two people cannot act at once. What is out is corrected or
    withdrawn by the one that `replaces` it.
    """

    number = models.CharField("编号", max_length=40, unique=True)
    kind = models.CharField("类别", max_length=10, choices=NoticeKind)
    plan = models.ForeignKey(
        Plan, verbose_name="方案", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supervision = models.ForeignKey(
        Supervision,
        verbose_name="督查",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notices",
    )
    problem = models.ForeignKey(
        FoundProblem,
        verbose_name="问题",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notices",
    )
    title = models.CharField("标题", max_length=120)
    words = models.TextField("内容")
    urgency = models.CharField("紧急程度", max_length=8, choices=Urgency, blank=True)
    copies = models.CharField("抄送机关", max_length=300, blank=True)
    handling = models.CharField("知悉范围", max_length=8, choices=Handling, blank=True)
    numbered = models.PositiveSmallIntegerField("编份号的份数", default=0, help_text="0为不编份号")
    attachments = models.JSONField("附件", default=list)
    on_paper = models.BooleanField("已在线下发文", default=False)
    version = models.PositiveIntegerField("变更次数", default=0)
    issued_on = models.DateField("印发日期")
    issued_by = models.CharField("登记人（登录名）", max_length=150)
    issuing_unit = models.ForeignKey(
        Unit,
        verbose_name="发文单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    document_number = models.CharField("发文字号", max_length=40, blank=True)
    head = models.CharField("发文机关标志", max_length=40, blank=True)
    signer = models.CharField("署名", max_length=60, blank=True)
    printed_by = models.CharField("印发机关", max_length=60, blank=True)
    signed_by = models.CharField("签发人（登录名）", max_length=150, blank=True)
    replaces = models.OneToOneField(
        "self",
        verbose_name="替代的通知",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replacement",
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, replacing="")
                | Q(replaces__isnull=False) & ~Q(replacing=""),
                name="supervision_notice_replaces_in_a_way",
            ),
            models.UniqueConstraint(
                fields=["document_number"],
                condition=~Q(document_number=""),
                name="supervision_notice_number_once",
            ),
        ]
        indexes = [models.Index(fields=["plan", "issued_on"], name="supervision_notice_plan")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_out(self) -> bool:
        """Whether it was sent: signed off here, or on paper."""
        return bool(self.document_number) or self.on_paper


OUT = ~Q(document_number="") | Q(on_paper=True)
"""Notices that were sent."""

REPLACED = ~Q(replacement__document_number="") & Q(replacement__isnull=False) | Q(
    replacement__on_paper=True
)
"""Notices that a later one which was sent has corrected or withdrawn."""


class NoticeUnit(models.Model):
    """发往单位: a unit that a notice is about."""

    notice = models.ForeignKey(
        SupervisionNotice, verbose_name="督查通知", on_delete=models.CASCADE, related_name="units"
    )
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["notice_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "unit"], name="supervision_notice_unit")
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.unit_id}"

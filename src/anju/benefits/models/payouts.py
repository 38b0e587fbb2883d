"""发放批次: claims handed to finance together, what came back of each, and what was recovered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anju.benefits.models.claims import Claim
from anju.benefits.models.schemes import Scheme
from anju.benefits.states import Failure


class BatchState(models.TextChoices):
    """Where a batch stands."""

    DRAWN = "drawn", _("待送财政")
    SENT = "sent", _("等待发放结果")
    DONE = "done", _("已登记结果")
    CANCELLED = "cancelled", _("已取消")


class LineResult(models.TextChoices):
    """What became of a line."""

    WAITING = "waiting", _("等待结果")
    PAID = "paid", _("已发放")
    FAILED = "failed", _("发放失败")
    CANCELLED = "cancelled", _("已取消")


class Batch(models.Model):
    """发放批次. No account numbers: the card office knows them, here stand numbers of claims and sums.

    `digest` is of the lines as they were handed over, `result_digest` of the results as they came
    back: the same results again change nothing.
    """

    scheme = models.ForeignKey(
        Scheme, verbose_name="补贴项目", on_delete=models.PROTECT, related_name="batches"
    )
    number = models.CharField("批次号", max_length=30, unique=True)
    state = models.CharField("状态", max_length=10, choices=BatchState, default=BatchState.DRAWN)
    version = models.PositiveIntegerField("版本", default=1)
    claims = models.PositiveIntegerField("笔数")
    total_fen = models.BigIntegerField("总金额（分）")
    digest = models.CharField("明细摘要（SM3）", max_length=64)
    drawn_on = models.DateField("编制日期")
    drawn_by = models.CharField("编制人（登录名）", max_length=150)
    sent_on = models.DateField("送财政日期", null=True, blank=True)
    sent_by = models.CharField("送出人（登录名）", max_length=150, blank=True)
    recorded_on = models.DateField("登记结果日期", null=True, blank=True)
    recorded_by = models.CharField("登记结果人（登录名）", max_length=150, blank=True)
    result_digest = models.CharField("结果摘要（SM3）", max_length=64, blank=True)
    paid_fen = models.BigIntegerField("已发放金额（分）", default=0)
    failed = models.PositiveIntegerField("失败笔数", default=0)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number


class PayoutLine(models.Model):
    """发放明细: one claim in one batch. A claim is at most once waiting for money or paid."""

    batch = models.ForeignKey(
        Batch, verbose_name="发放批次", on_delete=models.PROTECT, related_name="lines"
    )
    claim = models.ForeignKey(
        Claim, verbose_name="申领", on_delete=models.PROTECT, related_name="payouts"
    )
    amount_fen = models.BigIntegerField("金额（分）")
    result = models.CharField("结果", max_length=10, choices=LineResult, default=LineResult.WAITING)
    paid_on = models.DateField("到账日期", null=True, blank=True)
    failure = models.CharField("失败原因", max_length=10, choices=Failure, blank=True)
    note = models.CharField("失败说明", max_length=200, blank=True)

    class Meta:
        ordering = ["batch_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "claim"], name="benefits_line_once_a_batch"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(result__in=["paid", "waiting"]),
                name="benefits_line_never_paid_twice",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="benefits_line_amount"),
            models.CheckConstraint(
                condition=Q(result="paid", paid_on__isnull=False)
                | (~Q(result="paid") & Q(paid_on__isnull=True)),
                name="benefits_line_paid_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.claim_id}"


class Recovery(models.Model):
    """追回: money of a claim that came back on a day."""

    claim = models.ForeignKey(
        Claim, verbose_name="申领", on_delete=models.PROTECT, related_name="recoveries"
    )
    amount_fen = models.BigIntegerField("追回金额（分）")
    received_on = models.DateField("追回日期")
    voucher = models.CharField("凭证号", max_length=60)
    note = models.CharField("原因", max_length=200)
    recorded_by = models.CharField("登记人（登录名）", max_length=150)
    recorded_on = models.DateField("登记日期")

    class Meta:
        ordering = ["claim_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="benefits_recovery_amount"),
            models.UniqueConstraint(
                fields=["claim", "voucher"], name="benefits_recovery_voucher_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.received_on}"

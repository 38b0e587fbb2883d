"""公示: what of a roll was put up in the village, and what was said against it."""

from django.db import models
from django.db.models import F, Q

from anju.benefits.models.claims import Claim, Roll


class Publication(models.Model):
    """公示: a roll put up from a day to a day, exactly as its entries say."""

    roll = models.ForeignKey(
        Roll, verbose_name="花名册", on_delete=models.PROTECT, related_name="publications"
    )
    village_code = models.CharField("村（社区）代码", max_length=12)
    posted_on = models.DateField("公示日期")
    ends_on = models.DateField("公示期满日期")
    contact = models.CharField("监督电话", max_length=60)
    posted_by = models.CharField("公示人（登录名）", max_length=150)
    taken_down_on = models.DateField("撤下日期", null=True, blank=True)
    taken_down_reason = models.CharField("撤下原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-posted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("posted_on")), name="benefits_publication_days"
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "posted_on"], name="benefits_publication_place"),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.posted_on}"


class PublicationEntry(models.Model):
    """公示的一行: number of the claim, masked name, what for, how much. Nothing else is published."""

    publication = models.ForeignKey(
        Publication, verbose_name="公示", on_delete=models.PROTECT, related_name="entries"
    )
    claim = models.ForeignKey(
        Claim, verbose_name="申领", on_delete=models.PROTECT, related_name="+"
    )
    masked_name = models.CharField("公示的姓名", max_length=120)
    item = models.CharField("事项", max_length=40, blank=True)
    measure = models.CharField("数量或基数", max_length=40, blank=True)
    amount_fen = models.BigIntegerField("公示金额（分）")

    class Meta:
        ordering = ["publication_id", "claim_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "claim"], name="benefits_publication_entry_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.claim_id}"


class Objection(models.Model):
    """异议: what somebody said against a roll or one claim of it, and what became of it."""

    roll = models.ForeignKey(
        Roll, verbose_name="花名册", on_delete=models.PROTECT, related_name="objections"
    )
    claim = models.ForeignKey(
        Claim,
        verbose_name="针对的申领（空：针对整册）",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="objections",
    )
    received_on = models.DateField("收到日期")
    told = models.CharField("异议内容", max_length=500)
    answer_by = models.DateField("应答复日期")
    recorded_by = models.CharField("登记人（登录名）", max_length=150)
    settled_on = models.DateField("答复日期", null=True, blank=True)
    is_upheld = models.BooleanField("异议是否成立", null=True, blank=True)
    answer = models.CharField("答复", max_length=500, blank=True)
    settled_by = models.CharField("答复人（登录名）", max_length=150, blank=True)

    class Meta:
        ordering = ["roll_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, is_upheld__isnull=True)
                | Q(settled_on__isnull=False, is_upheld__isnull=False),
                name="benefits_objection_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.received_on}"

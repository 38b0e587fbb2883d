"""Money of a project, in fen: what was granted, by source, and what was paid out."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anju.projects.models.projects import Project
from anju.registry.models.dated import Known


class FundSource(models.TextChoices):
    """资金来源. The first four are the bridging fund (衔接资金) of each level."""

    CENTRAL = "central", _("中央衔接资金")
    PROVINCE = "province", _("省级衔接资金")
    CITY = "city", _("市级衔接资金")
    COUNTY = "county", _("县级衔接资金")
    COOPERATION = "cooperation", _("东西部协作资金")
    SOCIAL = "social", _("社会帮扶资金")
    OTHER = "other", _("其他资金")


class Funding(Known):
    """批复资金: what one source granted for a project; the sources together are its funds."""

    project = models.ForeignKey(
        Project, verbose_name="项目", on_delete=models.PROTECT, related_name="fundings"
    )
    fund = models.CharField("资金来源", max_length=12, choices=FundSource)
    amount = models.BigIntegerField("批复金额（分）")

    class Meta:
        ordering = ["project_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "fund"],
                condition=Q(known_to__isnull=True),
                name="projects_funding_once",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="projects_funding_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.fund}"


class PaymentKind(models.TextChoices):
    """支付类别."""

    WORKS = "works", _("工程款")
    LABOUR = "labour", _("劳务报酬")
    OTHER = "other", _("其他")


class Payment(Known):
    """资金支付: one payment by its voucher; of labour pay also how many people were paid.

    Who was paid stays in the pay list of the project; here they are counted only.
    """

    project = models.ForeignKey(
        Project, verbose_name="项目", on_delete=models.PROTECT, related_name="payments"
    )
    voucher = models.CharField("凭证号", max_length=60)
    paid_on = models.DateField("支付日期")
    kind = models.CharField("支付类别", max_length=8, choices=PaymentKind)
    amount = models.BigIntegerField("支付金额（分）")
    payee = models.CharField("收款单位", max_length=120, blank=True)
    workers = models.PositiveIntegerField("领取劳务报酬人数", null=True, blank=True)
    relocated_workers = models.PositiveIntegerField("其中搬迁群众人数", null=True, blank=True)

    class Meta:
        ordering = ["project_id", "paid_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "voucher", "kind"],
                condition=Q(known_to__isnull=True),
                name="projects_payment_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="projects_payment_amount"),
            models.CheckConstraint(
                condition=Q(kind="labour")
                | Q(workers__isnull=True, relocated_workers__isnull=True),
                name="projects_payment_workers_of_labour",
            ),
            models.CheckConstraint(
                condition=Q(relocated_workers__isnull=True)
                | Q(workers__isnull=True)
                | Q(relocated_workers__lte=F("workers")),
                name="projects_payment_relocated_of_workers",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "paid_on", "id"], name="projects_payment_day"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.voucher}"

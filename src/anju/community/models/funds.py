"""维修基金: the account of a site's owners for repairs, and its ledger."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anju.places.models import Site
from anju.registry.models import Household


class MaintenanceFund(models.Model):
    """The fund of a site: an account of its own. No account numbers are kept."""

    site = models.OneToOneField(
        Site, verbose_name="安置点", on_delete=models.PROTECT, related_name="+"
    )
    held_at = models.CharField("专户开户银行", max_length=80)
    opened_on = models.DateField("开户日期")
    levy_per_home = models.BigIntegerField("每户缴存标准（分）", null=True, blank=True)
    watched_by = models.CharField("监督单位", max_length=80, blank=True)

    class Meta:
        ordering = ["site__code"]

    def __str__(self) -> str:
        return f"{self.site_id} {self.opened_on}"


class EntryKind(models.TextChoices):
    """What a line of the ledger is."""

    LEVY = "levy", _("业主缴存")
    SUBSIDY = "subsidy", _("补助和公共收益")
    INTEREST = "interest", _("利息")
    PAYMENT = "payment", _("维修支出")
    REFUND = "refund", _("退还业主")


OUT = (EntryKind.PAYMENT, EntryKind.REFUND)


class FundEntry(models.Model):
    """One line. A payment carries the owners' decision. What was noted wrongly is withdrawn, not erased."""

    fund = models.ForeignKey(
        MaintenanceFund, verbose_name="维修基金", on_delete=models.PROTECT, related_name="entries"
    )
    kind = models.CharField("类别", max_length=10, choices=EntryKind)
    on = models.DateField("日期")
    amount = models.BigIntegerField("金额（分）")
    purpose = models.CharField("用途（来源）", max_length=200, blank=True)
    homes = models.PositiveIntegerField("缴存户数", null=True, blank=True)
    household = models.ForeignKey(
        Household,
        verbose_name="缴存（退还）的农户",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_on = models.DateField("业主表决日期", null=True, blank=True)
    homes_all = models.PositiveIntegerField("应参加表决的户数", null=True, blank=True)
    homes_present = models.PositiveIntegerField("参加表决的户数", null=True, blank=True)
    homes_in_favour = models.PositiveIntegerField("同意的户数", null=True, blank=True)
    recorded_on = models.DateField("登记日期")
    recorded_by = models.CharField("登记人（登录名）", max_length=150)
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回原因", max_length=200, blank=True)

    class Meta:
        ordering = ["on", "id"]
        verbose_name = "维修基金收支"
        indexes = [models.Index(fields=["fund", "on", "id"], name="community_fund_ledger")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="community_entry_is_something"),
            models.CheckConstraint(
                condition=~Q(kind="payment")
                | Q(
                    decided_on__isnull=False,
                    homes_all__isnull=False,
                    homes_present__isnull=False,
                    homes_in_favour__isnull=False,
                ),
                name="community_payment_was_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.kind} {self.on}"

    @property
    def signed(self) -> int:
        """Fen, negative for what goes out."""
        return -self.amount if self.kind in OUT else self.amount

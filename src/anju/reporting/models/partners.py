"""联署机关: units that issue a document together with the one that writes it."""

from django.db import models
from django.db.models import Q

from anju.accounts.models import Unit
from anju.reporting.models.reports import Report
from anju.supervision.models import SupervisionNotice


class ReportPartner(models.Model):
    """联署机关 of a report or of a notice of supervision, in the order of the document. It countersigns:
    then its name, 署名 and who signed are kept as they were."""

    report = models.ForeignKey(
        Report,
        verbose_name="报告",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="partners",
    )
    notice = models.ForeignKey(
        SupervisionNotice,
        verbose_name="督查通知",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    unit = models.ForeignKey(
        Unit, verbose_name="联署单位", on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField("顺序")
    head = models.CharField("发文机关标志", max_length=40, blank=True)
    signer = models.CharField("署名", max_length=60, blank=True)
    leader = models.CharField("签发人", max_length=20, blank=True)
    signed_on = models.DateField("会签日期", null=True, blank=True)
    signed_by = models.CharField("会签人（登录名）", max_length=150, blank=True)

    class Meta:
        ordering = ["report_id", "notice_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "unit"], name="reporting_partner_once"),
            models.UniqueConstraint(
                fields=["notice", "unit"], name="reporting_partner_of_notice_once"
            ),
            models.CheckConstraint(
                condition=Q(report__isnull=True, notice__isnull=False)
                | Q(report__isnull=False, notice__isnull=True),
                name="reporting_partner_of_one_document",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | ~Q(leader=""),
                name="reporting_partner_signed_by_leader",
            ),
        ]
        indexes = [models.Index(fields=["unit", "report"], name="reporting_partner_unit")]

    def __str__(self) -> str:
        return f"{self.report_id or self.notice_id} {self.unit_id}"

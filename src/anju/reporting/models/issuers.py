"""发文机关: how a unit's documents are headed, numbered and sent out."""

from django.db import models

from anju.accounts.models import Unit


class Issuer(models.Model):
    """发文机关: a unit as it stands on its documents."""

    unit = models.OneToOneField(
        Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+"
    )
    head = models.CharField("发文机关标志", max_length=40)
    mark = models.CharField("机关代字", max_length=20, unique=True)
    signer = models.CharField("署名", max_length=60)
    leader = models.CharField("签发人", max_length=20, blank=True)
    recipient = models.CharField("主送机关", max_length=200, blank=True)
    copies = models.CharField("抄送机关", max_length=300, blank=True)
    printed_by = models.CharField("印发机关", max_length=60, blank=True)

    class Meta:
        ordering = ["mark"]

    def __str__(self) -> str:
        return self.mark


class NumberCount(models.Model):
    """The last number a unit gave to a document in a year: they follow each other without gaps."""

    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最后一个序号", default=0)

    class Meta:
        ordering = ["unit_id", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="reporting_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year} {self.last}"

"""社区服务: what a resettlement site or a village has for those who live there."""

from django.db import models
from django.db.models import F, Q

from anju.places.models import Site
from anju.registry.models.dated import Known


class ServicePoint(Known):
    """A service of a site, or of a village: there from a day until a day, or found not to be there.

    `kind` is a code of the policy pack. What was never looked at has no row: unknown is not none.
    """

    village_code = models.CharField("所在村（社区）代码", max_length=12)
    site = models.ForeignKey(
        Site,
        verbose_name="安置点",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kind = models.CharField("服务类别（代码）", max_length=30)
    is_there = models.BooleanField("有没有", default=True)
    name = models.CharField("名称", max_length=80, blank=True)
    address = models.CharField("地点", max_length=120, blank=True)
    hours = models.CharField("开放时间", max_length=80, blank=True)
    keeper = models.CharField("负责单位", max_length=80, blank=True)
    staff = models.PositiveSmallIntegerField("工作人员（联络员）人数", null=True, blank=True)
    since = models.DateField("启用日期；没有的为核实日期")
    until = models.DateField("停用日期（不含当日）", null=True, blank=True)

    class Meta:
        ordering = ["village_code", "kind", "id"]
        indexes = [
            models.Index(fields=["kind", "village_code"], name="community_service_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="community_service_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.village_code} {self.kind} {self.since}"

"""What changes of an asset: its use, its title, who keeps it, its value, its leases, its yields."""

from django.db import models
from django.db.models import Q

from anju.assets.checking import SHARES
from anju.assets.models.asset import Asset, HolderLevel, Use
from anju.registry.models.dated import Dated, Known


class AssetState(Dated):
    """In what state an asset was, from when to when. A disposal names the paper that allows it."""

    asset = models.ForeignKey(
        Asset, verbose_name="资产", on_delete=models.PROTECT, related_name="states"
    )
    use = models.CharField("使用状况", max_length=10, choices=Use)
    reason = models.CharField("原因或说明", max_length=200, blank=True)
    paper = models.CharField("处置批准文号", max_length=120, blank=True)

    class Meta:
        ordering = ["asset_id", "known_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"],
                condition=Q(known_to__isnull=True) & Q(valid_to__isnull=True),
                name="assets_one_state_now",
            ),
            models.CheckConstraint(
                condition=~Q(use="disposed") | Q(paper__gt=""), name="assets_disposal_has_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.use}"


class Title(Dated):
    """Whose an asset was, and whether that was registered, from when to when."""

    asset = models.ForeignKey(
        Asset, verbose_name="资产", on_delete=models.PROTECT, related_name="titles"
    )
    holder_level = models.CharField("权属层级", max_length=10, choices=HolderLevel, blank=True)
    title_holder = models.CharField("产权主体", max_length=80, blank=True)
    has_title = models.BooleanField("是否确权登记", null=True, blank=True)
    titled_on = models.DateField("确权登记日期", null=True, blank=True)
    title_number = models.CharField("权证编号", max_length=60, blank=True)

    class Meta:
        ordering = ["asset_id", "known_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"],
                condition=Q(known_to__isnull=True) & Q(valid_to__isnull=True),
                name="assets_one_title_now",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.valid_from}"


class Upkeep(Dated):
    """Who looked after an asset, and as what, from when to when."""

    asset = models.ForeignKey(
        Asset, verbose_name="资产", on_delete=models.PROTECT, related_name="upkeeps"
    )
    keeper = models.CharField("管护主体", max_length=80, blank=True)
    keeper_duty = models.CharField("管护责任（岗位）", max_length=120, blank=True)

    class Meta:
        ordering = ["asset_id", "known_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"],
                condition=Q(known_to__isnull=True) & Q(valid_to__isnull=True),
                name="assets_one_upkeep_now",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.valid_from}"


class Valuation(Dated):
    """What an asset was worth, from when to when."""

    asset = models.ForeignKey(
        Asset, verbose_name="资产", on_delete=models.PROTECT, related_name="valuations"
    )
    present_value = models.BigIntegerField("现值（分）", null=True, blank=True)

    class Meta:
        ordering = ["asset_id", "known_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"],
                condition=Q(known_to__isnull=True) & Q(valid_to__isnull=True),
                name="assets_one_valuation_now",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.valid_from}"


class Lease(Known):
    """出租、承包或经营合同: who runs the asset from when to when (`ends_on` included), for how much."""

    asset = models.ForeignKey(
        Asset, verbose_name="资产", on_delete=models.PROTECT, related_name="leases"
    )
    operator = models.CharField("承租（经营）主体", max_length=80)
    starts_on = models.DateField("合同起始日期")
    ends_on = models.DateField("合同终止日期（含当日）")
    yearly_rent = models.BigIntegerField("年租金（分）", null=True, blank=True)

    class Meta:
        ordering = ["asset_id", "starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "starts_on"],
                condition=Q(known_to__isnull=True),
                name="assets_lease_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.starts_on}"


class Yield(Known):
    """收益: what an asset brought in a year and what it was shared out for, in fen."""

    asset = models.ForeignKey(
        Asset, verbose_name="资产", on_delete=models.PROTECT, related_name="yields"
    )
    year = models.PositiveSmallIntegerField("年度")
    due = models.BigIntegerField("应得收益（分）", null=True, blank=True)
    received = models.BigIntegerField("实得收益（分）", null=True, blank=True)
    upkeep = models.BigIntegerField("用于运行管护（分）", default=0)
    posts = models.BigIntegerField("用于公益岗位（分）", default=0)
    public = models.BigIntegerField("用于公益事业（分）", default=0)
    hardship = models.BigIntegerField("用于困难户（分）", default=0)
    collective = models.BigIntegerField("留归村集体（分）", default=0)
    other = models.BigIntegerField("其他分配（分）", default=0)
    published_on = models.DateField("分配公示日期", null=True, blank=True)

    class Meta:
        ordering = ["asset_id", "-year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "year"],
                condition=Q(known_to__isnull=True),
                name="assets_yield_once_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.year}"

    @property
    def shared(self) -> int:
        """All that was shared out, in fen."""
        return sum(getattr(self, name) for name in SHARES)

"""One asset: what it is, where, whose, what it cost, and who looks after it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anju.places.models import Site
from anju.projects.models import Project
from anju.registry.models import Household


class AssetKind(models.TextChoices):
    """资产类型: whom it serves, which decides what is managed of it."""

    PUBLIC = "public", _("公益性")
    OPERATING = "operating", _("经营性")
    HOUSEHOLD = "household", _("到户类")


class Category(models.TextChoices):
    """资产类别: what kind of thing it is."""

    HOUSE = "house", _("房屋")
    EQUIPMENT = "equipment", _("设施设备")
    ROAD = "road", _("道路交通")
    WATER = "water", _("水利设施")
    LAND = "land", _("土地林地")
    LIVING = "living", _("生物资产")
    EQUITY = "equity", _("权益类")
    OTHER = "other", _("其他")


class Fund(models.TextChoices):
    """资金来源: where most of the money came from."""

    BRIDGING = "bridging", _("衔接（扶贫）资金")
    INTEGRATED = "integrated", _("整合涉农资金")
    SECTOR = "sector", _("行业资金")
    BOND = "bond", _("地方债券")
    PAIRING = "pairing", _("协作和定点帮扶")
    DONATION = "donation", _("社会捐赠")
    OTHER = "other", _("其他")


class HolderLevel(models.TextChoices):
    """权属层级: at which level it is owned."""

    COUNTY = "county", _("县级")
    TOWN = "town", _("乡级")
    VILLAGE = "village", _("村级")
    HOUSEHOLD = "household", _("农户")


class Use(models.TextChoices):
    """使用状况. Whatever is disposed of stays on record, and comes back only by a decision."""

    IN_USE = "in_use", _("在用")
    WEAK = "weak", _("低效")
    IDLE = "idle", _("闲置")
    DAMAGED = "damaged", _("损毁")
    DISPOSED = "disposed", _("已处置")


class Asset(models.Model):
    """资产. Identity, and what is known now. `use` repeats the open `AssetState`; whose it is, who keeps
    it and what it is worth the open `Title`, `Upkeep` and `Valuation`.

    An asset of a household (到户类) is seen where the household lives; the others where they stand:
    in a village, or of a whole town or county. What is none of these is known as a whole, since
    `known_on` and from `source`; what it was before stands in the audit trail.
    """

    code = models.CharField("资产编号", max_length=40)
    county_code = models.CharField("所在县代码（6 位）", max_length=6)
    name = models.CharField("资产名称", max_length=80)
    kind = models.CharField("资产类型", max_length=10, choices=AssetKind)
    category = models.CharField("资产类别", max_length=10, choices=Category)
    division_code = models.CharField("所在地区划代码（到户类为登记时的村）", max_length=12)
    site = models.ForeignKey(
        Site,
        verbose_name="安置点",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    address = models.CharField("坐落", max_length=120, blank=True)
    household = models.ForeignKey(
        Household,
        verbose_name="农户（到户类）",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    project = models.ForeignKey(
        Project,
        verbose_name="形成资产的项目",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    fund = models.CharField("资金来源", max_length=12, choices=Fund, blank=True)
    built_on = models.DateField("建成（购置）日期")
    original_value = models.BigIntegerField("原值（分）")
    present_value = models.BigIntegerField("现值（分）", null=True, blank=True)
    holder_level = models.CharField("权属层级", max_length=10, choices=HolderLevel, blank=True)
    title_holder = models.CharField("产权主体", max_length=80, blank=True)
    has_title = models.BooleanField("是否确权登记", null=True, blank=True)
    titled_on = models.DateField("确权登记日期", null=True, blank=True)
    title_number = models.CharField("权证编号", max_length=60, blank=True)
    keeper = models.CharField("管护主体", max_length=80, blank=True)
    keeper_duty = models.CharField("管护责任（岗位）", max_length=120, blank=True)
    handed_over_on = models.DateField("移交日期", null=True, blank=True)
    use = models.CharField("使用状况", max_length=10, choices=Use)
    known_on = models.DateField("掌握日期")
    source = models.CharField("来源（名单或经办人）", max_length=120)

    class Meta:
        ordering = ["division_code", "code"]
        indexes = [models.Index(fields=["division_code", "code"], name="assets_asset_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["county_code", "code"], name="assets_code_once_a_county"
            ),
            models.CheckConstraint(
                condition=Q(kind="household", household__isnull=False)
                | (~Q(kind="household") & Q(household__isnull=True)),
                name="assets_household_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.code

"""An asset of a town, leased and yielding, and one of a household."""

from typing import TYPE_CHECKING

from tests.factories.assets import AssetFactory, AssetStateFactory, LeaseFactory, YieldFactory

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_assets(town: "Town") -> None:
    """Both carry the town's mark."""
    number, mark = len(town.samples.get("asset", ())), town.people
    asset = AssetFactory(
        code=f"ZQ{town.letter}ZC{number}", division_code=town.code, name=f"{mark}门面",
        title_holder=f"{mark}合作社", keeper=f"{mark}村委会", address=f"{mark}路",
    )  # fmt: skip
    AssetStateFactory(asset=asset, reason=f"{mark}原因")
    lease = LeaseFactory(asset=asset, operator=f"{mark}公司")
    town.add_sample("asset", asset.pk)
    town.add_sample("asset_lease", lease.pk)
    town.add_sample("asset_year", YieldFactory(asset=asset).year)
    town.add_sample("asset_fact", "lease")
    town.add_sample("asset_aspect", "upkeep")
    gone = AssetFactory(
        code=f"ZQ{town.letter}ZD{number}", division_code=town.code, name=f"{mark}机器",
        use="disposed",
    )  # fmt: skip
    AssetStateFactory(asset=gone, paper="县函1号")
    town.add_sample("asset_disposed", gone.pk)

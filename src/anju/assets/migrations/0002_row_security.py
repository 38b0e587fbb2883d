from django.db import migrations

from anju.places.conditions import LIVES_HERE, inside, weighed
from anju.places.fences import Fence

#: One of a household is seen where the household lives, the others where they stand.
SEEN_HERE = f"(household_id IS NULL AND {inside('division_code')}) OR {LIVES_HERE}"
#: Rows of an asset are seen by whoever sees that (its own fence answers).
OF_AN_ASSET = "EXISTS (SELECT 1 FROM assets_asset a WHERE a.id = asset_id)"


class Migration(migrations.Migration):
    """Who may see what of the register of assets, said once more by PostgreSQL."""

    dependencies = [
        ("assets", "0001_initial"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Fence("assets_asset", weighed(SEEN_HERE)),
        *(Fence(f"assets_{table}", OF_AN_ASSET) for table in ("assetstate", "lease", "yield")),
    ]

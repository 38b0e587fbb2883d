from django.db import migrations

from anju.places.fences import Fence

#: Rows of an asset are seen by whoever sees that (its own fence answers).
OF_AN_ASSET = "EXISTS (SELECT 1 FROM assets_asset a WHERE a.id = asset_id)"
ASPECTS = {
    "title": "holder_level, title_holder, has_title, titled_on, title_number",
    "upkeep": "keeper, keeper_duty",
    "valuation": "present_value",
}


class Migration(migrations.Migration):
    """What assets say now of title, upkeep and value begins their histories; since when, nobody said."""

    dependencies = [("assets", "0003_titles_upkeeps_values")]

    operations = [
        *(
            migrations.RunSQL(
                f"INSERT INTO assets_{table} (asset_id, known_from, source, {columns})"
                f" SELECT id, known_on, source, {columns} FROM assets_asset",
                migrations.RunSQL.noop,
                elidable=True,
            )
            for table, columns in ASPECTS.items()
        ),
        *(Fence(f"assets_{table}", OF_AN_ASSET) for table in ASPECTS),
    ]

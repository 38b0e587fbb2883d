import django.db.models.deletion
from django.db import migrations, models


def _plan() -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="duties.plan",
        verbose_name="方案",
    )


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_row_security")]

    operations = [
        migrations.RenameField("supervision", "frame_digest", "frame_hash"),
        migrations.AlterField("acceptance", "plan", _plan()),
        migrations.AlterField("villageclass", "plan", _plan()),
        migrations.AlterField("villageattainment", "plan", _plan()),
    ]

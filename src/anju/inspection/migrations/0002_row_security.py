from django.db import migrations

from anju.places.conditions import COUNTED_HERE, HERE
from anju.places.fences import Fence


class Migration(migrations.Migration):
    dependencies = [
        ("inspection", "0001_quality_checks"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Fence("inspection_problem", HERE),
        Fence("inspection_problemtally", COUNTED_HERE),
    ]

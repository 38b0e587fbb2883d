from django.db import migrations

from anju.places.conditions import COUNTED_HERE, HERE, inside, setting, weighed
from anju.places.fences import Fence, Refence

HELD_BY_ONESELF = f"held_by = {setting('username')}"
OF_THE_FILE = "(village_code = '' AND EXISTS (SELECT 1 FROM intake_batch b WHERE b.id = batch_id))"


class Migration(migrations.Migration):
    """Counts of places get a fence too; the conditions of the others are asked once a statement."""

    dependencies = [
        ("monitoring", "0002_row_security"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Refence("monitoring_finding", HERE),
        Refence("monitoring_householdlevel", HERE),
        Refence("intake_batch", weighed(f"{inside('division_code')} OR {HELD_BY_ONESELF}")),
        Refence("intake_row", weighed(f"{inside('village_code')} OR {OF_THE_FILE}")),
        Fence("monitoring_tally", COUNTED_HERE),
        Fence("monitoring_leveltally", COUNTED_HERE),
    ]

from django.db import migrations

from anju.places.fences import Fence, inside

IN_A_GRID = (
    "(cardinality(anju_grids()) > 0 AND EXISTS (SELECT 1 FROM registry_household h"
    " WHERE h.id = household_id AND h.grid_id = ANY (anju_grids())))"
)
HERE = f"{inside('village_code')} OR {IN_A_GRID}"
HELD_BY_ONESELF = "held_by = current_setting('anju.username', true)"
OF_THE_FILE = "(village_code = '' AND EXISTS (SELECT 1 FROM intake_batch b WHERE b.id = batch_id))"


class Migration(migrations.Migration):
    """The tables of findings, and those of imported files, which stand a floor below."""

    dependencies = [
        ("intake", "0003_held_by"),
        ("monitoring", "0001_initial"),
        ("registry", "0005_row_security"),
    ]

    operations = [
        Fence("monitoring_finding", HERE),
        Fence("monitoring_householdlevel", HERE),
        Fence("intake_batch", f"{inside('division_code')} OR {HELD_BY_ONESELF}"),
        Fence("intake_row", f"{inside('village_code')} OR {OF_THE_FILE}"),
    ]

from django.db import migrations

from anju.places.conditions import inside, weighed
from anju.places.fences import Fence

# As of the rows of a file: what names no place belongs to the file's place.
OF_THE_FILE = "(village_code = '' AND EXISTS (SELECT 1 FROM intake_batch b WHERE b.id = batch_id))"


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0006_differences"),
        ("monitoring", "0003_row_security_once_a_statement"),
    ]

    operations = [Fence("intake_difference", weighed(f"{inside('village_code')} OR {OF_THE_FILE}"))]

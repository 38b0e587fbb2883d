from django.db import migrations

from anju.places.conditions import of_a_member
from anju.places.fences import Fence


class Migration(migrations.Migration):
    dependencies = [
        ("employment", "0004_trainings"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Fence(table, of_a_member(f"{table}.person_id"))
        for table in ("employment_training", "employment_labourprofile")
    ]

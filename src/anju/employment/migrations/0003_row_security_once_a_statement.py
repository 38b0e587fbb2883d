from django.db import migrations

from anju.places.conditions import of_a_member
from anju.places.fences import Refence


class Migration(migrations.Migration):
    dependencies = [
        ("employment", "0002_row_security"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Refence(
            "employment_employment",
            of_a_member("employment_employment.person_id", " OR channel = 'welfare_post'"),
        )
    ]

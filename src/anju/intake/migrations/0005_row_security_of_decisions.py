from django.db import migrations

from anju.places.fences import Fence

# A decision holds for every file with such a row: who sees the person sees what was decided.
OF_A_FILE_OR_PERSON = (
    "EXISTS (SELECT 1 FROM intake_batch b WHERE b.id = batch_id)"
    " OR EXISTS (SELECT 1 FROM registry_person p WHERE p.id = person_id)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0004_decisions"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [Fence("intake_decision", OF_A_FILE_OR_PERSON)]

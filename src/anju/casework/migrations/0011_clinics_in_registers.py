from django.db import migrations


class Migration(migrations.Migration):
    """What was seen of clinics goes to the registers, where lists bring it as well.

    The rows stay: the table gets its new name here, its model in the registers' own migration.
    """

    dependencies = [
        ("casework", "0010_clinics"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable(name="clinicreport", table="registry_clinicreport")
            ],
            state_operations=[migrations.DeleteModel(name="ClinicReport")],
        ),
    ]

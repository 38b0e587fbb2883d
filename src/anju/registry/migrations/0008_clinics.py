from django.db import migrations, models


class Migration(migrations.Migration):
    """What was seen of clinics comes from casework, with its table and fence."""

    dependencies = [
        ("registry", "0007_events_by_household"),
        ("casework", "0011_clinics_in_registers"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[],
            state_operations=[
                migrations.CreateModel(
                    name="ClinicReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "village_code",
                            models.CharField(max_length=12, verbose_name="村（社区）代码"),
                        ),
                        ("seen_on", models.DateField(verbose_name="核实日期")),
                        ("has_clinic", models.BooleanField(verbose_name="有无村卫生室")),
                        ("has_staff", models.BooleanField(verbose_name="有无合格村医")),
                        (
                            "fills_blank",
                            models.BooleanField(default=False, verbose_name="空白点由此清零"),
                        ),
                        (
                            "arrangement",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="空白期间的安排"
                            ),
                        ),
                        ("source", models.CharField(max_length=80, verbose_name="来源")),
                        (
                            "recorded_by",
                            models.CharField(max_length=150, verbose_name="登记人（登录名）"),
                        ),
                    ],
                    options={
                        "ordering": ["village_code", "seen_on", "id"],
                        "indexes": [
                            models.Index(
                                fields=["village_code", "seen_on", "id"],
                                name="casework_clinic_place",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]

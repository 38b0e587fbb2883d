from datetime import timedelta

from django.conf import settings
from django.db import migrations, models

#: The published days from finding to decision, for leads raised before the county's own were kept.
DAYS = 15


def days_of_leads(apps, schema_editor):
    leads = apps.get_model("casework", "Lead").objects
    for day in list(leads.order_by("first_on").values_list("first_on", flat=True).distinct()):
        leads.filter(first_on=day).update(due_on=day + timedelta(days=DAYS))


class Migration(migrations.Migration):
    """A lead has a limit of its own: what was found is decided within the days of the pack."""

    dependencies = [
        ("casework", "0007_desk_counts"),
        ("registry", "0006_row_security_once_a_statement"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="due_on",
            field=models.DateField(
                default="2021-01-01",
                help_text="从首次发现到县级审定的期限，含当日",
                verbose_name="核实期限",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(days_of_leads, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="lead", name="casework_lead_assigned"),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["state", "due_on", "id"], name="casework_lead_due"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                fields=["state", "village_code", "due_on", "id"], name="casework_lead_place_due"
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("assigned_to__isnull", False)),
                fields=["assigned_to", "state", "due_on"],
                name="casework_lead_assigned",
            ),
        ),
    ]

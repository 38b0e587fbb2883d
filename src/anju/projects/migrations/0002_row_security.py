from django.db import migrations

from anju.places.conditions import inside, weighed
from anju.places.fences import Fence

#: Rows of a project are seen by whoever sees that (its own fence answers).
OF_A_PROJECT = "EXISTS (SELECT 1 FROM projects_project p WHERE p.id = project_id)"


class Migration(migrations.Migration):
    """Who may see what of the project library, said once more by PostgreSQL."""

    dependencies = [
        ("projects", "0001_initial"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Fence("projects_project", weighed(inside("division_code"))),
        *(
            Fence(f"projects_{table}", OF_A_PROJECT)
            for table in ("projectstep", "projectprogress", "funding", "payment")
        ),
    ]

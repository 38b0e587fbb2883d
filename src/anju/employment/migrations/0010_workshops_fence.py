from django.db import migrations

from anju.places.conditions import inside, of_a_member, weighed
from anju.places.fences import Fence

#: What a workshop told is seen by whoever sees that (its own fence answers).
OF_A_WORKSHOP = "EXISTS (SELECT 1 FROM employment_workshop w WHERE w.id = workshop_id)"


class Migration(migrations.Migration):
    """Workshops are seen where they stand, offers where who was offered lives; vacancies are public."""

    dependencies = [
        ("employment", "0009_workshops_and_vacancies"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Fence("employment_workshop", weighed(inside("division_code"))),
        Fence("employment_workshopcount", OF_A_WORKSHOP),
        Fence("employment_offer", of_a_member("employment_offer.person_id")),
    ]

from django.db import migrations

from anju.places.conditions import LIVES_HERE, in_grids, inside, of_a_member, weighed
from anju.places.fences import SEEN_HERE, Refence

# What the place of origin sees of a household that moved away: anju.registry.sides.
KEPT = f"({SEEN_HERE} AND kind = 'help_measure' AND person_id IS NULL)"


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_row_security")]

    operations = [
        Refence(
            "registry_household",
            weighed(f"{inside('village_code')} OR {inside('origin_village_code')} OR {in_grids()}"),
        ),
        *(
            Refence(f"registry_{name}", LIVES_HERE)
            for name in ("householdrecord", "income", "event", "holding")
        ),
        Refence("registry_status", f"{LIVES_HERE} OR {KEPT}"),
        Refence("registry_personrecord", of_a_member("registry_personrecord.person_id")),
    ]

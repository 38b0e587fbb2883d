from django.db import migrations

from anju.places.fences import IN_GRIDS, LIVES_HERE, SEEN_HERE, Fence, inside

# What the place of origin sees of a household that moved away: anju.registry.sides.
KEPT = f"({SEEN_HERE} AND kind = 'help_measure' AND person_id IS NULL)"
OF_A_MEMBER = (
    "EXISTS (SELECT 1 FROM registry_membership m JOIN registry_household h ON h.id = m.household_id"
    f" WHERE m.person_id = registry_personrecord.person_id AND ({inside('h.village_code')}"
    f" OR h.{IN_GRIDS}))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_row_security_functions"),
        ("registry", "0004_membership_by_person"),
    ]

    operations = [
        Fence(
            "registry_household",
            f"{inside('village_code')} OR {inside('origin_village_code')} OR {IN_GRIDS}",
        ),
        Fence("registry_householdrecord", LIVES_HERE),
        Fence("registry_housing", SEEN_HERE),
        Fence("registry_membership", SEEN_HERE),
        Fence(
            "registry_person",
            "EXISTS (SELECT 1 FROM registry_membership m WHERE m.person_id = registry_person.id)",
        ),
        Fence("registry_personrecord", OF_A_MEMBER),
        Fence("registry_status", f"{LIVES_HERE} OR {KEPT}"),
        Fence("registry_income", LIVES_HERE),
        Fence("registry_event", LIVES_HERE),
        Fence("registry_holding", LIVES_HERE),
    ]

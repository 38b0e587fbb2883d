from django.db import migrations

from anju.places.fences import IN_GRIDS, Fence, inside

OF_A_MEMBER = (
    "EXISTS (SELECT 1 FROM registry_membership m JOIN registry_household h ON h.id = m.household_id"
    " WHERE m.person_id = employment_employment.person_id"
    f" AND ({inside('h.village_code')} OR h.{IN_GRIDS} OR channel = 'welfare_post'))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("employment", "0001_initial"),
        ("registry", "0005_row_security"),
    ]

    operations = [Fence("employment_employment", OF_A_MEMBER)]

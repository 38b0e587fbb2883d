from django.db import migrations

from anju.places.conditions import setting
from anju.places.fences import Fence

ONES_OWN = (
    "EXISTS (SELECT 1 FROM accounts_user u"
    f" WHERE u.id = owner_id AND u.username = {setting('username')})"
)


class Migration(migrations.Migration):
    """A view is seen by who saved it."""

    dependencies = [
        ("exports", "0004_saved_views"),
        ("accounts", "0003_token"),
        ("places", "0002_row_security_functions"),
    ]

    operations = [Fence("exports_savedview", ONES_OWN)]

from django.db import migrations

from anju.places.conditions import covers, setting
from anju.places.fences import Fence

ASKED_BY_ONESELF = (
    "EXISTS (SELECT 1 FROM accounts_user u"
    f" WHERE u.id = asker_id AND u.username = {setting('username')})"
)
# IS NOT TRUE: without settings nothing is known to be covered.
ALL_OF_IT = (
    "(jsonb_array_length(ranges) > 0 AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(ranges) each"
    f" WHERE {covers('(each->>0)', '(each->>1)')} IS NOT TRUE))"
)


class Migration(migrations.Migration):
    """A request is seen by who asked, and by those who answer for every place it reaches."""

    dependencies = [
        ("exports", "0001_requests"),
        ("accounts", "0003_token"),
        ("places", "0002_row_security_functions"),
    ]

    operations = [Fence("exports_exportrequest", f"{ASKED_BY_ONESELF} OR {ALL_OF_IT}")]

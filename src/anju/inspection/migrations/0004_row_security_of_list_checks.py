from django.db import migrations

from anju.places.conditions import covers, inside, weighed
from anju.places.fences import Fence

# IS NOT TRUE: without settings nothing is known to be covered.
ALL_OF_IT = (
    "(jsonb_array_length(ranges) > 0 AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(ranges) each"
    f" WHERE {covers('(each->>0)', '(each->>1)')} IS NOT TRUE))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("inspection", "0003_list_checks"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Fence("inspection_listcheck", ALL_OF_IT),
        Fence("inspection_listproblem", weighed(inside("village_code"))),
    ]

from django.db import migrations

from anju.places.conditions import LIVES_HERE, in_grids, inside, weighed
from anju.places.fences import Fence

#: Requests are seen where they are; who holds a grid sees those of the grid.
OF_THE_PLACE = weighed(f"{inside('village_code')} OR {in_grids()}")
OF_A_REQUEST = "EXISTS (SELECT 1 FROM community_request r WHERE r.id = request_id)"
_SITE = weighed(
    f"{inside('s.village_code')} OR EXISTS (SELECT 1 FROM places_grid g"  # noqa: S608
    f" WHERE g.site_id = s.id AND {in_grids('g.id')})"
)
#: Lines of a fund are seen whole by who sees the site, so that sums are the same for all; and by who
#: sees the household that paid.
OF_THE_SITE = (
    "(EXISTS (SELECT 1 FROM community_maintenancefund f JOIN places_site s ON s.id = f.site_id"  # noqa: S608
    f" WHERE f.id = fund_id AND {_SITE}) OR {LIVES_HERE})"
)
OF_A_PLACE = weighed(
    f"{inside('village_code')} OR EXISTS (SELECT 1 FROM places_grid g"  # noqa: S608
    f" WHERE g.site_id = community_servicepoint.site_id AND {in_grids('g.id')})"
)


class Migration(migrations.Migration):
    """Who may see what of communities, said once more by PostgreSQL."""

    dependencies = [
        ("community", "0001_requests_services_funds"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Fence("community_request", OF_THE_PLACE),
        Fence("community_requeststep", OF_A_REQUEST),
        Fence("community_fundentry", OF_THE_SITE),
        Fence("community_servicepoint", OF_A_PLACE),
    ]

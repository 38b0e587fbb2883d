from django.db import migrations

from anju.places.conditions import HERE, inside, weighed
from anju.places.fences import Fence

#: Rows of a lead, a case or a notice are seen by whoever sees that (its own fence answers).
OF_A_LEAD = "EXISTS (SELECT 1 FROM casework_lead l WHERE l.id = lead_id)"
OF_A_CASE = "EXISTS (SELECT 1 FROM casework_case c WHERE c.id = case_id)"
OF_A_NOTICE = "EXISTS (SELECT 1 FROM casework_notice n WHERE n.id = notice_id)"
IN_A_VILLAGE = weighed(inside("village_code"))


class Migration(migrations.Migration):
    """Who may see what of casework, said once more by PostgreSQL."""

    dependencies = [
        ("casework", "0001_initial"),
        ("registry", "0005_row_security"),
    ]

    operations = [
        Fence("casework_lead", HERE),
        Fence("casework_leadsource", OF_A_LEAD),
        Fence("casework_selfreport", IN_A_VILLAGE),
        Fence("casework_case", HERE),
        *(
            Fence(f"casework_{table}", OF_A_CASE)
            for table in (
                "caserisk",
                "move",
                "authorisation",
                "homecheck",
                "comparison",
                "review",
                "removalcheck",
                "measure",
                "followup",
                "noticeentry",
            )
        ),
        Fence("casework_notice", IN_A_VILLAGE),
        Fence("casework_objection", OF_A_NOTICE),
    ]

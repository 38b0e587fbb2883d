from django.db import migrations

from anju.places.conditions import LIVES_HERE, setting, weighed
from anju.places.fences import Fence

#: Rows that name no household are the work of offices, seen by who is signed in; their gates ask for
#: the units. Rows that do are seen where the household lives.
OF_WORK_OR_HERE = weighed(
    f"(household_id IS NULL AND {setting('username')} <> '') OR {LIVES_HERE}"
)
OF_AN_ITEM = "EXISTS (SELECT 1 FROM supervision_sampleitem i WHERE i.id = item_id)"
OF_A_PROBLEM = "EXISTS (SELECT 1 FROM supervision_foundproblem p WHERE p.id = problem_id)"
OF_A_REPORT = (
    "EXISTS (SELECT 1 FROM supervision_rectification r WHERE r.id = rectification_id)"
)
OF_WORK_OR_A_PROBLEM = (
    f"(problem_id IS NULL AND {setting('username')} <> '') OR {OF_A_PROBLEM}"
)
OF_A_NOTICE = "EXISTS (SELECT 1 FROM supervision_supervisionnotice n WHERE n.id = notice_id)"


class Migration(migrations.Migration):
    """Who may see what of supervision, said once more by PostgreSQL."""

    dependencies = [
        ("supervision", "0001_initial"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Fence("supervision_sampleitem", OF_WORK_OR_HERE),
        Fence("supervision_sampleanswer", OF_AN_ITEM),
        Fence("supervision_foundproblem", OF_WORK_OR_HERE),
        Fence("supervision_problemunit", OF_A_PROBLEM),
        Fence("supervision_problemround", OF_A_PROBLEM),
        Fence("supervision_rectification", OF_A_PROBLEM),
        Fence("supervision_rectificationproof", OF_A_REPORT),
        Fence("supervision_lookback", OF_A_PROBLEM),
        Fence("supervision_supervisionnotice", OF_WORK_OR_A_PROBLEM),
        Fence("supervision_noticeunit", OF_A_NOTICE),
    ]

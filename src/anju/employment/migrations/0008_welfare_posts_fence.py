from django.db import migrations

from anju.places.conditions import LIVES_HERE, inside, weighed
from anju.places.fences import Fence

#: Who holds a post is seen where they live; how many hold it, where the post is.
POST_IS_HERE = (
    "EXISTS (SELECT 1 FROM employment_welfarepost p WHERE p.id = post_id"
    f" AND {weighed(inside('p.division_code'))})"
)


class Migration(migrations.Migration):
    """Posts and their terms name no person and stay open; those who hold them and their pay do not."""

    dependencies = [
        ("employment", "0007_welfare_posts"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Fence("employment_postholding", f"{LIVES_HERE} OR {POST_IS_HERE}"),
        Fence("employment_postpay", LIVES_HERE),
    ]

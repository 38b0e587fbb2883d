from django.db import migrations

from anju.places.conditions import LIVES_HERE, inside, weighed
from anju.places.fences import Fence

_HERE = weighed(inside("village_code"))


def _of(table: str, key: str) -> str:
    """Rows of something are seen by whoever sees that (its own fence answers)."""
    return f"EXISTS (SELECT 1 FROM benefits_{table} up WHERE up.id = {key})"  # noqa: S608


class Migration(migrations.Migration):
    """Who may see what of subsidies, said once more by PostgreSQL."""

    dependencies = [
        ("benefits", "0001_schemes_claims_payouts"),
        ("registry", "0006_row_security_once_a_statement"),
    ]

    operations = [
        Fence("benefits_roll", _HERE),
        # A household's page shows what was claimed where it lived before.
        Fence("benefits_claim", f"({_HERE} OR {LIVES_HERE})"),
        Fence("benefits_claimmove", _of("claim", "claim_id")),
        Fence("benefits_publication", _HERE),
        Fence("benefits_publicationentry", _of("publication", "publication_id")),
        Fence("benefits_objection", _of("roll", "roll_id")),
        Fence("benefits_payoutline", _of("claim", "claim_id")),
        Fence("benefits_recovery", _of("claim", "claim_id")),
    ]

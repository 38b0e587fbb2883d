"""Assets follow when villages are merged, split or renamed."""

from __future__ import annotations

from django.db import transaction

from anju.assets.models import Asset
from anju.audit.actions import record
from anju.audit.actor import Actor
from anju.places.changes import restored
from anju.places.models import Recoding


@transaction.atomic
def follow(*, by: Actor, recoding_id: int) -> int:
    """Give assets the codes that a merger gave their villages; how many. Safe to repeat.

    Those at a site go with the site, those of households with the household. Of a village that was
    split, the others stay with the part that keeps the rest, for somebody to say where each stands.
    """
    recoding = Recoding.objects.get(pk=recoding_id)
    wholes = [each for each in restored(recoding.changes) if each.kind == "village"]
    moved = []
    for change in (each for each in wholes if not each.is_part and each.old != each.new):
        rows = Asset.objects.filter(division_code=change.old, site__isnull=True)
        moved += list(rows.values_list("pk", flat=True))
        rows.update(division_code=change.new)
    placed = Asset.objects.filter(division_code__in={each.old for each in wholes})
    for asset in placed.select_related("site", "household"):
        village = asset.site.village_code if asset.site else asset.division_code
        village = asset.household.village_code if asset.household else village
        if village != asset.division_code:
            Asset.objects.filter(pk=asset.pk).update(division_code=village)
            moved.append(asset.pk)
    if moved:
        record(
            by=by,
            action="asset.recode",
            kind="asset",
            ids=moved,
            count=len(moved),
            reason=recoding.basis[:200],
        )
    return len(moved)

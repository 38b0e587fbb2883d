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
    villages = [each for each in restored(recoding.changes) if each.kind == "village"]
    targets = {each.old: each.new for each in villages if not each.is_part}
    old = {each.old for each in villages}
    moved = []
    rows = Asset.objects.select_for_update(of=("self",)).filter(division_code__in=old)
    for asset in rows.select_related("site", "household").order_by("pk"):
        village = targets.get(asset.division_code, asset.division_code)
        village = asset.site.village_code if asset.site else village
        village = asset.household.village_code if asset.household else village
        if village != asset.division_code:
            asset.division_code = village
            asset.save(update_fields=["division_code"])
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

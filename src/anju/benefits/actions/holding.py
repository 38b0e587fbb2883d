"""Rows as they are now, kept from others until the transaction ends.

Always in the same order (schemes, rolls, batches, claims; each by number), so that two people who act
at once wait for each other and neither for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.benefits import queries
from anju.benefits.models import Batch, Claim, Roll, Scheme
from anju.benefits.queries import related
from anju.benefits.refusals import BenefitRefused, ChangedMeanwhile
from anju.benefits.terms import Terms
from anju.places.models import Division


def scheme(viewer: Viewer, scheme: Scheme, seen: int | None = None) -> Scheme:
    """The scheme; refuses one that changed since it had the version `seen`."""
    held = queries.schemes_for(viewer).select_for_update(of=("self",)).get(pk=scheme.pk)
    if seen is not None and held.version != seen:
        raise ChangedMeanwhile(held.title)
    return held


def open_scheme(viewer: Viewer, scheme_: Scheme) -> Scheme:
    """The same, with all schemes that share its cap; refuses one that is closed."""
    if not queries.schemes_for(viewer).filter(pk=scheme_.pk).exists():
        raise Scheme.DoesNotExist
    rows = related.sharing(scheme_, Terms.of_kept(scheme_.terms)).select_for_update()
    held = next(each for each in rows.order_by("pk") if each.pk == scheme_.pk)
    refuse_closed(held)
    return held


def refuse_closed(held: Scheme) -> None:
    """Nothing is claimed or decided in a scheme that is closed."""
    if not held.is_open:
        raise BenefitRefused(
            _("补贴项目“%(title)s”已结束，不能再办理申领。如需补办，请另设项目。")
            % {"title": held.title}
        )


def rolls(viewer: Viewer, seen: Mapping[int, int | None]) -> list[Roll]:
    """Rolls by number → the version that was seen; refuses what changed meanwhile (None: not asked)."""
    rows = queries.rolls_for(viewer).select_for_update(of=("self",)).select_related("scheme")
    held = list(rows.filter(pk__in=seen).order_by("pk"))
    if len(held) != len(seen):
        raise Roll.DoesNotExist
    for each in held:
        if seen[each.pk] not in (None, each.version):
            raise ChangedMeanwhile(name_of(each))
    return held


def roll(viewer: Viewer, roll: Roll, seen: int | None) -> Roll:
    """One of them."""
    return rolls(viewer, {roll.pk: seen})[0]


def claims(viewer: Viewer, numbers: Iterable[str]) -> list[Claim]:
    """Claims by their numbers, with their rolls kept as well."""
    wanted = set(numbers)
    mine = queries.claims_for(viewer).filter(number__in=wanted)
    rolls(viewer, dict.fromkeys(mine.values_list("roll", flat=True).distinct().order_by()))
    rows = mine.select_for_update(of=("self",)).select_related("scheme").order_by("pk")
    held = list(rows)
    missing = wanted - {each.number for each in held}
    if missing:
        raise BenefitRefused(
            _("没有申领号 %(number)s，或不在您负责的区域，请核对。") % {"number": min(missing)}
        )
    return held


def batch(viewer: Viewer, batch: Batch, seen: int | None) -> Batch:
    """The batch; refuses one that changed since it had the version `seen`."""
    rows = queries.batches_for(viewer).select_for_update(of=("self",)).select_related("scheme")
    held = rows.get(pk=batch.pk)
    if seen is not None and held.version != seen:
        raise ChangedMeanwhile(held.number)
    return held


def name_of(roll: Roll) -> str:
    """A roll for people: the village and which one of it."""
    village = Division.objects.filter(code=roll.village_code).values_list("name", flat=True).first()
    return _("%(village)s第%(sequence)s批花名册") % {
        "village": village or roll.village_code,
        "sequence": roll.sequence,
    }

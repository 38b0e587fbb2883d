"""Claims move: by the table of `anju.benefits.states`, each with a line in its story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext as _

from anju.accounts.viewer import Viewer
from anju.audit.actor import Actor
from anju.benefits.models import Claim, ClaimMove, Roll, Scheme
from anju.benefits.queries import may
from anju.benefits.refusals import BenefitRefused
from anju.benefits.states import State, Step, moves, target

REASON_LENGTH: Final = 4
AT_ONCE: Final = 1_000


def acting(viewer: Viewer, scheme: Scheme, place: str, verb: str) -> frozenset[Step]:
    """The viewer's steps at which a verb is made there; refuses who has none of them."""
    held = may.steps(viewer, scheme, place) & {each.step for each in moves(verb)}
    if not held:
        raise BenefitRefused(_refusal(verb, scheme))
    return held


def _refusal(verb: str, scheme: Scheme) -> str:
    wanted = {each.step for each in moves(verb)}
    if wanted == {Step.COUNTY} or wanted == {Step.PAYER}:
        unit = scheme.unit if Step.COUNTY in wanted or not scheme.payer_id else scheme.payer
        return _("只有本项目的%(unit)s可以办理这一步，请联系该单位。") % {
            "unit": unit.name if unit else _("责任单位")
        }
    return _("您的岗位不能在这里办理这一步，请由负责该村（社区）的工作人员办理。")


def reason_of(text: str, example: str) -> str:
    """A reason that says something."""
    found = text.strip()[:200]
    if len(found) < REASON_LENGTH:
        raise BenefitRefused(
            _("请写明原因，至少 %(length)s 个字，例如“%(example)s”。")
            % {"length": REASON_LENGTH, "example": example}
        )
    return found


def move(
    *,
    by: Actor,
    on: date,
    verb: str,
    steps: frozenset[Step],
    claims: Sequence[Claim],
    reason: str = "",
    note: str = "",
    values: Mapping[str, Any] | None = None,
) -> None:
    """Move claims that are held by the caller, and let their rolls show that they changed.

    Refused, naming the claim: one that stands where the verb does not lead on from at these steps.
    """
    changed = {"state_on": on, **(values or {})}
    by_target: dict[State, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_target[_target(verb, claim, steps)].append(claim)
    ClaimMove.objects.bulk_create(
        (
            ClaimMove(
                claim=claim,
                verb=verb,
                from_state=claim.state,
                to_state=state,
                amount_fen=claim.amount_fen,
                moved_on=on,
                by=by.username,
                reason=reason,
                note=note,
            )
            for state, moved in by_target.items()
            for claim in moved
        ),
        batch_size=AT_ONCE,
    )
    for state, moved in by_target.items():
        for part in chunks([claim.pk for claim in moved]):
            Claim.objects.filter(pk__in=part).update(state=state, **changed)
        for claim in moved:
            claim.state = state
    touch({claim.roll_id for claim in claims})


def _target(verb: str, claim: Claim, steps: frozenset[Step]) -> State:
    for step in Step:
        found = target(verb, claim.state, step) if step in steps else None
        if found is not None:
            return found
    raise BenefitRefused(
        _("申领 %(number)s 现在是“%(state)s”，不能办理这一步，请刷新页面查看。")
        % {"number": claim.number, "state": claim.get_state_display()}
    )


def touch(rolls: Iterable[int]) -> None:
    """These rolls are not what they were when somebody looked at them."""
    for part in chunks(sorted(rolls)):
        Roll.objects.filter(pk__in=part).update(version=F("version") + 1)


def chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    """So many at a time that a statement stays small."""
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))

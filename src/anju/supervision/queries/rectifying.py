"""Proof of what units did, for a problem that a gate gave."""

from __future__ import annotations

from anju.accounts.viewer import Viewer
from anju.supervision.models import FoundProblem, RectificationProof
from anju.supervision.queries.gates import problems_for


def proof_for(viewer: Viewer, problem: FoundProblem, proof_id: int) -> RectificationProof:
    """One file of a problem; raises RectificationProof.DoesNotExist."""
    seen = problems_for(viewer).filter(pk=problem.pk)
    return RectificationProof.objects.get(rectification__problem__in=seen, pk=proof_id)

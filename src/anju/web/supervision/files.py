"""Proof as it was uploaded: handed out as a file, never shown in the page; each time on record."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.accounts.permissions import Permission
from anju.audit.actions import record
from anju.audit.sealed_files import SealedFiles
from anju.duties.models import Plan
from anju.duties.queries import plan_for
from anju.supervision import proofs
from anju.supervision.models import AcceptanceProof, RectificationProof
from anju.supervision.queries.acceptance import proof_of
from anju.supervision.queries.health import hidden
from anju.supervision.queries.rectifying import proof_for
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.supervision.problem import problem_or_404

_TYPE = "application/octet-stream"


@requires(Permission.VIEW_DUTIES)
@require_GET
def of_rectification(request: HttpRequest, number: str, proof_id: int) -> HttpResponse:
    """A file attached to what a unit did."""
    problem = problem_or_404(request, number)
    viewer = request.viewer  # type: ignore[attr-defined]
    if hidden(viewer, [problem]):
        raise Http404
    try:
        proof = proof_for(viewer, problem, proof_id)
    except RectificationProof.DoesNotExist:
        raise Http404 from None
    back = reverse("web:problem", args=[number])
    return _handed_out(
        request, proofs.RECTIFICATIONS, proof, back, "rectification.fetch", problem.division_code
    )


@requires(Permission.VIEW_DUTIES)
@require_GET
def of_acceptance(request: HttpRequest, plan_id: int, proof_id: int) -> HttpResponse:
    """A file of a stage of acceptance."""
    try:
        plan = plan_for(request.viewer, plan_id)  # type: ignore[attr-defined]
        proof = proof_of(plan, proof_id)
    except (Plan.DoesNotExist, AcceptanceProof.DoesNotExist):
        raise Http404 from None
    back = reverse("web:acceptance", args=[plan_id])
    return _handed_out(request, proofs.ACCEPTANCES, proof, back, "acceptance.fetch", "")


def _handed_out(
    request: HttpRequest,
    folder: SealedFiles,
    proof: RectificationProof | AcceptanceProof,
    back: str,
    action: str,
    place: str,
) -> HttpResponse:
    try:
        content = folder.fetch(proof.pk)
    except FileNotFoundError:
        messages.error(request, _("这个文件已经不在了，请联系管理员。"))
        return HttpResponseRedirect(back)
    record(
        by=request.viewer.actor(address_of(request)),  # type: ignore[attr-defined]
        action=action,
        kind="proof",
        ids=[proof.pk],
        place=place,
    )
    answer = HttpResponse(content, content_type=_TYPE)
    answer.headers["Content-Disposition"] = content_disposition_header(True, proof.file_name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer

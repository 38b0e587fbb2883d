"""Acting on a case: one action of the pack, on the standing that was looked at."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.audit.refusal import Refusal
from anju.casework.actions import moves
from anju.casework.models import Case
from anju.casework.refusals import CaseMoved
from anju.web.access import requires
from anju.web.address import address_of
from anju.web.casework import story
from anju.web.casework.asked import Asked
from anju.web.casework.case import case_of, head, shown


@requires(Permission.VIEW_CASES)
@require_POST
def act(request: HttpRequest, number: str) -> HttpResponse:
    """Take an action; where somebody was quicker, say what they did and keep what was typed."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    case = case_of(viewer, number)
    seen, action = request.POST.get("seen", ""), request.POST.get("action", "")
    at = timezone.now()
    try:
        moves.take(
            by=viewer.actor(address_of(request)),
            at=at,
            on=timezone.localdate(at),
            viewer=viewer,
            case=case,
            action=action,
            seen=int(seen) if seen.isdecimal() and len(seen) < 9 else -1,
            reason=request.POST.get("reason", ""),
            note=request.POST.get("note", ""),
        )
    except CaseMoved as moved:
        return _moved(request, case_of(viewer, number), moved)
    except Refusal as refused:
        return shown(request, case_of(viewer, number), problem=refused.zh, action=action)
    messages.success(request, _("已办理，案件进入下一步。"))
    return HttpResponseRedirect(reverse("web:case", args=[number]))


def _moved(request: HttpRequest, case: Case, moved: CaseMoved) -> HttpResponse:
    """Somebody acted meanwhile: what they did, where the case stands now, what was typed."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked = Asked(viewer, case, viewer.on)
    context = {
        **head(asked),
        "problem": moved.zh,
        "rows": story.in_words(asked, moved.moves),
        "may_read_notes": asked.may_read_notes,
        "typed": request.POST.get("note", ""),
    }
    return render(request, "web/casework/moved.html", context, status=409)

"""Who is locked out, opening locks, and the latest attempts to sign in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.accounts import locking, queries
from anju.accounts.actions import attempts
from anju.accounts.permissions import Permission
from anju.web.access import requires
from anju.web.people.user import actor

_SHOWN = 50


@requires(Permission.MANAGE_USERS)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Locks that hold now, and the latest attempts."""
    return _show(request)


@requires(Permission.MANAGE_USERS)
@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """Open one lock, for a reason."""
    wanted = request.POST.get("lock", "")
    now = timezone.now()
    lock = next((each for each in locking.locks(now) if _id(each) == wanted), None)
    if lock is None:
        messages.info(request, _("这个锁定已经解除。"))
        return HttpResponseRedirect(reverse("web:locks"))
    try:
        reason = request.POST.get("reason", "")[:200]
        attempts.unlock(by=actor(request), at=now, lock=lock, reason=reason)
    except attempts.UnlockRefused as refused:
        return _show(request, refused.zh)
    messages.success(request, _("已解锁，可以再次登录。"))
    return HttpResponseRedirect(reverse("web:locks"))


def _show(request: HttpRequest, problem: str = "") -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {
        "locks": [(_id(lock), lock) for lock in locking.locks(timezone.now())],
        "attempts": queries.attempts_for(viewer).order_by("-id")[:_SHOWN],
        "problem": problem,
    }
    return render(request, "web/people/locks.html", context, status=422 if problem else 200)


def _id(lock: locking.Lock) -> str:
    """Which lock a form means."""
    return f"user:{lock.user.username}" if lock.user else f"address:{lock.address}"

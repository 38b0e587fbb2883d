"""The page of a policy pack, as it holds in a month."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from anju.accounts.viewer import Viewer
from anju.language import in_language
from anju.monitoring import queries as monitoring
from anju.rules import packs
from anju.rules.errors import RulesError
from anju.rules.months import Month
from anju.web.access import requires
from anju.web.policies import promises, rules


@requires()
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The county's own pack."""
    return redirect("web:policy", settings.POLICY_PACK)


@requires()
@require_GET
def page(request: HttpRequest, pack_id: str) -> HttpResponse:
    """A pack in words. Without a month: that of the county's last run of it, else the present one."""
    if pack_id not in packs.names():
        raise Http404
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    month, problem = _asked(request, viewer, pack_id)
    pack = packs.load(pack_id)
    held, others = rules.rules_of(pack, month)
    on = month.last_day
    context = {
        "pack": pack,
        "name": in_language(pack.name, pack.name_en),
        "is_own": pack_id == settings.POLICY_PACK,
        "packs": [_choice(each) for each in packs.names()],
        "month": str(month),
        "problem": problem,
        "rules": held,
        "other_rules": others,
        "parameters": rules.parameters_of(pack, month),
        "benefits": promises.benefits_of(pack, on),
        "limits": promises.limits_of(pack, on),
        "targets": promises.targets_of(pack, on),
        "orders": promises.orders_of(pack, on),
        "offices": promises.offices_of(pack),
    }
    return render(request, "web/policies/page.html", context, status=422 if problem else 200)


def _asked(request: HttpRequest, viewer: Viewer, pack_id: str) -> tuple[Month, str]:
    run = monitoring.latest_run(pack=pack_id)
    usual = Month.parse(run.month) if run else Month.of(viewer.on)
    text = request.GET.get("month", "").strip()
    if not text:
        return usual, ""
    try:
        return Month.parse(text), ""
    except RulesError:
        said = _("月份请写成 2023-09 的样子。已改列 %(month)s。")
        return usual, said % {"month": usual}


def _choice(pack_id: str) -> tuple[str, str]:
    pack = packs.load(pack_id)
    return pack_id, in_language(pack.name, pack.name_en)

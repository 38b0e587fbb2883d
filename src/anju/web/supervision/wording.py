"""What strata, needs and checks are called on screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anju.accounts.viewer import Viewer
from anju.duties.queries import units_for
from anju.language import in_language
from anju.places import queries as places
from anju.procedures.model import Basis
from anju.registry.models.household import HouseholdClass
from anju.rules import pack_model as rules
from anju.rules import packs
from anju.supervision.models import Replacing, Strata, Supervision, SupervisionNotice
from anju.supervision.queries.acceptance import Standing
from anju.supervision.queries.frames import ELSEWHERE

Text = str | Promise

NEEDS: Mapping[str, Text] = {
    "tasks_done": _("任务完成"),
    "problems_closed": _("问题销号"),
    "indicators_reached": _("指标达到"),
    "villages_reached": _("村庄目标达到"),
    "proof": _("报告和佐证"),
}
STANDINGS: Mapping[str, Text] = {
    Standing.MET: _("达到"),
    Standing.NOT_MET: _("未达到"),
    Standing.UNKNOWN: _("未掌握"),
}
STANDING_CLASSES: Mapping[str, str] = {
    Standing.MET: "light-green",
    Standing.NOT_MET: "light-red",
    Standing.UNKNOWN: "light-no-date",
}
_CLASSES: Mapping[str, Text] = {
    "monitored": _("监测对象"),
    "relocated": _("易地搬迁户"),
    **dict(HouseholdClass.choices),
}


def strata_names(viewer: Viewer, supervision: Supervision, strata: Iterable[str]) -> dict[str, str]:
    """What each stratum of a sample is called; at most one query."""
    wanted = set(strata)
    names: dict[str, str] = {}
    if supervision.strata == Strata.CLASS:
        names = {each: str(_CLASSES.get(each, each)) for each in wanted}
    elif supervision.strata == Strata.UNIT:
        ids = {int(each) for each in wanted if each.isdecimal()}
        found_units = units_for(viewer).in_bulk(ids)
        names = {str(pk): unit.name for pk, unit in found_units.items()}
    elif supervision.strata == Strata.SITE:
        sites = places.sites_in(viewer.scope).filter(code__in=wanted)
        names = {site.code: site.name for site in sites}
    else:
        found = places.names(wanted)
        names = {each: found.village(each) or each for each in wanted}
    if ELSEWHERE in wanted:
        names[ELSEWHERE] = gettext("其他")
    return {each: names.get(each, each) for each in wanted}


def notice_said(notice: SupervisionNotice) -> str:
    """A notice where others are told: its kind, and that it corrects another or no longer holds."""
    marks = [notice.get_replacing_display()] if notice.replacing else []
    new = getattr(notice, "replacement", None)
    if new is not None and new.is_out:
        is_withdrawn = new.replacing == Replacing.WITHDRAWAL
        marks.append(gettext("已撤回") if is_withdrawn else gettext("已更正"))
    kind = notice.get_kind_display()
    return gettext("%(kind)s（%(marks)s）") % {
        "kind": kind, "marks": gettext("、").join(str(each) for each in marks),
    } if marks else str(kind)  # fmt: skip


def basis(found: Basis | rules.Basis) -> str:
    """Where a rule comes from: document and clause, or that it is a default to be confirmed."""
    if found.is_default:
        said = in_language(found.default, found.default_en)
        return gettext("默认，待确认：%(said)s") % {"said": said}
    document = packs.load(settings.POLICY_PACK).documents.get(found.doc)
    return f"《{document.title}》{found.clause}" if document else f"{found.doc} {found.clause}"

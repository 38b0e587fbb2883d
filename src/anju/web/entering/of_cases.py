"""Forms of cases and of clinics: how many of their fields are known when they open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.translation import gettext as _

from anju.accounts.permissions import Permission
from anju.accounts.viewer import Viewer
from anju.casework.queries import cases_for, clinics
from anju.intake.outgoing.coverage import Counted, Coverage
from anju.registry.queries.clinics import latest
from anju.web.casework.asked import Asked
from anju.web.casework.clinic import FIELDS, known_of
from anju.web.casework.forms import FORMS

CASES: Final = 10
_SIGNED = "who signed, who sat together and how they voted: it happens on that day"
_JUDGED = "what is found stands there; asked is what a person makes of it"
NOT_COUNTED: Final[Mapping[str, str]] = {
    "authorise": _SIGNED,
    "withdraw": "asks nothing; it is only confirmed",
    "compare": _JUDGED,
    "explain": _JUDGED,
    "review": _SIGNED,
    "kind": _JUDGED,
    "risk": _JUDGED,
    "acknowledge": _SIGNED,
}
"""Forms of a case that ask nothing the county could know, each with why."""


def coverages(viewer: Viewer, found: Counted) -> Iterator[Coverage]:
    """Each form as it would be opened now for the newest cases the viewer sees, and for villages."""
    if not viewer.may(Permission.VIEW_CASES):
        return
    newest = cases_for(viewer).select_related("household").order_by("-pk")[:CASES]
    asked = [Asked(viewer, case, viewer.on) for case in newest]
    for name, form in FORMS.items():
        if name in NOT_COUNTED:
            continue
        fields = max((len(form.fields(each)) for each in asked), default=0)
        # What stands there without a source is no knowledge: the day of today.
        known = sum(1 for each in asked for value in form.prefill(each).values() if value.source)
        yield Coverage(name, str(form.title), "", fields, len(asked), known)
    yield _of_clinics(viewer)


def _of_clinics(viewer: Viewer) -> Coverage:
    """The report on the clinic of a village, with what the last one said."""
    villages = clinics.villages_for(viewer).order_by("code").values_list("code", flat=True)[:CASES]
    seen = latest(villages)
    known = sum(len(known_of(report)) for report in seen.values())
    return Coverage("clinic", _("登记村卫生室核实情况"), "", len(FIELDS), len(villages), known)

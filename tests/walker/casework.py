"""Leads, and cases with everything that is written down about them, of one of the two towns."""

from typing import TYPE_CHECKING

from tests.factories.casework import (
    AuthorisationFactory,
    CaseFactory,
    CaseRiskFactory,
    ComparisonFactory,
    HomeCheckFactory,
    LeadFactory,
    LeadSourceFactory,
    MoveFactory,
    ReviewFactory,
)

if TYPE_CHECKING:
    from tests.walker.towns import Town


def add_casework(town: "Town") -> None:
    """An open lead of two sources, and a case at its review; each text carries the town's mark."""
    home, mark = town.households[-1], town.people
    lead = LeadFactory(household=home, risk="housing")
    LeadSourceFactory(lead=lead, told=f"{mark}屋顶漏雨", raised_by=f"zq{town.letter.lower()}-grid")
    LeadSourceFactory(lead=lead, run_id=None, rule="", channel="hotline", reference=f"{mark}来件")
    case = CaseFactory(
        number=f"ZQ{town.letter}-PY-{len(town.samples.get('lead', ())):06d}",
        household=town.households[0 if "lead" not in town.samples else -2],
        step="review",
        kind="zero_employment" if "lead" in town.samples else "relapse",
    )
    CaseRiskFactory(case=case)
    AuthorisationFactory(case=case, signed_by=f"{mark}签字")
    HomeCheckFactory(case=case, met=f"{mark}接待", own_means=f"{mark}无存款", note=f"{mark}核查")
    ComparisonFactory(case=case, hints=[{"kind": "vehicle", "what": f"{mark}货车", "note": mark}])
    ReviewFactory(case=case, place=f"{town.place}村部", chair=f"{mark}主持", minutes=f"{mark}同意")
    MoveFactory(case=case, note=f"{mark}说明", by=f"zq{town.letter.lower()}-village")
    town.add_sample("lead", lead.pk)
    town.samples.setdefault("case", []).insert(0, case.number)

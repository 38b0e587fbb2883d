"""Which checks belong to a list that is to go out: those whose first field the list carries."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from anju.accounts.viewer import Viewer
from anju.inspection import queries
from anju.quality.checks import Check, checks

_WATCHED: Final = (
    "included_on", "risk_removed_on", "removed_before_included", "included_this_year",
    "removed_this_month", "months_to_removal", "months_since_inclusion",
)  # fmt: skip

#: List → the fields of the checks that are mended in it.
FIELDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        name: frozenset(fields)
        for name, fields in {
            "households": (
                "sex", "relation", "education", "schooling", "labour", "health", "healthy",
                "said_disabled", "age", "born_on", "has_identity", "homes", "heads", "members",
                "same_sex_couple", "able", "labour_known", "has_phone", "out_of_school", *_WATCHED,
            ),
            "monitored": _WATCHED,
            "employment": (
                "works", "works_away", "posts", "started_on", "ended_on", "holds", "backwards",
                "overlapping", "age_at_start", "channel", "county_known", "away", "monthly_wage",
                "has_employer", "workers", "worked_since_inclusion",
            ),
            "medical_insured": ("insured", "uninsured"),
            "pension_insured": ("pension",),
            "allowance": ("tekun", "dibao"),
            "disability": ("has_card", "disability_grade", "limb_disabled", "severely_disabled"),
            "dropout": ("school_exempt", "out_of_school"),
            "water": ("unsafe_water",),
            "housing_grading": ("housing_grade",),
            "relocation": ("area_dm2",),
            "help_measure": (
                "measures", "industry", "employment", "employment_measure", "health_help",
                "schooling_help", "relocation", "safety_net", "social", "developmental",
                "only_safety_net",
            ),
            "income": ("income_per_head", "wage_12m", "business_12m", "transfer_12m"),
        }.items()
    }
)  # fmt: skip


def codes_of(feed: str) -> list[str]:
    """The numbers of the checks of a list, in the order of the checks."""
    wanted = FIELDS.get(feed, frozenset())
    return [each.code for each in checks() if _first(each) in wanted]


def must_mend(viewer: Viewer, feed: str) -> int:
    """How many problems the latest inspection has in the viewer's places that must be mended."""
    must = {each.code for each in checks() if each.level == "must"}
    codes = [code for code in codes_of(feed) if code in must]
    return queries.problems_for(viewer, queries.latest()).filter(code__in=codes).count()


def _first(check: Check) -> str:
    return check.fields[0].id

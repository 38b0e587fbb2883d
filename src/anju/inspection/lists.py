"""Which checks belong to a list: by the fields the list carries."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from anju.quality.checks import Check, check, checks

_WATCHED: Final = (
    "included_on", "risk_removed_on", "removed_before_included", "included_this_year",
    "removed_this_month", "months_to_removal", "months_since_inclusion", "included_before_april",
    "included_after_premiums",
)  # fmt: skip

#: List → the fields of checks that it carries.
FIELDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        name: frozenset(fields)
        for name, fields in {
            "households": (
                "sex", "relation", "education", "schooling", "labour", "health", "healthy",
                "said_disabled", "age", "born_on", "has_identity", "homes", "heads", "members",
                "same_sex_couple", "able", "labour_known", "has_phone", "out_of_school",
                "identity_length", "identity_valid", "identity_twice", "phone_digits",
                "phone_valid", "able_percent", "full_percent", "ill_members", *_WATCHED,
            ),
            "monitored": _WATCHED,
            "employment": (
                "works", "works_away", "posts", "started_on", "ended_on", "holds", "backwards",
                "overlapping", "age_at_start", "channel", "county_known", "away", "monthly_wage",
                "has_employer", "workers", "worked_since_inclusion", "months", "work_known",
                "phone_elsewhere", "shared_phone", "away_since_inclusion",
                "newly_away_since_inclusion",
            ),
            "medical_insured": ("insured", "uninsured"),
            "pension_insured": ("pension",),
            "allowance": ("tekun", "dibao"),
            "disability": (
                "has_card", "disability_grade", "limb_disabled", "severely_disabled", "card_valid",
                "disabled",
            ),
            "dropout": ("school_exempt", "out_of_school"),
            "water": ("unsafe_water",),
            "housing_grading": ("housing_grade",),
            "disaster": ("disaster_known",),
            "relocation": ("area_dm2",),
            "help_measure": (
                "measures", "industry", "employment", "employment_measure", "health_help",
                "schooling_help", "relocation", "safety_net", "social", "developmental",
                "only_safety_net", "education_help", "housing_help", "water_help",
                "developmental_vague", "premium_help", "premium_that_year", "migrant_subsidy",
                "labour_export", "dibao_help", "tekun_help", "disability_help", "yulu",
            ),
            "income": ("income_per_head", "wage_12m", "business_12m", "transfer_12m"),
        }.items()
    }
)  # fmt: skip


def mended_in(feed: str) -> list[str]:
    """The numbers of the checks of which the list carries the field to mend first."""
    wanted = FIELDS.get(feed, frozenset())
    return [each.code for each in checks() if each.fields[0].id in wanted]


def touching(feed: str) -> frozenset[str]:
    """The numbers of the checks that ask any field the list carries."""
    wanted = FIELDS.get(feed, frozenset())
    return frozenset(each.code for each in checks() if _asks(each, wanted))


def _asks(check: Check, fields: frozenset[str]) -> bool:
    return any(field.id in fields for field in check.fields)


def is_must(code: str) -> bool:
    """Whether a problem keeps a list from going out; without a check: a row that cannot be read."""
    return not code or check(code).level == "must"


def guard_of(code: str) -> str:
    """What a viewer must be allowed to see for a problem: of `health` and `cases`, in one text."""
    named = check(code) if code else None
    if named is None:
        return ""
    asked = {"health": named.is_health, "cases": named.is_of_case}
    return " ".join(name for name, is_asked in asked.items() if is_asked)

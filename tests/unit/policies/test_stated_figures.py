"""Every figure the five plans state, with its place, is in the pack of its plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from anju.rules import packs
from anju.rules.pack_model import Basis

SQ, QZ, LG, YC, FX = (
    "shiquan-2023",
    "qinzhougang-2023",
    "langao-2021",
    "yinchuan-2021",
    "fengxian-2022",
)

# pack, benefit, clause, amount (fen), rate, cap (fen)
BENEFITS = [
    (SQ, "planting_breeding_award", "二(一)1", None, "0.1", 500000),
    (SQ, "silkworm_eggs", "二(一)1", 3500, None, None),
    (SQ, "good_cocoons", "二(一)1", 100, None, None),
    (SQ, "silk_machines", "二(一)1", None, "0.5", 100000),
    (SQ, "collective_award", "二(一)3", None, "0.05", None),
    (SQ, "industry_loan_interest", "二(一)6", None, "1", None),
    (SQ, "rural_dibao", "二(三)1", 537000, None, None),
    (SQ, "rural_tekun", "二(三)1", 698400, None, None),
    (QZ, "placement_follow_up", "二(二)5", 50000, None, None),
    (QZ, "startup_loan", "二(二)7", None, None, 300000000),
    (LG, "serious_illness_insurance", "三(一)2", None, "0.05", None),
    (LG, "tekun_premium", "三(一)2", None, "1", None),
    (YC, "women_screening", "三(八)18", None, "1", None),
]  # fmt: skip

# pack, indicator, clause, operator, {day: target}
INDICATORS = [
    (SQ, "income_growth_over_last_year", "一", ">", {"2023-12-31": "0"}),
    (SQ, "employed_followed", "二(二)1", ">=", {"2023-12-31": "18000"}),
    (SQ, "zero_employment_households", "二(二)1", "<=", {"2023-12-31": "0"}),
    (SQ, "employed_per_household", "二(二)1", ">=", {"2023-12-31": "1"}),
    (SQ, "migrant_work_against_2022", "二(二)1", ">=", {"2023-12-31": "1"}),
    (SQ, "service_131_openings", "", ">=", {"2023-12-31": "3"}),
    (SQ, "work_relief_labour_share", "二(二)4", ">=", {"2023-12-31": "0.15"}),
    (QZ, "income_growth_above_local", "一", ">", {"2023-12-31": "0", "2024-12-31": "0", "2025-12-31": "0"}),
    (QZ, "trained_share", "二(二)8", ">=", {"2023-12-31": "0.3", "2024-12-31": "0.3", "2025-12-31": "0.3"}),
    (QZ, "assets_put_to_use", "二(四)15", ">=", {"2023-12-31": "0.5", "2024-12-31": "0.6", "2025-12-31": "0.8"}),
    (QZ, "employment_rounds", "二(五)18", ">=", {"2023-12-31": "12", "2024-12-31": "12", "2025-12-31": "12"}),
    (QZ, "zero_employment_households", "二(五)18", "<=", {"2023-12-31": "0", "2024-12-31": "0", "2025-12-31": "0"}),
    (QZ, "industry_projects", "二(三)11", ">=", {"2023-12-31": "1", "2024-12-31": "1", "2025-12-31": "1"}),
    (QZ, "fund_projects_done", "二(三)10", ">=", {"2023-12-31": "1", "2024-12-31": "1", "2025-12-31": "1"}),
    (LG, "farmer_income_growth_above_province", "二", ">", {"2025-12-31": "0"}),
    (LG, "lifted_out_insured", "三(一)2", ">=", {"2025-12-31": "1"}),
    (LG, "school_dropouts", "三(一)2", "<=", {"2025-12-31": "0"}),
    (LG, "resettlement_homes_titled", "三(一)5", ">=", {"2025-12-31": "1"}),
    (LG, "mediation_rooms_per_site", "三(一)5", ">=", {"2025-12-31": "1"}),
    (LG, "relocated_employed_per_household", "三(一)5", ">=", {"2025-12-31": "1"}),
    (LG, "grain_area", "三(二)6", ">=", {"2025-12-31": "22.1"}),
    (LG, "grain_output", "三(二)6", ">=", {"2025-12-31": "4.3"}),
    (LG, "konjac_area", "三(二)6", ">=", {"2025-12-31": "15"}),
    (LG, "konjac_woodland_area", "三(二)6", ">=", {"2025-12-31": "13"}),
    (LG, "tea_area", "三(二)6", ">=", {"2025-12-31": "12"}),
    (LG, "kiwi_area", "三(二)6", ">=", {"2025-12-31": "3"}),
    (LG, "herb_area", "三(二)6", ">=", {"2025-12-31": "5"}),
    (LG, "woodland_bees", "三(二)6", ">=", {"2025-12-31": "10"}),
    (LG, "model_family_farms", "三(二)6", ">=", {"2025-12-31": "25"}),
    (LG, "model_cooperatives", "三(二)6", ">=", {"2025-12-31": "10"}),
    (LG, "leading_firms", "三(二)6", ">=", {"2025-12-31": "15"}),
    (LG, "flagship_parks", "三(二)6", ">=", {"2025-12-31": "5"}),
    (LG, "certified_products", "三(二)6", ">=", {"2025-12-31": "20"}),
    (LG, "konjac_plants", "三(二)6", ">=", {"2025-12-31": "12"}),
    (LG, "tea_plants", "三(二)6", ">=", {"2025-12-31": "26"}),
    (LG, "kiwi_cold_stores", "三(二)6", ">=", {"2025-12-31": "15"}),
    (LG, "processing_ratio", "三(二)6", ">=", {"2025-12-31": "2.26"}),
    (LG, "primary_share", "三(二)6", "=", {"2025-12-31": "0.12"}),
    (LG, "secondary_share", "三(二)6", "=", {"2025-12-31": "0.43"}),
    (LG, "tertiary_share", "三(二)6", "=", {"2025-12-31": "0.45"}),
    (LG, "tourism_promotions", "三(二)7", ">=", {f"{year}-12-31": "5" for year in range(2021, 2026)}),
    (LG, "scenic_5a", "三(二)7", ">=", {"2025-12-31": "1"}),
    (LG, "scenic_4a", "三(二)7", ">=", {"2025-12-31": "2"}),
    (LG, "scenic_3a", "三(二)7", ">=", {"2025-12-31": "4"}),
    (LG, "pastoral_complexes", "三(二)7", ">=", {"2025-12-31": "3"}),
    (LG, "most_beautiful_villages", "三(二)7", ">=", {"2025-12-31": "4"}),
    (LG, "tourism_villages", "三(二)7", ">=", {"2025-12-31": "10"}),
    (LG, "tourism_output", "三(二)7", ">", {"2025-12-31": "100"}),
    (LG, "new_workshop_posts", "三(二)8", ">=", {f"{year}-12-31": "1000" for year in range(2021, 2026)}),
    (LG, "community_workshops", "三(二)8", ">=", {"2025-12-31": "100"}),
    (LG, "village_roads_upgraded", "三(二)9", ">=", {"2025-12-31": "300"}),
    (LG, "hamlet_roads_hardened", "三(二)9", ">=", {"2025-12-31": "200"}),
    (LG, "industry_roads", "三(二)9", ">=", {"2025-12-31": "100"}),
    (LG, "village_waste_treated", "三(二)9", ">=", {"2025-12-31": "0.95"}),
    (LG, "teacher_exchange", "三(二)10", ">=", {f"{year}-08-31": "0.1" for year in range(2022, 2026)}),
    (LG, "model_villages_begun", "三(二)13", ">=", {"2021-12-31": "10"}),
    (LG, "city_model_villages", "三(二)13", ">=", {"2024-12-31": "15"}),
    (LG, "county_model_villages", "三(二)13", ">=", {"2024-12-31": "15"}),
    (LG, "province_liveable_villages", "三(二)13", ">=", {"2024-12-31": "3"}),
    (LG, "city_liveable_villages", "三(二)13", ">=", {"2024-12-31": "7"}),
    (LG, "county_liveable_villages", "三(二)13", ">=", {"2024-12-31": "50"}),
    (LG, "talents_trained", "三(三)17", ">=", {"2025-12-31": "500"}),
    (LG, "data_platform", "三(三)18", ">=", {"2025-12-31": "1"}),
    (YC, "income_growth", "二", ">", {"2021-12-31": "0.08"}),
    (YC, "income_growth_above_city", "二", ">", {f"{year}-12-31": "0" for year in range(2021, 2026)}),
    (YC, "income_against_region", "二", ">=", {"2025-12-31": "1"}),
    (YC, "model_villages_share", "二", ">=", {"2023-12-31": "0.3", "2024-12-31": "0.8"}),
    (YC, "model_towns", "二", ">=", {"2025-12-31": "2"}),
    (YC, "key_villages", "二", "=", {f"{year}-12-31": "50" for year in range(2021, 2026)}),
    (YC, "vegetable_bases", "三(一)1", ">=", {"2025-12-31": "10"}),
    (YC, "cattle_bases", "三(一)2", ">=", {"2025-12-31": "1"}),
    (YC, "cattle_sold", "三(一)2", ">=", {"2025-12-31": "10"}),
    (YC, "dairy_cows", "三(一)2", ">=", {"2025-12-31": "20"}),
    (YC, "fusion_zones", "三(一)3", ">=", {"2025-12-31": "5"}),
    (YC, "fusion_villages", "三(一)3", ">=", {"2025-12-31": "10"}),
    (YC, "leisure_farms", "三(一)3", ">=", {"2025-12-31": "60"}),
    (YC, "training_person_times", "三(二)6", ">=", {f"{year}-12-31": "2000" for year in range(2021, 2026)}),
    (YC, "certified_share", "三(二)6", ">=", {"2025-12-31": "0.9"}),
    (YC, "labour_liaisons", "三(二)7", ">=", {"2025-12-31": "1"}),
    (YC, "employed_per_household", "三(二)8", ">=", {"2025-12-31": "1"}),
    (YC, "infrastructure_projects", "三(三)9", ">=", {"2021-12-31": "0.3", "2022-12-31": "0.7", "2023-12-31": "1"}),
    (YC, "infrastructure_same_level", "三(三)10", ">=", {"2023-12-31": "1"}),
    (YC, "services_same_level", "三(四)11", ">=", {"2023-12-31": "1"}),
    (YC, "villages_improved_model", "三(五)12", ">=", {"2021-12-31": "4"}),
    (YC, "villages_improved_upgrade", "三(五)12", ">=", {"2021-12-31": "8"}),
    (YC, "villages_improved_repair", "三(五)12", ">=", {"2021-12-31": "4"}),
    (YC, "villages_beautiful", "三(五)12", ">=", {"2025-12-31": "50"}),
    (YC, "reserve_cadres", "三(七)16", ">=", {"2025-12-31": "2"}),
    (YC, "grid_density", "三(七)17", ">", {"2025-12-31": "1"}),
    (YC, "points_shops", "三(八)18", ">=", {"2025-12-31": "50"}),
    (YC, "self_moved_same_level", "三(九)21", ">=", {"2025-12-31": "1"}),
    (YC, "county_model_villages", "三(十)22", ">=", {"2022-12-31": "1"}),
    (YC, "villages_region_leaders", "五(二)", "=", {"2025-12-31": "6"}),
    (YC, "villages_city_leaders", "五(二)", "=", {"2025-12-31": "28"}),
    (YC, "villages_county_leaders", "五(二)", "=", {"2025-12-31": "16"}),
    (FX, "hazard_relocation_sites", "一", "=", {"2022-12-31": "10"}),
    (FX, "medical_blank_spots", "二(四)25", "<=", {"2022-12-31": "0"}),
]  # fmt: skip

RANGES = [
    (YC, "vegetable_bases", 15), (YC, "cattle_bases", 3), (YC, "fusion_zones", 10),
    (YC, "fusion_villages", 15), (YC, "reserve_cadres", 3), (YC, "county_model_villages", 2),
]  # fmt: skip

# pack, limit, clause, unit, number or closing day
LIMITS = [
    (SQ, "subsidies_paid", "二(三)4", "截止日", "2023-09-30"),
    (SQ, "relocated_employment_check", "二(二)2", "次/月", 1),
    (QZ, "labour_survey", "二(一)1", "截止日", "2023-04-30"),
    (QZ, "industry_survey", "二(一)2", "截止日", "2023-04-30"),
    (QZ, "asset_survey", "二(一)3", "截止日", "2023-04-30"),
    (QZ, "labour_ledger", "二(一)1", "次/月", 1),
    (QZ, "employment_monitoring", "二(五)18", "次/年", 12),
    (QZ, "leader_visit", "三(一)", "次/半年", 1),
    (QZ, "site_meeting", "三(一)", "次/季度", 1),
    (LG, "transition", "一", "个月", 60),
    (LG, "platform_deadline", "三(三)18", "截止日", "2025-12-31"),
    (LG, "bridging_budget", "三(三)14", "次/年", 1),
    (YC, "industry_plan", "三(一)1", "截止日", "2021-07-20"),
    (YC, "employment_ledger", "三(二)5", "截止日", "2021-07-20"),
    (YC, "self_moved_survey", "三(九)19", "截止日", "2021-07-20"),
    (YC, "infrastructure_plan", "三(三)9", "截止日", "2021-07-31"),
    (YC, "model_town_plans", "三(十)22", "截止日", "2021-08-31"),
    (YC, "self_check", "四(三)", "截止日", "2025-09-30"),
    (YC, "city_acceptance", "四(三)", "截止日", "2025-10-31"),
    (YC, "final_evaluation", "四(三)", "截止日", "2025-12-31"),
    (YC, "progress_report", "五(一)", "次/季度", 1),
    (YC, "inspection", "五(四)", "次/季度", 1),
    (FX, "county_meeting", "三(四)", "次/年", 1),
]  # fmt: skip

NATIONAL_LIMITS = [
    ("identification", "天", "at_most", 15), ("village_publicity", "天", "at_least", 5),
    ("measure_after_inclusion", "个月", "at_most", 1), ("risk_removal_wait", "个月", "at_least", 6),
    ("same_event_grouping", "天", "at_most", 90), ("department_lists", "次/月", "at_least", 1),
    ("zero_employment_help", "天", "at_most", 3), ("zero_employment_cleared", "天", "at_most", 5),
    ("benefit_publicity", "天", "at_least", 7), ("benefit_objection", "天", "at_most", 5),
    ("benefit_check", "天", "at_most", 10), ("benefit_approval", "天", "at_most", 10),
    ("benefit_payment", "天", "at_most", 30),
    ("task_warning_days", "天", "at_least", 7), ("indicator_report_days", "天", "at_most", 5),
    ("openings_a_year", "次/年", "at_least", 3), ("vacancy_holds", "天", "at_most", 90),
    ("post_notice_days", "天", "at_least", 30), ("post_pay_days", "天", "at_most", 10),
]  # fmt: skip

DOCUMENTS = {SQ: "SQ", QZ: "QZ", LG: "LG", YC: "YC", FX: "FX"}


@pytest.mark.parametrize(("pack", "benefit", "clause", "amount", "rate", "cap"), BENEFITS)
def test_a_stated_benefit_is_in_the_pack(
    pack: str, benefit: str, clause: str, amount: int | None, rate: str | None, cap: int | None
) -> None:
    (found,) = [item for item in packs.load(pack).benefits if item.id == benefit]
    (dated,) = found.values

    assert (dated.amount, dated.cap) == (amount, cap)
    assert dated.rate == (None if rate is None else Fraction(rate))
    assert dated.basis == Basis(doc=DOCUMENTS[pack], clause=clause)


@pytest.mark.parametrize(("pack", "indicator", "clause", "operator", "targets"), INDICATORS)
def test_a_stated_target_is_in_the_pack(
    pack: str, indicator: str, clause: str, operator: str, targets: dict[str, str]
) -> None:
    (found,) = [item for item in packs.load(pack).indicators if item.id == indicator]

    assert found.operator == operator
    assert {target.by: target.value for target in found.targets} == {
        date.fromisoformat(by): Decimal(value) for by, value in targets.items()
    }
    assert {target.basis.clause for target in found.targets} == {clause}


@pytest.mark.parametrize(("pack", "indicator", "upper"), RANGES)
def test_a_stated_range_has_its_upper_end(pack: str, indicator: str, upper: int) -> None:
    (found,) = [item for item in packs.load(pack).indicators if item.id == indicator]

    assert found.targets[0].upper == upper


@pytest.mark.parametrize(("pack", "limit", "clause", "unit", "figure"), LIMITS)
def test_a_stated_time_limit_is_in_the_pack(
    pack: str, limit: str, clause: str, unit: str, figure: int | str
) -> None:
    (found,) = [item for item in packs.load(pack).limits if item.id == limit]
    (dated,) = found.values

    assert found.unit == unit
    assert dated.value == (figure if isinstance(figure, int) else None)
    assert dated.by == (date.fromisoformat(figure) if isinstance(figure, str) else None)
    assert dated.basis == Basis(doc=DOCUMENTS[pack], clause=clause)


@pytest.mark.parametrize(("limit", "unit", "bound", "value"), NATIONAL_LIMITS)
def test_the_steps_of_monitoring_have_their_usual_limits_as_defaults(
    limit: str, unit: str, bound: str, value: int
) -> None:
    (found,) = [item for item in packs.load("national").limits if item.id == limit]

    assert (found.unit, found.bound, found.values[0].value) == (unit, bound, value)
    assert found.values[0].basis.is_default

"""The rules of shiquan-2023 in September 2023 over a frame of facts, for the pandas job."""

from __future__ import annotations

import pandas as pd


def rounded(top: pd.Series, below: pd.Series) -> pd.Series:
    """Half away from zero, in whole numbers."""
    away = (2 * top.abs() + below) // (2 * below)
    return away.where(top >= 0, -away)


def judge(facts: pd.DataFrame) -> dict[str, tuple[pd.Series, object, object]]:
    """Each rule's condition (with NA for unknown), observed value and threshold."""
    heads = facts["members"].astype("Int64").replace(0, pd.NA)
    then = facts["members_last_year"].astype("Int64").replace(0, pd.NA)
    after = facts["net_income_12m"] - facts["rigid"]
    per_head = rounded(facts["net_income_12m"], heads)
    ytd, last = facts["income_ytd"], facts["income_ytd_last_year"]
    shown, shown_then = rounded(ytd, heads), rounded(last, then)
    below = facts["net_income_12m"] < 730000 * heads
    fell = ytd * then < last * heads
    sharply = (last > 0) & (10 * ytd * then <= 7 * last * heads)
    f = {name: facts[name] for name in facts.columns}
    able, allowed = f["labour"].astype("Int64"), f["on_dibao"] | f["on_tekun"]
    unhelped = (able >= 1) & (f["developmental_measures"] == 0) | (able == 0) & (
        f["help_measures"] == 0
    )
    medical = f["medical_selfpaid_12m"]
    boolean = {
        name: f[name].astype("boolean")
        for name in ("monitored", "relocated", "unsafe_water", "allowance_stopped")
    }
    one = 1
    return {
        "all_work_lost": ((f["employed_last_month"] >= 1) & (f["employed"] == 0), f["employed"], f["employed_last_month"]),
        "allowance_stopped_below_line": (boolean["allowance_stopped"] & below, per_head, 730000),
        "disability_severe_new": (f["disability_new_3m"] >= 1, f["disability_new_3m"], one),
        "disaster_loss": (f["disaster_loss_12m"] >= 500000, f["disaster_loss_12m"], 500000),
        "focus_estimate_below_attention": (f["estimate_3"] < 2550000 * heads, rounded(f["estimate_3"], 3 * heads), 850000),
        "focus_monitored": (boolean["monitored"], None, None),
        "focus_relocated": (boolean["relocated"], None, None),
        "hint_commercial_housing": (f["commercial_housing"] >= 1, f["commercial_housing"], one),
        "hint_company": (f["companies"] >= 1, f["companies"], one),
        "hint_vehicle": (f["vehicles_value"] >= 8000000, f["vehicles_value"], 8000000),
        "housing_unsafe": (f["housing_grade"].isin(["C", "D"]).astype("boolean").mask(f["housing_grade"].isna()), None, None),
        "income_after_rigid_below_line": (after < 730000 * heads, rounded(after, heads), 730000),
        "income_below_line": (below, per_head, 730000),
        "income_fell": (fell, shown, shown_then),
        "income_fell_sharply": (sharply, shown, rounded(7 * last, 10 * then)),
        "loan_overdue": (f["loan_overdue_3m"] >= 1, f["loan_overdue_3m"], one),
        "medical_selfpaid_lifted_out": ((f["class"] == "lifted_out") & (medical >= 500000), medical, 500000),
        "medical_selfpaid_ordinary": ((f["class"] == "ordinary") & (medical >= 2000000), medical, 2000000),
        "monitored_without_measure": (boolean["monitored"] & (f["months_monitored"] >= 6) & unhelped, f["months_monitored"], 6),
        "no_labour_no_allowance": ((f["members"] >= 1) & (able == 0) & ~allowed.astype("boolean"), able, one),
        "out_of_school": (f["out_of_school"] >= 1, f["out_of_school"], one),
        "serious_illness": (f["serious_illness_3m"] >= 1, f["serious_illness_3m"], one),
        "tuition_burden": (f["tuition_12m"] > 1000000, f["tuition_12m"], 1000000),
        "uninsured": (f["uninsured"] >= 1, f["uninsured"], one),
        "water_cut_long": (f["water_cut_days_3m"] >= 7, f["water_cut_days_3m"], 7),
        "water_unsafe": (boolean["unsafe_water"], None, None),
        "worker_death": (f["labour_deaths_12m"] >= 1, f["labour_deaths_12m"], one),
        "zero_employment": ((able >= 1) & (f["employed"] == 0), f["employed"], one),
    }  # fmt: skip

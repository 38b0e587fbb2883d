"""The same job in pandas: `python pandas_job.py SNAPSHOT OUT`, prints counts as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from pandas_rules import judge

NOW, BEFORE, LAST_MONTH, LAST_YEAR = (
    pd.Timestamp(day) for day in ("2023-09-30", "2023-06-30", "2023-08-31", "2022-09-30")
)
YEAR_FROM, MONTHS_FROM = pd.Timestamp("2022-10-01"), pd.Timestamp("2023-07-01")
WORKERS = ["ordinary", "skilled", "weak"]
STUDENTS = ["upper_secondary", "tertiary"]
PUPILS = ["compulsory", *STUDENTS]
DEVELOPMENTAL = ["industry", "employment", "finance", "public_post"]


class Snapshot:
    """Tables read with the columns the job needs, dates as timestamps."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, table: str, *columns: str) -> pd.DataFrame:
        frame = pd.read_parquet(
            self._folder / f"{table}.parquet", columns=list(columns), dtype_backend="pyarrow"
        )
        for column in columns:
            if column.endswith("_on"):
                frame[column] = pd.to_datetime(frame[column])
        return frame


def holds(frame: pd.DataFrame, day: pd.Timestamp, start: str, end: str) -> pd.Series:
    """Whether an interval holds on a day; never unknown."""
    return (frame[start] <= day).fillna(False) & (frame[end].isna() | (frame[end] > day)).fillna(
        False
    )


def tri(*parts: tuple[pd.Series, pd.Series]) -> tuple[np.ndarray, np.ndarray]:
    """AND over (true, known) pairs: surely true, and unknown."""
    true = np.logical_and.reduce([np.asarray(value & known, bool) for value, known in parts])
    false = np.logical_or.reduce([np.asarray(~value & known, bool) for value, known in parts])
    return true, ~true & ~false


def code_in(
    series: pd.Series, codes: list[str], *, negate: bool = False
) -> tuple[pd.Series, pd.Series]:
    found = series.isin(codes).astype(bool)
    return (~found if negate else found), series.notna().astype(bool)


def born_between(born: pd.Series, first: str, last: str) -> tuple[pd.Series, pd.Series]:
    inside = (
        ((born <= pd.Timestamp(last)) & (born > pd.Timestamp(first))).fillna(False).astype(bool)
    )
    return inside, born.notna().astype(bool)


def count(frame: pd.DataFrame, mask: np.ndarray | pd.Series, index: pd.Index) -> pd.Series:
    """Rows of each household for which the mask is true."""
    chosen = frame["household_id"].to_numpy()[np.asarray(mask, bool)]
    return pd.Series(chosen).value_counts().reindex(index, fill_value=0)


def known_sum(frame: pd.DataFrame, column: str, index: pd.Index) -> pd.Series:
    """0 without rows, NaN where there are rows and no amount."""
    grouped = frame.groupby("household_id")[column].sum(min_count=1)
    return grouped.astype("Float64").reindex(index).where(index.isin(frame["household_id"]), 0)


def gated(sure: pd.Series, unclear: pd.Series) -> pd.Series:
    """A count, unknown where it is 0 and somebody is unclear."""
    return sure.astype("Int64").mask((sure == 0) & (unclear > 0))


def people_facts(source: Snapshot, facts: pd.DataFrame, statuses: pd.DataFrame) -> pd.DataFrame:
    """Facts of members; returns the members of the day for the other tables."""
    index = facts.index
    persons = source.read(
        "persons",
        "person_id",
        "household_id",
        "born_on",
        "schooling",
        "labour",
        "joined_on",
        "left_on",
    )
    here = holds(persons, NOW, "joined_on", "left_on")
    facts["members"] = count(persons, here, index)
    facts["members_last_year"] = count(
        persons, holds(persons, LAST_YEAR, "joined_on", "left_on"), index
    )
    work = source.read("employments", "person_id", "started_on", "ended_on")
    works = persons["person_id"].isin(work["person_id"][holds(work, NOW, "started_on", "ended_on")])
    worked = persons["person_id"].isin(
        work["person_id"][holds(work, LAST_MONTH, "started_on", "ended_on")]
    )
    able, able_unclear = tri(
        born_between(persons["born_on"], "1958-09-30", "2007-09-30"),
        code_in(persons["labour"], WORKERS),
        code_in(persons["schooling"], STUDENTS, negate=True),
    )
    here_ = np.asarray(here, bool)
    able, able_unclear = able & here_, able_unclear & here_
    for name, mask in (("labour", None), ("employed", works), ("employed_last_month", worked)):
        also = np.ones(len(persons), bool) if mask is None else np.asarray(mask, bool)
        facts[name] = gated(
            count(persons, able & also, index), count(persons, able_unclear & also, index)
        )
    current = statuses[holds(statuses, NOW, "started_on", "ended_on")]

    def mine(kind: str) -> np.ndarray:
        own = current[current["kind"] == kind]
        whole = own["household_id"][own["person_id"].isna()]
        return np.asarray(
            persons["person_id"].isin(own["person_id"].dropna())
            | persons["household_id"].isin(whole),
            bool,
        )

    truant, truant_unclear = tri(
        born_between(persons["born_on"], "2007-09-30", "2017-09-30"),
        code_in(persons["schooling"], PUPILS, negate=True),
    )
    exempt = mine("health_exempt_from_school")
    facts["out_of_school"] = gated(
        count(persons, truant & here_ & ~exempt, index),
        count(persons, truant_unclear & here_ & ~exempt, index),
    )
    facts["uninsured"] = count(persons, here_ & ~mine("medical_insured"), index)
    status_facts(facts, persons, statuses, current)
    return persons


def status_facts(
    facts: pd.DataFrame, persons: pd.DataFrame, statuses: pd.DataFrame, current: pd.DataFrame
) -> None:
    """Statuses of households, whole or through a member of the day."""

    def holders(rows: pd.DataFrame, day: pd.Timestamp) -> set[int]:
        members = persons[holds(persons, day, "joined_on", "left_on")]
        through = members["household_id"][members["person_id"].isin(rows["person_id"].dropna())]
        return set(through) | set(rows["household_id"][rows["person_id"].isna()])

    for fact, kind in (
        ("unsafe_water", "unsafe_water"),
        ("on_dibao", "dibao"),
        ("on_tekun", "tekun"),
    ):
        facts[fact] = facts.index.isin(holders(current[current["kind"] == kind], NOW))
    allowances = statuses[statuses["kind"].isin(["dibao", "tekun"])]
    then = holders(allowances[holds(allowances, BEFORE, "started_on", "ended_on")], BEFORE)
    facts["allowance_stopped"] = facts.index.isin(then) & ~facts["on_dibao"] & ~facts["on_tekun"]
    new = statuses[
        (statuses["kind"] == "disabled") & statuses["started_on"].between(MONTHS_FROM, NOW)
    ]
    members = persons.loc[
        holds(persons, NOW, "joined_on", "left_on"), ["person_id", "household_id"]
    ]
    placed = pd.concat([
        new.loc[new["person_id"].isna(), ["household_id", "level"]],
        new[["person_id", "level"]].dropna(subset="person_id").merge(members, on="person_id"),
    ])  # fmt: skip
    facts["disability_new_3m"] = gated(
        count(placed, placed["level"].isin(["1", "2"]), facts.index),
        count(placed, placed["level"].isna(), facts.index),
    )


def income_facts(source: Snapshot, facts: pd.DataFrame) -> None:
    """Sums of quarters, unknown where one is missing."""
    incomes = source.read(
        "incomes",
        "household_id",
        "quarter",
        "wage",
        "business",
        "business_cost",
        "property",
        "transfer",
    )
    incomes = incomes[incomes["quarter"].between(20221, 20233)]
    incomes["net"] = (
        incomes["wage"] + incomes["business"] - incomes["business_cost"]
        + incomes["property"] + incomes["transfer"]
    )  # fmt: skip
    wide = incomes.pivot(index="household_id", columns="quarter", values="net").reindex(facts.index)
    wide = wide.reindex(columns=[20221, 20222, 20223, 20224, 20231, 20232, 20233]).astype("Int64")
    facts["income_ytd"] = wide[20231] + wide[20232] + wide[20233]
    facts["income_ytd_last_year"] = wide[20221] + wide[20222] + wide[20223]
    facts["net_income_12m"] = facts["income_ytd"] + wide[20224]
    facts["estimate_3"] = (facts["net_income_12m"] * 3).fillna(facts["income_ytd"] * 4)


def event_facts(source: Snapshot, facts: pd.DataFrame, persons: pd.DataFrame) -> None:
    """Events by the household they name."""
    events = source.read(
        "events", "household_id", "person_id", "kind", "occurred_on", "amount", "level"
    )
    index = facts.index
    year = events[events["occurred_on"].between(YEAR_FROM, NOW)]
    months = events[events["occurred_on"].between(MONTHS_FROM, NOW)]
    for fact, kind in (
        ("medical_selfpaid_12m", "medical_selfpaid"), ("tuition_12m", "tuition"),
        ("disaster_loss_12m", "disaster"), ("accident_loss_12m", "accident"),
    ):  # fmt: skip
        facts[fact] = known_sum(year[year["kind"] == kind], "amount", index).astype("Int64")
    facts["rigid"] = (
        facts["medical_selfpaid_12m"] + facts["tuition_12m"]
        + facts["disaster_loss_12m"] + facts["accident_loss_12m"]
    )  # fmt: skip
    sick = year[(year["kind"] == "medical_selfpaid") & year["person_id"].notna()]
    by_person = sick.groupby(["household_id", "person_id"])["amount"].sum(min_count=1)
    facts["medical_max"] = by_person.groupby("household_id").max().reindex(index)
    for fact, kind in (
        ("serious_illness_3m", "serious_illness"),
        ("loan_overdue_3m", "loan_overdue"),
    ):
        facts[fact] = count(months, months["kind"] == kind, index)
    cuts = months[months["kind"] == "water_cut"].copy()
    digits = cuts["level"].str.fullmatch("[0-9]+").fillna(False)
    cuts["days"] = pd.to_numeric(cuts["level"].where(digits)).astype("Int64")
    facts["water_cut_days_3m"] = known_sum(cuts, "days", index).astype("Int64")
    graded = events[(events["kind"] == "housing_graded") & (events["occurred_on"] <= NOW)].copy()
    graded["grade"] = graded["level"].fillna("")
    latest = (
        graded.sort_values(["household_id", "occurred_on", "grade"]).groupby("household_id").last()
    )
    grade = latest["grade"].reindex(index)
    facts["housing_grade"] = grade.where(grade != "")
    death_facts(facts, year[year["kind"] == "death"], persons)


def death_facts(facts: pd.DataFrame, deaths: pd.DataFrame, persons: pd.DataFrame) -> None:
    """Deaths of those who were workers on the day."""
    known = deaths[deaths["person_id"].notna()]
    judged = known[["household_id", "person_id", "occurred_on"]].merge(
        persons[["household_id", "person_id", "born_on", "labour", "schooling"]],
        on=["household_id", "person_id"],
    )
    died, born = (
        judged[column].dt.year * 10000 + judged[column].dt.month * 100 + judged[column].dt.day
        for column in ("occurred_on", "born_on")
    )
    of_age = ((died - 160000 >= born) & (died - 650000 < born)).fillna(False).astype(bool)
    worker, unclear = tri(
        (of_age, judged["born_on"].notna().astype(bool)),
        code_in(judged["labour"], WORKERS),
        code_in(judged["schooling"], STUDENTS, negate=True),
    )
    nobody = deaths[deaths["person_id"].isna()]
    facts["labour_deaths_12m"] = gated(
        count(judged, worker, facts.index),
        count(judged, unclear, facts.index)
        + count(nobody, np.ones(len(nobody), bool), facts.index),
    )


def other_facts(
    source: Snapshot, facts: pd.DataFrame, persons: pd.DataFrame, statuses: pd.DataFrame,
    households: pd.DataFrame,
) -> None:  # fmt: skip
    """Holdings, monitoring, help measures."""
    members = persons.loc[
        holds(persons, NOW, "joined_on", "left_on"), ["person_id", "household_id"]
    ]
    holdings = source.read(
        "holdings", "household_id", "person_id", "kind", "value", "started_on", "ended_on"
    )
    holdings = holdings[holds(holdings, NOW, "started_on", "ended_on")]
    through = (
        holdings.dropna(subset="person_id")
        .drop(columns="household_id")
        .merge(members, on="person_id")
    )
    held = pd.concat([holdings[holdings["person_id"].isna()], through])
    facts["vehicles_value"] = known_sum(
        held[held["kind"] == "vehicle"], "value", facts.index
    ).astype("Int64")
    facts["companies"] = count(held, held["kind"] == "company", facts.index)
    facts["commercial_housing"] = count(held, held["kind"] == "commercial_housing", facts.index)
    included, removed = households["included_on"], households["risk_removed_on"]
    monitored = (
        households["monitored_kind"].notna() & (included.isna() | (included <= NOW).fillna(False))
        & ~(removed <= NOW).fillna(False)
    ).astype(bool)  # fmt: skip
    facts["monitored"] = monitored
    months = (2023 - included.dt.year) * 12 + 9 - included.dt.month
    facts["months_monitored"] = months.astype("Int64").where(monitored, 0)
    measures = statuses[(statuses["kind"] == "help_measure") & (statuses["started_on"] <= NOW)]
    given = pd.concat([
        measures[measures["person_id"].isna()],
        measures.dropna(subset="person_id").drop(columns="household_id").merge(members, on="person_id"),
    ])  # fmt: skip
    since = included.fillna(NOW).rename("since")[monitored]
    given = given.merge(since, left_on="household_id", right_index=True)
    given = given[given["ended_on"].isna() | (given["ended_on"] > given["since"]).fillna(False)]
    facts["help_measures"] = count(given, np.ones(len(given), bool), facts.index)
    facts["developmental_measures"] = gated(
        count(given, given["level"].isin(DEVELOPMENTAL), facts.index),
        count(given, given["level"].isna(), facts.index),
    )


def main(snapshot: Path, out: Path) -> dict[str, list[int]]:
    """Run the job, write facts and findings; returns hits and unknowns by rule."""
    out.mkdir(parents=True, exist_ok=True)
    source = Snapshot(snapshot)
    households = source.read(
        "households", "household_id", "code", "village_code", "class", "relocated", "monitored_kind",
        "included_on", "risk_removed_on",
    ).set_index("household_id")  # fmt: skip
    households.index = households.index.astype("int64")
    facts = households[["code", "village_code", "class", "relocated"]].copy()
    statuses = source.read(
        "statuses", "household_id", "person_id", "kind", "level", "started_on", "ended_on"
    )
    persons = people_facts(source, facts, statuses)
    income_facts(source, facts)
    event_facts(source, facts, persons)
    other_facts(source, facts, persons, statuses, households)
    counts, parts = {}, []
    for rule, (hit, observed, threshold) in judge(facts).items():
        status = hit.astype("boolean")
        chosen = status.fillna(True)
        counts[rule] = [int(status.fillna(False).sum()), int(status.isna().sum())]
        part = pd.DataFrame({"household_id": facts.index[chosen], "rule": rule})
        part["status"] = np.where(status[chosen].isna(), "unknown", "hit")
        for name, value in (("observed", observed), ("threshold", threshold)):
            given = value[chosen].to_numpy() if isinstance(value, pd.Series) else value
            part[name] = pd.array(given, "Int64") if isinstance(value, pd.Series) else given
            part[name] = part[name].astype("Int64")
        parts.append(part)
    findings = pd.concat(parts).sort_values(["household_id", "rule"])
    findings.to_parquet(out / "findings.parquet")
    facts.sort_index().to_parquet(out / "facts.parquet")
    return counts


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))

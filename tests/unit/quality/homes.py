"""Households drawn for the checks: one in which nothing is wrong, and changes to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

AS_OF = date(2023, 9, 30)
HEAD, SPOUSE = 1, 2
_INT, _TEXT, _DATE, _BOOL = pa.int64(), pa.string(), pa.date32(), pa.bool_()
SCHEMAS: Mapping[str, pa.Schema] = {
    "households": pa.schema(
        [("household_id", _INT), ("village_code", _TEXT), ("class", _TEXT),
         ("monitored_kind", _TEXT), ("included_on", _DATE), ("risk_removed_on", _DATE),
         ("area_dm2", _INT)]
    ),
    "persons": pa.schema(
        [("person_id", _INT), ("household_id", _INT), ("born_on", _DATE), ("schooling", _TEXT),
         ("labour", _TEXT), ("joined_on", _DATE), ("left_on", _DATE), ("sex", _TEXT),
         ("relation", _TEXT), ("education", _TEXT), ("health", _TEXT), ("has_identity", _BOOL),
         ("has_phone", _BOOL)]
    ),
    "incomes": pa.schema(
        [(name, _INT) for name in ("household_id", "quarter", "wage", "business", "business_cost",
                                   "property", "transfer")]
    ),
    "employments": pa.schema(
        [("person_id", _INT), ("started_on", _DATE), ("ended_on", _DATE), ("channel", _TEXT),
         ("county_code", _TEXT), ("monthly_wage", _INT), ("has_employer", _BOOL)]
    ),
    "statuses": pa.schema(
        [("household_id", _INT), ("person_id", _INT), ("kind", _TEXT), ("level", _TEXT),
         ("started_on", _DATE), ("ended_on", _DATE), ("category", _TEXT)]
    ),
    "events": pa.schema(
        [("household_id", _INT), ("person_id", _INT), ("kind", _TEXT), ("occurred_on", _DATE),
         ("level", _TEXT)]
    ),
    "cases": pa.schema(
        [("household_id", _INT), ("removal_kind", _TEXT), ("checked_income", _INT),
         ("checked_spending", _INT), ("told_out_of_school", _BOOL), ("indicators", _INT),
         ("removal_income", _INT), ("removal_line", _INT)]
    ),
    "risks": pa.schema([("household_id", _INT), ("risk", _TEXT)]),
    "planned": pa.schema([("household_id", _INT), ("kind", _TEXT), ("state", _TEXT)]),
    "numbers": pa.schema(
        [("person_id", _INT), ("identity_length", _INT), ("identity_valid", _BOOL),
         ("identity_twice", _BOOL), ("card_valid", _BOOL), ("phone_digits", _INT),
         ("phone_valid", _BOOL), ("phone_group", _INT)]
    ),
}  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


class Home:
    """A couple at work with money, insurance and a sound home; methods change what is drawn."""

    def __init__(self, number: int, group: str) -> None:
        self.number = number
        self.state: dict[str, Any] = {
            "household_id": number, "village_code": "529901001001", "class": "ordinary",
            "monitored_kind": None, "included_on": None, "risk_removed_on": None, "area_dm2": 9000,
        }  # fmt: skip
        self.rows: Rows = {name: [] for name in SCHEMAS}
        self._people = 0
        self.person(born_on=date(1978, 3, 3), sex="M", relation="head")
        self.person(born_on=date(1980, 4, 4), sex="F", relation="spouse")
        self.work(HEAD)
        self.work(SPOUSE)
        for quarter in (20224, 20231, 20232, 20233):
            self.rows["incomes"].append(
                {"household_id": number, "quarter": quarter, "wage": 1_000_000, "business": 100_000,
                 "business_cost": 10_000, "property": 0, "transfer": 10_000}
            )  # fmt: skip
        self.graded("A", date(2020, 1, 1))
        self._into(group)

    def _into(self, group: str) -> None:
        if group in ("lifted_out", "covered"):
            self.state["class"] = "lifted_out"
        if group.startswith("monitored"):
            self.state |= {"monitored_kind": "marginal", "included_on": date(2022, 1, 10)}
            for level, item in (("industry", None), ("health", "premium"), ("safety_net", None)):
                self.status("help_measure", level=level, category=item, started_on=date(2022, 2, 1))
            self.rows["cases"].append(
                {"household_id": self.number, "removal_kind": None, "checked_income": 700_000,
                 "checked_spending": 2_000_000, "told_out_of_school": False, "indicators": 0,
                 "removal_income": None, "removal_line": None}
            )  # fmt: skip
            self.risk("income")
        if group == "monitored_removed":
            self.state["risk_removed_on"] = date(2023, 3, 1)
            self.case(removal_kind="helped", indicators=13, removal_income=730_000,
                      removal_line=730_000)  # fmt: skip

    def case(self, **changed: Any) -> Home:
        """Change what the case says."""
        self.rows["cases"][0] |= changed
        return self

    def risk(self, *risks: str) -> Home:
        """Risks more; without any, all are taken away."""
        if not risks:
            self.rows["risks"].clear()
        self.rows["risks"] += [{"household_id": self.number, "risk": each} for each in risks]
        return self

    def planned(self, kind: str, state: str) -> Home:
        self.rows["planned"].append({"household_id": self.number, "kind": kind, "state": state})
        return self

    def help(self, level: str, item: str | None = None, **given: Any) -> Home:
        """A measure more, of an item."""
        plain = {"started_on": date(2022, 2, 1)}
        return self.status("help_measure", level=level, category=item, **(plain | given))

    def phones(self, *counties: str) -> Home:
        """Head and spouse work in these counties and share a telephone number."""
        for who, county in enumerate(counties, start=1):
            self.numbers(who, phone_group=self.number)
            self.rows["employments"][who - 1]["county_code"] = county
        return self

    def twin(self) -> Home:
        """Somebody of household 1 works and has the head's telephone number."""
        self.person(household_id=1)
        self.numbers(self._people, phone_group=self.number)
        return self.work(self._people)

    def numbers(self, who: int, **changed: Any) -> Home:
        """Change what is known of somebody's numbers."""
        self.rows["numbers"][who - 1] |= changed
        return self

    @property
    def persons(self) -> list[dict[str, Any]]:
        return self.rows["persons"]

    def home(self, **changed: Any) -> Home:
        self.state |= changed
        return self

    def person(self, **given: Any) -> Home:
        """Somebody more, insured and with a pension; numbered 1, 2, 3 … within the household."""
        self._people += 1
        self.persons.append(
            {"person_id": self.number * 100 + self._people, "household_id": self.number,
             "born_on": date(1980, 1, 1), "schooling": "none", "labour": "ordinary",
             "joined_on": date(2010, 1, 1), "left_on": None, "sex": "M", "relation": "sibling",
             "education": "junior", "health": "健康", "has_identity": True, "has_phone": True}
            | given
        )  # fmt: skip
        self.rows["numbers"].append(
            {"person_id": self.number * 100 + self._people, "identity_length": 18,
             "identity_valid": True, "identity_twice": False, "card_valid": None,
             "phone_digits": 11, "phone_valid": True, "phone_group": None}
        )  # fmt: skip
        self.status("medical_insured", who=self._people)
        self.status("pension_insured", who=self._people)
        return self

    def child(self, born_on: date, schooling: str | None = "compulsory", **given: Any) -> Home:
        plain = {"labour": "none", "education": None, "relation": "son"}
        return self.person(**(plain | {"born_on": born_on, "schooling": schooling} | given))

    def change(self, who: int, **changed: Any) -> Home:
        self.persons[who - 1] |= changed
        return self

    def everybody(self, **changed: Any) -> Home:
        for person in self.persons:
            person |= changed
        return self

    def status(self, kind: str, who: int | None = None, **given: Any) -> Home:
        self.rows["statuses"].append(
            {"household_id": self.number, "person_id": who and self.number * 100 + who,
             "kind": kind, "level": None, "started_on": date(2021, 1, 1), "ended_on": None,
             "category": None} | given
        )  # fmt: skip
        return self

    def without(self, kind: str, who: int | None = None, level: str | None = None) -> Home:
        person = who and self.number * 100 + who
        self.rows["statuses"] = [
            row
            for row in self.rows["statuses"]
            if row["kind"] != kind
            or row["person_id"] != person
            or (level and row["level"] != level)
        ]
        return self

    def work(self, who: int, **given: Any) -> Home:
        self.rows["employments"].append(
            {"person_id": self.number * 100 + who, "started_on": date(2022, 1, 1),
             "ended_on": None, "channel": "local", "county_code": "529901",
             "monthly_wage": 300_000, "has_employer": True} | given
        )  # fmt: skip
        return self

    def job(self, **changed: Any) -> Home:
        """Change the head's work."""
        self.rows["employments"][0] |= changed
        return self

    def idle(self, *who: int) -> Home:
        gone = {self.number * 100 + each for each in who}
        self.rows["employments"] = [
            row for row in self.rows["employments"] if row["person_id"] not in gone
        ]
        return self

    def income(self, **changed: int) -> Home:
        for row in self.rows["incomes"]:
            row |= changed
        return self

    def graded(self, level: str | None, on: date = date(2023, 5, 1)) -> Home:
        """The latest grading; None takes all gradings away."""
        events = self.rows["events"]
        if level is None:
            events.clear()
        else:
            events.append(
                {"household_id": self.number, "kind": "housing_graded", "occurred_on": on,
                 "level": level}
            )  # fmt: skip
        return self

    def event(self, kind: str, who: int | None = None, on: date = date(2023, 5, 1)) -> Home:
        self.rows["events"].append(
            {"household_id": self.number, "person_id": who and self.number * 100 + who,
             "kind": kind, "occurred_on": on, "level": None}
        )  # fmt: skip
        return self


def write(folder: Path, homes: Sequence[Home], *, without: Sequence[str] = ()) -> Path:
    """The snapshot of the households drawn; `without` names columns to leave out, as table.column."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, schema in SCHEMAS.items():
        rows = (
            [home.state for home in homes]
            if table == "households"
            else [row for home in homes for row in home.rows[table]]
        )
        written = pa.Table.from_pylist(rows, schema=schema)
        gone = [column.split(".")[1] for column in without if column.startswith(f"{table}.")]
        pq.write_table(written.drop_columns(gone), folder / f"{table}.parquet")
    return folder

"""Drawn cases: small text tables that say what a household has and what must be said of it.

The format is described in `tests/spec/README.md`. A case knows its rows by the names that the
tables use ("A", "H"); `rows(number)` gives them identifiers of their own, so that many cases can
share one snapshot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from tests.reference.household import NOT_APPLICABLE

CASES = Path(__file__).parent / "cases"
HOUSEHOLDS_PER_CASE = 100
PERSONS_PER_CASE = 1000

ALIASES = {
    "born": "born_on", "joined": "joined_on", "left": "left_on", "from": "started_on",
    "to": "ended_on", "on": "occurred_on", "included": "included_on",
    "removed": "risk_removed_on", "monitored": "monitored_kind",
}  # fmt: skip
DATES = {"born_on", "joined_on", "left_on", "started_on", "ended_on", "occurred_on",
         "included_on", "risk_removed_on"}  # fmt: skip
NUMBERS = {"wage", "business", "business_cost", "property", "transfer", "amount", "value",
           "monthly_wage", "quarter"}  # fmt: skip
TRUTHS = {"relocated", "self_moved"}

HOME_DEFAULTS = {
    "code": None, "village_code": "529901001001", "site_id": None, "grid_id": None,
    "class": "ordinary", "relocated": False, "self_moved": False, "monitored_kind": None,
    "included_on": None, "risk_removed_on": None,
}  # fmt: skip
DEFAULTS: dict[str, dict[str, Any]] = {
    "households": HOME_DEFAULTS,
    "persons": {
        "household": "H", "sex": "F", "born_on": date(1950, 6, 15), "relation": "户主",
        "education": None, "schooling": "none", "labour": "none",
        "joined_on": date(2015, 1, 1), "left_on": None,
    },
    "incomes": {
        "household": "H", "wage": 0, "business": 0, "business_cost": 0, "property": 0,
        "transfer": 0,
    },
    "employments": {
        "started_on": date(2020, 1, 1), "ended_on": None, "channel": "local",
        "county_code": "529901", "monthly_wage": 300_000,
    },
    "statuses": {
        "household": "H", "person": None, "level": None, "started_on": date(2020, 1, 1),
        "ended_on": None,
    },
    "events": {"household": "H", "person": None, "occurred_on": None, "amount": None,
               "level": None},
    "holdings": {
        "household": "H", "person": None, "value": None, "started_on": date(2020, 1, 1),
        "ended_on": None,
    },
}  # fmt: skip
FIRST_COLUMN = {
    "households": "name", "persons": "person", "incomes": "quarter", "employments": "person",
    "statuses": "kind", "events": "kind", "holdings": "kind",
}  # fmt: skip
VERDICTS = ("hits", "misses", "unknown", "absent")
KEYWORDS = {
    *DEFAULTS,
    *VERDICTS,
    "facts",
    "findings",
    "level",
    "rules",
    "parameters",
    "month",
    "pack",
}


class BadDrawing(Exception):
    """A case file that cannot be read; says where."""


@dataclass
class Case:
    """One drawn case: rows in, facts and findings out."""

    name: str
    file: str
    line: int
    month: str
    pack: str
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    verdicts: list[tuple[str, str, str]] = field(default_factory=list)  # household, rule, verdict
    findings: list[dict[str, Any]] = field(default_factory=list)
    levels: dict[str, str | None] = field(default_factory=dict)
    rules: list[dict[str, str]] = field(default_factory=list)
    parameters: list[dict[str, str]] = field(default_factory=list)
    number: int = 0

    @property
    def id(self) -> str:
        return f"{Path(self.file).stem}: {self.name}"

    @property
    def homes(self) -> list[str]:
        return [row["name"] for row in self.tables["households"]]

    def household_id(self, name: str) -> int:
        """ "nobody" is a household that the snapshot does not have."""
        place = HOUSEHOLDS_PER_CASE - 1 if name == "nobody" else self.homes.index(name)
        return self.number * HOUSEHOLDS_PER_CASE + place

    def person_id(self, name: str) -> int:
        """ "stranger" is a person that the snapshot does not have."""
        names = list(dict.fromkeys(row["person"] for row in self.tables["persons"]))
        place = PERSONS_PER_CASE - 1 if name == "stranger" else names.index(name)
        return self.number * PERSONS_PER_CASE + place

    def rule_id(self, rule: str) -> str:
        """Rules that a case brings along get a name of their own in the shared pack."""
        own = any(rule == drawn["id"] for drawn in self.rules)
        return f"drawn_{self.number}_{rule}" if own else rule

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The tables of the snapshot, with identifiers in place of names."""
        snapshot: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for table, rows in self.tables.items():
            snapshot[table] = [self._identified(table, row) for row in rows]
        return snapshot

    def _home_of(self, person: str) -> str:
        """Where a row that only names a person belongs: the person's first household."""
        homes = (row["household"] for row in self.tables["persons"] if row["person"] == person)
        return next(homes, "H")

    def _identified(self, table: str, drawn: dict[str, Any]) -> dict[str, Any]:
        row = dict(drawn)
        if table == "households":
            row["household_id"] = self.household_id(row.pop("name"))
            row["code"] = row["code"] or f"H{row['household_id']}"
            return row
        if row.get("household") == "H" and "H" not in self.homes and row.get("person"):
            row["household"] = self._home_of(row["person"])
        for column, identify in (("household", self.household_id), ("person", self.person_id)):
            if column in row:
                name = row.pop(column)
                row[f"{column}_id"] = None if name is None else identify(name)
        return row


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case of every file, numbered."""
    cases = [case for path in sorted(CASES.glob("*.txt")) for case in read(path)]
    for number, case in enumerate(cases, start=1):
        case.number = number
    return tuple(cases)


def read(path: Path) -> Iterator[Case]:
    """The cases of one file; `month` and `pack` lines before the first case hold for the file."""
    settings = {"month": "2023-09", "pack": "national"}
    case: Case | None = None
    header: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path.name}:{number}"
        text = line.partition("#")[0].rstrip()
        if text.startswith("==="):
            if case:
                yield _finished(case)
            case = Case(text.strip("= "), path.name, number, **settings)
            header = []
            continue
        cells = [cell.strip() for cell in text.split("|")]
        word = cells[0].split(" ")[0]
        if word in ("month", "pack"):
            value = text.split()[-1]
            settings |= {word: value} if case is None else {}
            if case:
                setattr(case, word, value)
        elif not text.strip():
            header = []
        elif case is None:
            raise BadDrawing(f"{where}: text before the first case")
        elif word in KEYWORDS:
            header = cells
            _open(case, cells, where)
        elif header:
            _add(case, header, cells, where)
        else:
            raise BadDrawing(f"{where}: a row without a table: {text}")
    if case:
        yield _finished(case)


def _finished(case: Case) -> Case:
    if "households" not in case.tables:
        case.tables["households"] = [{"name": "H", **HOME_DEFAULTS}]
    if "persons" not in case.tables:
        case.tables["persons"] = [
            {"person": f"A of {home}", **DEFAULTS["persons"], "household": home}
            for home in case.homes
        ]
    return case


def _open(case: Case, cells: list[str], where: str) -> None:
    word, _, household = cells[0].partition(" ")
    household = household.strip() or "H"
    if word in VERDICTS:
        rules = [rule.strip() for rule in cells[1].split(",")]
        case.verdicts += [(household, rule, word) for rule in rules]
    elif word == "level":
        case.levels[household] = None if cells[1] == "none" else cells[1]
    elif word in DEFAULTS:
        case.tables.setdefault(word, [])
    elif word not in ("facts", "findings", "rules", "parameters"):
        raise BadDrawing(f"{where}: {word}?")


def _add(case: Case, header: list[str], cells: list[str], where: str) -> None:
    table, *columns = header
    if len(cells) != len(header):
        raise BadDrawing(f"{where}: {len(cells)} cells under {len(header)} columns")
    named = dict(zip(columns, cells[1:], strict=True))
    if table == "facts":
        known = case.facts.setdefault(cells[0] or "H", {})
        known |= {fact: expected(text) for fact, text in named.items()}
    elif table == "findings":
        case.findings.append({"rule": cells[0], **named})
    elif table in ("rules", "parameters"):
        getattr(case, table).append({"id": cells[0], **named})
    else:
        case.tables[table] += _rows(table, cells[0], named, where)


def _rows(table: str, first: str, named: dict[str, str], where: str) -> Iterator[dict[str, Any]]:
    columns = {ALIASES.get(column, column): text for column, text in named.items()}
    if unknown := set(columns) - set(DEFAULTS[table]) - {"net"}:
        raise BadDrawing(f"{where}: {table} has no column {', '.join(sorted(unknown))}")
    given = {column: _cell(column, text) for column, text in columns.items() if text}
    if "net" in given:
        given["wage"] = int(given.pop("net"))
    row = {FIRST_COLUMN[table]: first, **DEFAULTS[table], **given}
    if table != "incomes":
        yield row
        return
    start, _, end = first.partition("..")
    for quarter in _quarters(int(start), int(end or start)):
        yield {**row, "quarter": quarter}


def _quarters(start: int, end: int) -> Iterator[int]:
    """20224 … 20233, both included."""
    while start <= end:
        yield start
        start = start + 1 if start % 10 < 4 else (start // 10 + 1) * 10 + 1


def _cell(column: str, text: str) -> Any:
    if text == "?":
        return None
    if column in DATES:
        return date.fromisoformat(text)
    if column in NUMBERS or column == "net":
        return int(text)
    if column in TRUTHS:
        return {"true": True, "false": False}[text]
    return "" if text == "''" else text


def expected(text: str) -> Any:
    """What a fact must be: `?` unknown, `n/a` not applicable, 7, 1000/3, true, false or text."""
    match text:
        case "?":
            return None
        case "n/a":
            return NOT_APPLICABLE
        case "true" | "false":
            return text == "true"
    try:
        return Fraction(text.replace(" ", ""))
    except ValueError:
        return text

"""The same job by hand in DuckDB: `python handwritten.py SNAPSHOT OUT`, prints counts as JSON.

Written for one pack and one month, without checks of the snapshot, hashes, progress, or a record of
the run: what a good analyst would leave in a script. It writes the same four Parquet files.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
from handwritten_rules import Rule, rules

_HERE = Path(__file__).parent
_PARQUET = "(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880)"
_TABLES = (
    "households", "persons", "incomes", "employments", "statuses", "events", "holdings",
)  # fmt: skip
_INSURED = """
ANTI JOIN (
    SELECT person_id FROM statuses
    WHERE kind = 'medical_insured' AND started_on <= DATE '2023-09-30'
        AND (ended_on IS NULL OR ended_on > DATE '2023-09-30')
) s ON s.person_id = p.person_id
WHERE p.joined_on <= DATE '2023-09-30' AND (p.left_on IS NULL OR p.left_on > DATE '2023-09-30')"""


def ratio(top: str, below: str) -> str:
    """Half away from zero in whole numbers."""
    away = f"((2 * abs({top}) + {below}) // (2 * {below}))"
    return f"CASE WHEN {top} < 0 THEN -{away} ELSE {away} END"


def main(snapshot: Path, out: Path) -> dict[str, list[int]]:
    """Run the job; returns hits and unknowns by rule."""
    out.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(config={"memory_limit": "2GB"})
    for table in _TABLES:
        connection.execute(
            f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{snapshot}/{table}.parquet')"
        )
    connection.execute("SET preserve_insertion_order = false")
    text = "\n".join(
        line for line in (_HERE / "job.sql").read_text().splitlines() if not line.startswith("--")
    )
    text = text.replace("{temp}", "TEMP").replace("{anti_join_insured}", _INSURED)
    text = text.replace("{digits}", "regexp_full_match(level, '[0-9]+')")
    for statement in text.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    listed = rules(ratio, "HUGEINT")
    for table in ("work", "own", "people", "unclear", "through", "uninsured", "money", "happened",
                  "sick", "deaths", "owned", "helped"):  # fmt: skip
        connection.execute(f"DROP TABLE {table}")
    connection.execute("CREATE TEMP TABLE verdicts AS " + " UNION ALL ".join(_branches(listed)))
    _write(connection, listed, out)
    return {
        listed[number].id: [hits, unknown]
        for number, hits, unknown in connection.execute(
            "SELECT n, count(*) FILTER (hit), count(*) FILTER (hit IS NULL) FROM verdicts "
            "GROUP BY n ORDER BY n"
        ).fetchall()
    }


def _branches(listed: list[Rule]) -> list[str]:
    return [
        f"SELECT household_id, {number}::SMALLINT AS n, {rule.when} AS hit, "
        f"({rule.observed})::BIGINT AS observed, ({rule.threshold})::BIGINT AS threshold, "
        f"{rule.observed_text}::VARCHAR AS observed_text, "
        f"{rule.threshold_text}::VARCHAR AS threshold_text "
        f"FROM facts WHERE ({rule.when}) IS NOT FALSE"
        for number, rule in enumerate(listed)
    ]


def _write(connection: duckdb.DuckDBPyConnection, listed: list[Rule], out: Path) -> None:
    connection.execute("SET preserve_insertion_order = true")
    columns = (
        "* EXCLUDE (estimate_3, after_rigid, heads, heads_then), "
        f"{ratio('estimate_3', '3')} AS income_estimate, "
        f"{ratio('income_ytd', 'heads')} AS income_ytd_per_capita, "
        f"{ratio('income_ytd_last_year', 'heads_then')} AS income_ytd_per_capita_last_year, "
        f"{ratio('net_income_12m', 'heads')} AS net_income_per_capita, "
        f"{ratio('estimate_3', '(3 * heads)')} AS income_estimate_per_capita, "
        f"{ratio('after_rigid', 'heads')} AS income_after_rigid_per_capita"
    )
    names = {
        word: "[" + ", ".join(f"'{getattr(rule, word)}'" for rule in listed) + "][n + 1]"
        for word in ("id", "level", "risk")
    }
    height = "[" + ", ".join(
        str(("red", "orange", "yellow", "hint").index(rule.level)) for rule in listed
    ) + "][n + 1]"  # fmt: skip
    queries = {
        "facts": f"SELECT {columns} FROM facts ORDER BY household_id",
        "findings": f"SELECT household_id, NULL::BIGINT AS person_id, {names['id']} AS rule, "
        f"if(hit, 'hit', 'unknown') AS status, {names['level']} AS level, {names['risk']} AS risk, "
        "observed, threshold, observed_text, threshold_text, DATE '2023-09-30' AS as_of "
        "FROM (FROM verdicts ORDER BY household_id, n)",
        "levels": f"SELECT household_id, min({height}) AS level FROM verdicts WHERE hit "
        "GROUP BY household_id ORDER BY household_id",
        "rollup": "SELECT village_code[:digits] AS place, n, count(*) FILTER (hit) AS hits, "
        "count(*) FILTER (hit IS NULL) AS unknown FROM verdicts JOIN facts USING (household_id), "
        "(VALUES (6), (9), (12)) d(digits) GROUP BY ALL ORDER BY ALL",
    }
    for name, query in queries.items():
        connection.execute(f"COPY ({query}) TO '{out / name}.parquet' {_PARQUET}")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))

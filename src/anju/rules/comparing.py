"""Two runs compared: which hits are new, which still stand, which are gone, whose level changed."""

# ruff: noqa: S608 (paths are quoted)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from anju.rules import records
from anju.rules.errors import RunError

if TYPE_CHECKING:
    import pyarrow

_KEYS: Final = "household_id, rule"


@dataclass(frozen=True)
class Difference:
    """Hits of a run against an earlier one, a row a household and rule; levels a row a household.

    `new` and `still` carry the later run's values (`still` the earlier observed value too), `gone`
    the earlier's with `status_now`: NULL where the rule is no longer true, 'unknown' where it can no
    longer be known, 'not run' where the later run did not ask it. `levels` holds households whose
    level differs (NULL for none).
    """

    new: pyarrow.Table
    still: pyarrow.Table
    gone: pyarrow.Table
    levels: pyarrow.Table
    rules: Mapping[str, tuple[int, int, int]]  # new, still, gone by rule


def diff(out: Path, against: Path) -> Difference:
    """Compare the run in `out` with the earlier one in `against`; `RunError` where one is none."""
    import duckdb

    from anju.rules.engines.duckdb import quoted

    later, _ = records.read(out), records.read(against)
    try:
        with duckdb.connect() as connection:
            for name, folder in (("after", out), ("before", against)):
                connection.execute(
                    f"CREATE TEMP VIEW {name} AS SELECT * FROM "
                    f"read_parquet({quoted(folder / 'findings.parquet')})"
                )
                connection.execute(
                    f"CREATE TEMP VIEW {name}_levels AS SELECT * FROM "
                    f"read_parquet({quoted(folder / 'levels.parquet')})"
                )
            return _difference(connection, tuple(later["rules"]))
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise RunError(
            zh=f"{out} 与 {against} 无法比较（{reason}）；请重新运行。",
            en=f"{out} and {against} cannot be compared ({reason}): run them again.",
        ) from error


def _difference(connection: Any, asked: tuple[str, ...]) -> Difference:
    listed = ", ".join(f"'{rule}'" for rule in asked) or "''"
    hits = {name: f"(SELECT * FROM {name} WHERE status = 'hit')" for name in ("after", "before")}
    shown = "a.level, a.risk, a.observed, a.threshold, a.observed_text, a.threshold_text"
    new = (
        f"SELECT a.household_id, a.rule, {shown} FROM {hits['after']} a "
        f"ANTI JOIN {hits['before']} b USING ({_KEYS}) ORDER BY {_KEYS}"
    )
    still = (
        f"SELECT a.household_id, a.rule, {shown}, b.observed AS observed_before, "
        f"b.observed_text AS observed_text_before FROM {hits['after']} a "
        f"JOIN {hits['before']} b USING ({_KEYS}) ORDER BY a.household_id, a.rule"
    )
    gone = (
        f"SELECT a.household_id, a.rule, {shown}, "
        f"CASE WHEN a.rule NOT IN ({listed}) THEN 'not run' ELSE n.status END AS status_now "
        f"FROM {hits['before']} a LEFT JOIN after n "
        "ON n.household_id = a.household_id AND n.rule = a.rule "
        "WHERE n.status IS NULL OR n.status <> 'hit' ORDER BY a.household_id, a.rule"
    )
    levels = (
        "SELECT COALESCE(a.household_id, b.household_id) AS household_id, a.level AS level, "
        "b.level AS level_before FROM after_levels a FULL JOIN before_levels b "
        "ON a.household_id = b.household_id WHERE a.level IS DISTINCT FROM b.level ORDER BY 1"
    )
    tables = {
        "new": connection.sql(new).to_arrow_table(),
        "still": connection.sql(still).to_arrow_table(),
        "gone": connection.sql(gone).to_arrow_table(),
    }
    return Difference(
        **tables,
        levels=connection.sql(levels).to_arrow_table(),
        rules=_by_rule(tables),
    )


def _by_rule(tables: Mapping[str, pyarrow.Table]) -> dict[str, tuple[int, int, int]]:
    counted: dict[str, list[int]] = {}
    for place, name in enumerate(("new", "still", "gone")):
        for item in tables[name].column("rule").value_counts():
            counted.setdefault(item["values"].as_py(), [0, 0, 0])[place] = item["counts"].as_py()
    return {rule: (new, still, gone) for rule, (new, still, gone) in sorted(counted.items())}

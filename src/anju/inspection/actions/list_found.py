"""What was found in a list: each problem at its row, counted by check and by village."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from anju.inspection.actions.list_rows import Lines
from anju.inspection.lists import guard_of, is_must
from anju.quality.checks import checks
from anju.registry.columns import Schema

_FOUND: Final[Schema] = {
    "household_id": pl.Int64, "person_id": pl.Int64, "village_code": pl.String,
    "sheet": pl.String, "line": pl.Int64, "code": pl.String, "found": pl.String,
}  # fmt: skip
Found = tuple[pl.DataFrame, dict[str, Any]]


def nothing() -> pl.DataFrame:
    """No problem, as checks tell them."""
    named: Schema = {"code": pl.String, "found": pl.String}
    owners: Schema = {"household_id": pl.Int64, "person_id": pl.Int64, "village_code": pl.String}
    return pl.DataFrame(schema={**named, **owners})


def refused(why: str, lines: Lines, place: str) -> Found:
    """A list that nobody could take for what it is."""
    only = pl.DataFrame([(None, None, place, "", 0, "", why)], schema=_FOUND, orient="row")
    return only, _report(only, lines, 0)


def placed(problems: pl.DataFrame, lines: Lines, asked: int, place: str) -> Found:
    """The problems of checks at the rows of the list, those that are to be mended first, with the rows
    that cannot be read. Who is not in the list is left out; `place`: of lines without a village."""
    if not lines.whose:
        return pl.DataFrame(schema=_FOUND), _report(pl.DataFrame(schema=_FOUND), lines, asked)
    whose = pl.concat(lines.whose)
    unread = pl.concat(lines.unread).with_columns(code=pl.lit(""))
    found = pl.concat([unread.select(*_FOUND), _at_rows(problems, whose).select(*_FOUND)])
    order = {code: not is_must(code) for code in found["code"].unique().to_list()}
    found = (
        found.with_columns(pl.col("village_code").fill_null(place))
        .with_columns(_last=pl.col("code").replace_strict(order, return_dtype=pl.Boolean))
        .sort("_last", "sheet", "line", "code", "found", maintain_order=True)
        .drop("_last")
    )
    return found, _report(found, lines, asked)


def _at_rows(problems: pl.DataFrame, whose: pl.DataFrame) -> pl.DataFrame:
    """Each problem at the first line of its person, or else of its household; a household of two
    groups is named by one check under two numbers: told once a line."""
    titles: dict[str, str] = {}
    firsts = {each.code: titles.setdefault(each.zh, each.code) for each in checks()}
    at_person, at_home = (
        whose.filter(pl.col(key).is_not_null())
        .unique(key, keep="first", maintain_order=True)
        .select(key, pl.col("sheet").alias(f"_sheet_{key}"), pl.col("line").alias(f"_line_{key}"))
        for key in ("person_id", "household_id")
    )
    return (
        problems.join(at_person, on="person_id", how="left")
        .join(at_home, on="household_id", how="left")
        .with_columns(
            sheet=pl.coalesce("_sheet_person_id", "_sheet_household_id"),
            line=pl.coalesce("_line_person_id", "_line_household_id"),
            _title=pl.col("code").replace(firsts),
        )
        .filter(pl.col("line").is_not_null())
        .unique(["sheet", "line", "_title"], keep="first", maintain_order=True)
    )


def _report(found: pl.DataFrame, lines: Lines, asked: int) -> dict[str, Any]:
    """Rows, checks asked, headings; problems by check, and by village with who may see them."""
    counted = found.group_by("village_code", "code").len().sort("village_code", "code")
    villages: dict[str, dict[str, list[int]]] = {}
    codes: dict[str, int] = {}
    for village, code, number in counted.iter_rows():
        sums = villages.setdefault(village, {}).setdefault(guard_of(code), [0, 0])
        sums[0 if is_must(code) else 1] += number
        codes[code] = codes.get(code, 0) + number
    headings = [each for form in lines.forms for each in form.headings if each]
    return {
        "rows": lines.total,
        "asked": asked,
        "headings": list(dict.fromkeys(headings)),
        "codes": codes,
        "villages": villages,
    }

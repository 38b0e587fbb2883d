"""A small register and lists for the tests of linkage: made-up people in two villages."""

from typing import Any

import polars as pl

VILLAGE, NEXT, FAR = "529901101201", "529901101202", "529901105203"
COLUMNS = {
    "name": pl.String, "sex": pl.String, "born": pl.Int32, "village": pl.String,
    "head": pl.String, "phone": pl.String, "relation": pl.String,
}  # fmt: skip


def person(number: int, household: int, name: str, **others: Any) -> dict[str, Any]:
    """A person of the register; what is not said is as in the commonest case."""
    known = {
        "sex": "M", "born": 19650308, "village": VILLAGE, "head": name, "phone": None, "relation": "head",
    }  # fmt: skip
    return {"person": number, "household": household, "name": name} | known | others


def row(number: int, name: str, **others: Any) -> dict[str, Any]:
    """A row of a list."""
    known = person(0, 0, name) | {"row": number} | others
    return {key: value for key, value in known.items() if key not in ("person", "household")}


def register(*people: dict[str, Any]) -> pl.DataFrame:
    """The register as a frame."""
    schema = {"person": pl.Int64, "household": pl.Int64} | COLUMNS
    return pl.DataFrame(list(people), schema)


def rows(*people: dict[str, Any]) -> pl.DataFrame:
    """The list as a frame."""
    return pl.DataFrame(list(people), {"row": pl.Int64} | COLUMNS)


def crowd(first: int = 1000) -> list[dict[str, Any]]:
    """Some hundred other people, so that a share of one in a few says something."""
    names = "王李张刘陈杨黄赵周吴"
    given = "伟强磊军洋勇杰涛明超平刚辉鹏华"
    return [
        person(
            first + place,
            first + place // 3,
            names[place % 10] + given[place % 15] + given[place * 7 % 13],
            born=19500101 + (place % 60) * 10_000 + (place % 12) * 100 + place % 27,
            village=(VILLAGE, NEXT, FAR)[place % 3],
            head=names[place // 3 % 10] + given[place // 3 % 15],
            sex="MF"[place % 2],
        )
        for place in range(400)
    ]

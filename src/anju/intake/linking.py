"""Rows without a usable number: who they are by name, birth date, village … (`anju.linkage`).

What a person has decided about such a row before holds again. A row that is surely one person goes
on as if it had the number; one that may be several waits for a decision; the others are nobody of
the registers, and where they name a household its members are asked about (`newcomers`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import polars as pl

from anju.intake.context import Context
from anju.intake.decided import decided
from anju.intake.models import Decision
from anju.intake.outcomes import Sieve
from anju.intake.places import village_codes
from anju.linkage import linking
from anju.linkage.comparing import FIELDS
from anju.registry.columns import fetch_by
from anju.registry.residents import residents

_TEXTS = ("name", "sex", "relation", "phone", "village", "head_name")
_ASKED = ("name", "sex", "born_on", "relation", "village", "head_name", "household_code")
_KEY = "intake.decision"
_FOUND = {
    "_key": pl.String,
    "_how": pl.String,
    "_person": pl.Int64,
    "_said": pl.String,
    "_candidates": pl.String,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose row is asked about: what it lacks, and the message for several.

    `not_found`: the message for nobody; empty where such a row goes on, with no `person_id`.
    `at_home`: only members of the household whose `household_id`, `household_code` the row has.
    """

    lacks: str
    doubtful: str
    not_found: str = ""
    at_home: bool = False


PERSON = Asked("没有可用的证件号码", "person_doubtful")
MEMBER = Asked("没有可用的证件号码", "member_doubtful", at_home=True)
HEAD = Asked("没有户编号", "head_doubtful", "head_not_found")


def find_without_number(sieve: Sieve, context: Context, whose: Asked = PERSON) -> None:
    """Give rows with a name and without a number their `person_id`, or their end.

    Rows have `person_id`, `_name`, `_person_code` as `matching.add_persons` gave them. Afterwards
    `_found` is true for rows found here, and `message` says how.
    """
    sieve.rows = sieve.rows.with_columns(_found=pl.lit(False), message=pl.lit(None, pl.String))
    without = pl.col("identity").is_null() & pl.col("name").is_not_null()
    asked = sieve.rows.filter(without)
    if asked.is_empty():
        return
    asked = keyed(asked, context)
    found = _answers(asked, context, whose)
    asked = asked.with_columns(_sides=sides(asked))
    rows = sieve.rows.join(asked.select("number", "_key", "_sides"), on="number", how="left")
    rows = rows.join(found, on="_key", how="left").with_columns(
        _found=pl.col("_how").is_in(["linked", "decided"]).fill_null(False)
    )
    sieve.rows = named(rows)
    if whose.not_found:
        sieve.catch(pl.col("_how") == "nobody", whose.not_found, value="name")
    catch_decided_nobody(sieve)
    sieve.rows = sieve.rows.with_columns(sides="_sides")
    sieve.wait(pl.col("_how") == "doubtful", whose.doubtful, candidates="_candidates", value="name")
    sieve.rows = sieve.rows.drop(
        "_key", "_how", "_person", "_said", "_candidates", "_sides", "sides"
    )


def catch_decided_nobody(sieve: Sieve) -> None:
    """End the rows of which somebody has said (`_how`, `_said`) that they are nobody of the registers."""
    nobody = pl.col("_how") == "decided_nobody"
    sieve.catch(nobody, "person_decided_nobody", value="name", more="_said")


def keyed(rows: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The rows with every witness (empty where the list has none), and the `_key` of each: what it
    says of the person, of the household if it names one by code, and its number if it has one."""
    absent = [
        pl.lit(None, pl.Date if name == "born_on" else pl.String).alias(name)
        for name in (*_TEXTS, "born_on")
        if name not in rows.columns
    ]
    rows = rows.with_columns(absent)
    said = [pl.col(name).cast(pl.String).fill_null("") for name in (*_TEXTS, "born_on")]
    if "household_code" in rows.columns:
        said.append(pl.col("household_code"))
    said.append(pl.concat_str(pl.lit("#"), "identity"))
    texts = rows.select(text=pl.concat_str(said, separator="\x1f", ignore_nulls=True))
    keys = [context.keys.chain_digest(text, _KEY).hex() for text in texts["text"]]
    return rows.with_columns(pl.Series("_key", keys, dtype=pl.String))


def _answers(rows: pl.DataFrame, context: Context, whose: Asked) -> pl.DataFrame:
    """For every key who it is and how that is known: decided before, or by comparing."""
    before = decided(rows["_key"].unique().to_list())
    answers = [remembered(key, each, whose.lacks) for key, each in before.items()]
    # Rows typed alike are about one person: bills, visits. Only what is typed differently competes.
    rest = rows.filter(~pl.col("_key").is_in(list(before))).unique(
        "_key", keep="first", maintain_order=True
    )
    if rest.height:
        answers += _compared(rest, context, whose)
    return pl.DataFrame(answers, _FOUND)


def remembered(key: str, decision: Decision, lacks: str) -> dict[str, Any]:
    """The answer somebody gave before, and what is said about it."""
    if decision.person_id is None:
        why = f"：{decision.reason}" if decision.reason else ""
        said = f"由 {decision.made_by} 认定{why}"
        return {"_key": key, "_how": "decided_nobody", "_person": None, "_said": said}
    said = f"{lacks}，按 {decision.made_by} 的认定"
    return {"_key": key, "_how": "decided", "_person": decision.person_id, "_said": said}


def _compared(rows: pl.DataFrame, context: Context, whose: Asked) -> list[dict[str, Any]]:
    """What `anju.linkage` says of the rows against those who live in the batch's place."""
    with_phones = rows["phone"].is_not_null().any()
    register = residents(context.prefix, keys=context.keys if with_phones else None)
    register = register.with_columns(born=as_number(pl.col("born_on")))
    asked = compared_columns(rows, context)
    if whose.at_home:
        asked = asked.with_columns(household=rows["household_id"])
    links = linking.link(asked, register)
    likely = likely_persons(links.candidates, register)
    found = links.outcomes.join(asked.select("row", "_key"), on="row")
    return [
        {
            "_key": each["_key"],
            "_how": each["outcome"],
            "_person": each["person"] if each["outcome"] == "linked" else None,
            "_said": f"{whose.lacks}，按姓名等认定（把握 {each['probability']:.1%}）",
            "_candidates": json.dumps(likely.get(each["row"], [])),
        }
        for each in found.iter_rows(named=True)
    ]


def compared_columns(rows: pl.DataFrame, context: Context) -> pl.DataFrame:
    """What `anju.linkage` compares of rows that are `keyed`."""
    codes = village_codes(rows["village"], context.prefix)
    return rows.select(
        "name", "sex", "phone", "relation", "_key", row="number", head="head_name",
        village=codes, born=as_number(pl.col("born_on")),
    )  # fmt: skip


def likely_persons(
    candidates: pl.DataFrame, register: pl.DataFrame
) -> dict[int, list[dict[str, Any]]]:
    """By row its candidates as they are kept with it, the likeliest first."""
    homes = dict(zip(register["person"], register["household"], strict=True))
    likely: dict[int, list[dict[str, Any]]] = {}
    for each in candidates.iter_rows(named=True):
        likely.setdefault(each["row"], []).append(
            {
                "person_id": each["person"],
                "household_id": homes[each["person"]],
                "score": round(each["probability"] * 1000),
                "reasons": [
                    [field, each[field], round(each[f"{field}_bits"], 1)]
                    for field in FIELDS
                    if each[field] != "missing"
                ],
            }
        )
    return likely


def as_number(day: pl.Expr) -> pl.Expr:
    """19650308 for a date."""
    return day.dt.strftime("%Y%m%d").cast(pl.Int32)


def sides(asked: pl.DataFrame) -> pl.Series:
    """What the page of decisions shows of a row, and the key its decision is kept by."""
    told = [
        json.dumps(
            {
                "fields": {},
                "decides": "",
                "asked": {name: _shown(row.get(name)) for name in _ASKED},
                "has_phone": row["phone"] is not None,
                "has_number": row["identity"] is not None,
                "key": row["_key"],
            },
            ensure_ascii=False,
        )
        for row in asked.iter_rows(named=True)
    ]
    return pl.Series(told, dtype=pl.String)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def named(rows: pl.DataFrame) -> pl.DataFrame:
    """Found persons with their name and code, as those found by number have them."""
    persons = fetch_by(
        "registry_person",
        {"id": pl.Int64, "name": pl.String, "code": pl.String},
        "id",
        rows["_person"].to_list(),
    ).rename({"id": "_person", "name": "_their_name", "code": "_their_code"})
    return (
        rows.join(persons, on="_person", how="left")
        .with_columns(
            person_id=pl.coalesce("person_id", "_person"),
            _name=pl.coalesce("_name", "_their_name"),
            _person_code=pl.coalesce("_person_code", "_their_code"),
            message=pl.when("_found").then("_said"),
        )
        .drop("_their_name", "_their_code")
    )

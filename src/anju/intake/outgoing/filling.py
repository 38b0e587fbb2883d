"""What the registers know now of households, as lines of a list: fields as its columns name them.

Only households given (they passed the viewer's gate), their members, and facts of these. A long list
is told some thousand households at a time: whoever left one for another is told with the other, also
where that is in another part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from anju.intake.feeds.facts import Facts
from anju.intake.layout import SheetLayout
from anju.intake.matching import MEMBERSHIP, OPEN
from anju.intake.outgoing import of_posts
from anju.registry import identity
from anju.registry.columns import Schema, fetch_all, fetch_by
from anju.registry.ledgers import HOUSING, INCOMES, PERSON_RECORDS, STATUSES
from anju.sealing import CryptoProvider

HOME: Final[Schema] = {
    "id": pl.Int64,
    "code": pl.String,
    "head_name": pl.String,
    "village_code": pl.String,
    "origin_village_code": pl.String,
    "site_id": pl.Int64,
    "grid_id": pl.Int64,
    "household_class": pl.String,
    "relocated": pl.Boolean,
    "self_moved": pl.Boolean,
    "monitored_kind": pl.String,
    "included_on": pl.Date,
    "risk_removed_on": pl.Date,
    "size": pl.Int64,
}
_PERSON: Final[Schema] = {
    "id": pl.Int64,
    "code": pl.String,
    "name": pl.String,
    "nation": pl.String,
    "identity_sealed": pl.Binary,
    "phone_sealed": pl.Binary,
    "disability_card_sealed": pl.Binary,
    "bank_account_sealed": pl.Binary,
}
#: Stands for a number that is known and was not opened.
SEALED: Final = "***"
_RECORD: Final = ("sex", "born_on", "education", "schooling", "health", "labour")


@dataclass(frozen=True, slots=True)
class Known:
    """Households with the names of their places; everybody who is or was of them, those told with the
    household they belong to or left last, members now; and when each was of which the last time.

    `elsewhere`: when people of these households were of others of the list; `quarter`: the latest
    one of the list whose income is known.
    """

    homes: pl.DataFrame
    people: pl.DataFrame
    persons: pl.DataFrame
    members: pl.DataFrame
    memberships: pl.DataFrame
    elsewhere: pl.DataFrame
    quarter: int | None


def known(
    household_ids: Sequence[int],
    keys: CryptoProvider | None,
    *,
    among: pl.Series | None = None,
    quarter: int | None = None,
) -> Known:
    """Read everything lists may say of these households and their people.

    Numbers are opened with `keys`; without them one that is there is told as `SEALED`. `among`: the
    ids of all households of the list, where these are a part; `quarter`: of the whole list then.
    """
    homes = _homes(household_ids)
    memberships = fetch_by(
        "registry_membership", MEMBERSHIP, "household_id", household_ids, where=OPEN
    )
    latest = memberships.sort("joined_on", "id", nulls_last=False).unique(
        ["household_id", "person_id"], keep="last", maintain_order=True
    )
    elsewhere = _elsewhere(latest, among)
    people = _people(latest["person_id"].unique().to_list(), keys)
    joined = pl.concat([latest, elsewhere]).select(
        "household_id", "person_id", "relation", "joined_on", "left_on"
    )
    # Facts of a person are told with the household they belong to now, or left last.
    at_home = joined.sort(pl.col("left_on").is_null(), "left_on", "joined_on", nulls_last=True)
    of_person = at_home.unique("person_id", keep="last", maintain_order=True)
    persons = people.join(of_person, on="person_id").join(homes, on="household_id")
    staying = joined.filter(pl.col("left_on").is_null())
    members = staying.join(people, on="person_id").join(homes, on="household_id")
    return Known(homes, people, persons, members, latest, elsewhere, quarter)


def _elsewhere(latest: pl.DataFrame, among: pl.Series | None) -> pl.DataFrame:
    """The latest times that people of these households were of others of the list."""
    if among is None:
        return latest.clear()
    ids, people = latest["household_id"].unique(), latest["person_id"].to_list()
    theirs = fetch_by("registry_membership", MEMBERSHIP, "person_id", people, where=OPEN)
    return (
        theirs.filter(
            pl.col("household_id").is_in(among.implode())
            & ~pl.col("household_id").is_in(ids.implode())
        )
        .sort("joined_on", "id", nulls_last=False)
        .unique(["household_id", "person_id"], keep="last", maintain_order=True)
    )


def is_told(layout: SheetLayout) -> bool:
    """Whether the lines of a sheet follow from what is known of households."""
    return layout.id in _OWN or isinstance(layout.take, Facts)


def lines(layout: SheetLayout, found: Known) -> pl.DataFrame | None:
    """The lines of a sheet, one a fact; None for lists that tell changes and not what is."""
    own = _OWN.get(layout.id)
    if own is not None:
        return own(found)
    if not isinstance(layout.take, Facts):
        return None
    take = layout.take
    owner, persons = "person_id" if take.of == "person" else "household_id", found.persons
    whose = persons if take.of == "person" else found.homes
    facts = take.ledger.open_rows(owner, whose[owner])
    if take.kind is not None and "kind" in facts.columns:
        facts = facts.filter(pl.col("kind") == take.kind).drop("kind")
    kept = [name for name in facts.columns if name not in ("id", "known_from", *take.ledger.owners)]
    named = {take.fields.get(name, name): name for name in kept}
    rows = facts.select(owner, **named).join(
        whose.drop([name for name in named if name in whose.columns]), on=owner
    )
    if take.ledger is INCOMES:
        latest = pl.col("quarter").max() if found.quarter is None else found.quarter
        rows = rows.filter(pl.col("quarter") == latest)
    return rows.sort("household_code", *_order(rows))


def _order(rows: pl.DataFrame) -> list[str]:
    wanted = ("person_code", "started_on", "occurred_on", "reference", "kind")
    return [name for name in wanted if name in rows.columns]


def _homes(ids: Sequence[int]) -> pl.DataFrame:
    homes = fetch_by("registry_household", HOME, "id", ids)
    divisions = fetch_all("places_division", {"code": pl.String, "name": pl.String})
    names = dict(divisions.rows())
    registered = pl.coalesce("origin_village_code", "village_code")
    return homes.with_columns(
        household_code="code",
        household_id="id",
        county=_place(registered, 6, names),
        town=_place(registered, 9, names),
        village=_place(registered, 12, names),
        present_town=_place(pl.col("village_code"), 9, names),
        present_village=_place(pl.col("village_code"), 12, names),
    ).drop("id", "code")


def _place(code: pl.Expr, digits: int, names: Mapping[str, str]) -> pl.Expr:
    whole = code.str.slice(0, digits).str.pad_end(12, "0")
    return whole.replace_strict(names, default=None, return_dtype=pl.String)


def _opened(
    persons: pl.DataFrame, number: identity.Number, keys: CryptoProvider | None
) -> pl.Series:
    if keys is None:
        there = persons[number.field].is_not_null()
        return persons.select(pl.when(there).then(pl.lit(SEALED)).alias(number.name))[number.name]
    sealed, ids = persons[number.field].to_list(), persons["id"].to_list()
    return pl.Series(number.name, keys.open_many(sealed, number.place, ids), dtype=pl.String)


def _people(ids: list[int], keys: CryptoProvider | None) -> pl.DataFrame:
    persons = fetch_by("registry_person", _PERSON, "id", ids)
    records = (
        PERSON_RECORDS.open_rows("person_id", persons["id"])
        .filter(pl.col("ended_on").is_null())
        .sort("started_on", "id", nulls_last=False)
        .unique("person_id", keep="last", maintain_order=True)
    )
    opened = {
        name: _opened(persons, number, keys)
        for name, number in (
            ("identity", identity.IDENTITY),
            ("phone", identity.PHONE),
            ("card", identity.DISABILITY_CARD),
            ("account", identity.BANK_ACCOUNT),
        )
    }
    return (
        persons.with_columns(**opened)
        .select("name", "nation", *opened, person_id="id", person_code="code")
        .join(records.select("person_id", *_RECORD), on="person_id", how="left")
    )


def _households(found: Known) -> pl.DataFrame:
    """Members now, the head of each household first."""
    grids = fetch_all("places_grid", {"id": pl.Int64, "code": pl.String})
    moved = pl.col("relocated") | pl.col("self_moved")
    return (
        found.members.join(grids.select(grid_id="id", grid_code="code"), on="grid_id", how="left")
        .with_columns(
            grid_code=pl.when(~moved).then("grid_code"),
            is_removed=pl.when(pl.col("monitored_kind").is_not_null()).then(
                pl.when(pl.col("risk_removed_on").is_not_null())
                .then(pl.lit("是"))
                .otherwise(pl.lit("否"))
            ),
        )
        .sort("household_code", pl.col("relation") != "head", "person_code")
    )


def _monitored(found: Known) -> pl.DataFrame:
    return found.homes.filter(pl.col("monitored_kind").is_not_null()).sort("household_code")


def _relocated(found: Known) -> pl.DataFrame:
    homes = found.homes.filter(pl.col("relocated"))
    sites = fetch_all(
        "places_site", {"id": pl.Int64, "code": pl.String, "name": pl.String, "kind": pl.String}
    ).select(site_id="id", site_code="code", site_name="name", site_kind="kind")
    buildings = fetch_all("places_building", {"id": pl.Int64, "number": pl.String})
    housing = (
        HOUSING.open_rows("household_id", homes["household_id"])
        .sort("started_on", "id", nulls_last=False)
        .unique("household_id", keep="last", maintain_order=True)
        .select("household_id", "building_id", "entrance", "room", "started_on", area="area_dm2")
    )
    return (
        _with_grid(homes)
        .join(sites, on="site_id", how="left")
        .join(housing, on="household_id", how="left")
        .join(buildings.select(building_id="id", building="number"), on="building_id", how="left")
        .sort("household_code")
    )


def _self_moved(found: Known) -> pl.DataFrame:
    homes = _with_grid(found.homes.filter(pl.col("self_moved")))
    return homes.with_columns(town="present_town", village="present_village").sort("household_code")


def _with_grid(homes: pl.DataFrame) -> pl.DataFrame:
    grids = fetch_all("places_grid", {"id": pl.Int64, "code": pl.String})
    return homes.join(grids.select(grid_id="id", grid_code="code"), on="grid_id", how="left")


def _statuses(found: Known, kinds: list[str]) -> pl.DataFrame:
    """Statuses of households as a whole and of their people, each with the household it is of."""
    of_homes = STATUSES.open_rows("household_id", found.homes["household_id"])
    of_people = STATUSES.open_rows("person_id", found.persons["person_id"])
    of_people = of_people.drop("household_id").join(
        found.persons.select("person_id", "household_id"), on="person_id"
    )
    rows = pl.concat([of_homes, of_people], how="diagonal").filter(pl.col("kind").is_in(kinds))
    return rows.drop("id", "known_from").join(found.homes, on="household_id")


def _allowances(found: Known) -> pl.DataFrame:
    """Of a household as a whole the head is named."""
    rows = _statuses(found, ["dibao", "tekun", "dibao_marginal"]).with_columns(
        scope=pl.when(pl.col("person_id").is_null())
        .then(pl.lit("household"))
        .otherwise(pl.lit("person"))
    )
    heads = found.members.filter(pl.col("relation") == "head").unique("household_id", keep="first")
    named = rows.join(
        heads.select("household_id", _head_id="person_id"), on="household_id", how="left"
    ).with_columns(_named=pl.coalesce("person_id", "_head_id"))
    people = found.persons.select("name", "identity", "account", _named="person_id")
    return named.join(people, on="_named", how="left").sort("household_code", "started_on", "kind")


def _measures(found: Known) -> pl.DataFrame:
    people = found.persons.select("person_id", "name", "identity")
    rows = _statuses(found, ["help_measure"]).join(people, on="person_id", how="left")
    return rows.sort("household_code", "started_on", "level", "reference", nulls_last=False)


_OWN: Final[Mapping[str, Callable[[Known], pl.DataFrame]]] = {
    "households": _households,
    "monitored": _monitored,
    "relocation": _relocated,
    "self_moved": _self_moved,
    "allowance": _allowances,
    "help_measure": _measures,
    "post_holders": lambda found: of_posts.lines(found.persons),
}

"""A line of the ledger of assets against the register: what is new, what changed, what cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from anju.assets import checking
from anju.assets.actions.assets import facts
from anju.assets.actions.rolls import Changed, Listed
from anju.assets.models import Lease, Use
from anju.assets.queries.known import Held

Row = Mapping[str, Any]
#: Fields of an asset that a line gives as they are.
_PLAIN: Final = (
    "name", "kind", "category", "address", "fund", "built_on", "original_value", "present_value",
    "holder_level", "title_holder", "titled_on", "title_number", "keeper", "keeper_duty",
    "handed_over_on",
)  # fmt: skip
#: What a household's asset does not carry: it is the household's.
_NOT_AT_HOME: Final = ("title_holder", "holder_level", "address", "division_code")
_LEASE: Final = ("operator", "starts_on", "ends_on", "yearly_rent")
#: Field of the register → column of the sheet, where they differ.
COLUMNS: Final = {
    "division_code": "village", "site_id": "site_code", "household_id": "household_code",
    "project_id": "project_code", "valid_from": "since",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `changes`: field → (from, to); `problem`: what cannot be; `is_conflict`: the register
    says otherwise, and a person must decide; `newest`: since when it knows better than an old list."""

    row: Row
    held: Held | None
    told: Listed
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    since: date | None = None
    lease: Lease | None = None
    problem: str | None = None
    is_conflict: bool = False
    newest: date | None = None

    @property
    def changed(self) -> Changed:
        """What is to be written of an asset that is known."""
        if self.held is None:
            raise ValueError("a new asset has not changed")
        return Changed(self.held, self.told, self.since, self.lease)


def line(row: Row, held: Held | None, known_on: date) -> Line:
    """A line as it is to be written. Rows carry `division_code`, `site_id`, `household_id` and
    `project_id` beside the fields of the sheet."""
    values, state = _values(row), _state(row)
    lease = {name: row[name] for name in _LEASE if row[name] is not None}
    if held is None:
        begun = {"paper": "", **state}
        told = Listed({"code": row["code"], "county_code": row["county"], **values}, begun, lease)
        problem = _problem(values, begun, lease, row, known_on)
        return Line(row, None, told, problem=problem)
    return _known(row, held, values, state, lease, known_on)


def _known(
    row: Row,
    held: Held,
    values: dict[str, Any],
    state: dict[str, Any],
    lease: dict[str, Any],
    known_on: date,
) -> Line:
    asset, now = held.asset, held.now
    if values["kind"] != asset.kind:
        return Line(row, held, Listed({}), problem="asset_kind_differs", is_conflict=True)
    if now.use == Use.DISPOSED and state["use"] != Use.DISPOSED:
        return Line(row, held, Listed({}), problem="asset_disposed_before", is_conflict=True)
    changes = {
        name: (getattr(asset, name), value)
        for name, value in values.items()
        if getattr(asset, name) != value
    }
    merged = {**facts(asset), **values}
    since, said = _new_state(held, state, known_on)
    becomes = said if since is None else {**said, "valid_from": since}
    pairs = {name: (getattr(now, name), value) for name, value in becomes.items()}
    changes.update({name: pair for name, pair in pairs.items() if pair[0] != pair[1]})
    meant = _meant(held, lease)
    contract = {
        name: value
        for name, value in lease.items()
        if meant is None or getattr(meant, name) != value
    }
    changes.update({n: (getattr(meant, n) if meant else None, v) for n, v in contract.items()})
    whole = {n: getattr(meant, n) for n in _LEASE} | lease if meant and lease else lease
    problem = (
        _problem(merged, {"paper": now.paper, **state}, whole, row, known_on)
        or _not_before(held, state, said, since)
        or _overlap(held, whole, meant)
    )
    told = Listed({n: v for n, v in values.items() if n in changes}, said, contract)
    newest = _newest(held, meant if contract else None)
    if newest > known_on and changes and problem is None:
        return Line(row, held, told, changes, since, meant, "newer_known", True, newest)
    return Line(row, held, told, changes, since, meant, problem)


def _newest(held: Held, lease: Lease | None) -> date:
    """The day on which what a line may change became known last."""
    rows = (held.now, *held.aspects.values(), *((lease,) if lease else ()))
    return max(held.asset.known_on, *(row.known_from for row in rows))


def _values(row: Row) -> dict[str, Any]:
    """What the line says of the asset itself; an empty cell says nothing."""
    values = {name: row[name] for name in _PLAIN if row[name] is not None}
    if row["has_title"] is not None:
        values["has_title"] = row["has_title"] == "yes"
    for name in ("division_code", "site_id", "household_id", "project_id"):
        if row[name] is not None:
            values[name] = row[name]
    if row["kind"] == "household":
        return {name: value for name, value in values.items() if name not in _NOT_AT_HOME} | (
            {} if row["division_code"] is None else {"division_code": row["division_code"]}
        )
    return values


def _state(row: Row) -> dict[str, Any]:
    given = {"use": row["use"], "valid_from": row["since"]}
    given |= {name: row[name] for name in ("reason", "paper")}
    return {name: value for name, value in given.items() if value is not None}


def _new_state(
    held: Held, state: Mapping[str, Any], known_on: date
) -> tuple[date | None, dict[str, Any]]:
    """From which day the asset is in another state (None: it was noted wrongly), and what of it."""
    now = held.now
    if state["use"] == now.use:
        return None, {n: v for n, v in state.items() if getattr(now, n) != v}
    since = state.get("valid_from", known_on)
    said = {"use": state["use"], "reason": state.get("reason", ""), "paper": state.get("paper", "")}
    return (None if since == now.valid_from else since), said


def _not_before(
    held: Held, state: Mapping[str, Any], said: Mapping[str, Any], since: date | None
) -> str | None:
    """A state does not begin before the one it follows."""
    if since is not None and held.now.valid_from is not None and since < held.now.valid_from:
        return "asset_state_earlier"
    if "valid_from" in said and len(held.states) > 1:
        begun = held.states[-2].valid_from
        if begun is not None and state["valid_from"] <= begun:
            return "asset_state_earlier"
    return None


def _meant(held: Held, lease: Mapping[str, Any]) -> Lease | None:
    """The contract that a line names: the one that begins on that day."""
    return next((row for row in held.leases if row.starts_on == lease.get("starts_on")), None)


def _overlap(held: Held, lease: Mapping[str, Any], meant: Lease | None) -> str | None:
    if not lease:
        return None
    others = (row for row in held.leases if meant is None or row.pk != meant.pk)
    runs = any(
        row.starts_on <= lease["ends_on"] and lease["starts_on"] <= row.ends_on for row in others
    )
    return "lease_overlaps" if runs else None


def _problem(
    values: Mapping[str, Any],
    state: Mapping[str, Any],
    lease: Mapping[str, Any],
    row: Row,
    known_on: date,
) -> str | None:
    whole = {
        **values,
        "household_code": row["household_code"],
        "site_code": row["site_code"],
    }
    begun = {**state, "since": state.get("valid_from"), "built_on": whole["built_on"]}
    return (
        checking.of_asset(whole, known_on)
        or checking.of_state(begun, known_on)
        or checking.of_lease({"kind": whole["kind"], **lease})
    )
